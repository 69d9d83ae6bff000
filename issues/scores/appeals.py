"""Appeals: a unit's leader objects to a point, the performance office rules, with a reason.

Who booked a point, or did the act it is booked for, does not rule on it.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues import audit, counters
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Event, Evidence, Issue, ScoreAppeal, ScoreEntry
from issues.rights.table import Right, holds, reach
from issues.scores.booking import SERIES, counted_in, published_quarters
from issues.vocabulary import EntryKind, ScoreAct, ScoreState, Subject

LONGEST = 2000
MOST_FILES = 20
REASON = ScoreEntry.reason.type.length


def appeal(
    entry_id: int, actor: Actor, text: str, evidence: Sequence[int], at: datetime
) -> ScoreAppeal:
    """Never commits. Raises NotFound, NotAllowed, WrongStatus, Incomplete.

    `evidence`: files on the point's ticket.
    """
    entry = _booking(entry_id)
    refuse_unless_open(entry, actor)
    said = _said(text, "text", "请写明申诉的事实和理由")
    _refuse_foreign(entry, actor, evidence)
    row = ScoreAppeal(
        entry_id=entry.id, state=ScoreState.APPEALED, text=said, evidence=list(evidence),
        appealed_at=at, appealed_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    detail = {"entry": entry.id, "evidence": list(evidence)}
    audit.record(
        Subject.SCORE, entry.on.year, ScoreAct.APPEAL, actor, at=at, reason=said, detail=detail
    )
    return row


def refuse_unless_open(entry: ScoreEntry, actor: Actor) -> None:
    """Raises NotFound, NotAllowed, WrongStatus where the person cannot appeal against this line."""
    if not holds(actor, Right.SCORES) or actor.unit_id != entry.unit_id:
        raise NotFound
    if not holds(actor, Right.APPEAL_SCORE):
        raise NotAllowed("申诉须由本单位负责人提出。")
    if entry.kind is not EntryKind.BOOKING:
        raise NotFound
    if entry.value >= 0:
        raise WrongStatus("这一条没有扣分，不能申诉。")
    if _of(entry) is not None:
        raise WrongStatus("对这一分已提出过申诉，不能再次申诉。")


def rule(entry_id: int, actor: Actor, *, is_upheld: bool, reason: str, at: datetime) -> ScoreAppeal:
    """Upheld: a line of its own brings the point to nothing, to the last digit. Never commits.

    Raises NotFound, NotAllowed, WrongStatus, Incomplete.
    """
    if not holds(actor, Right.RULE_SCORE):
        raise NotAllowed("申诉须由市目标绩效办裁定。")
    counters.hold(SERIES)
    entry = _booking(entry_id)
    row = _of(entry)
    if row is None:
        raise NotFound
    if row.state is not ScoreState.APPEALED:
        raise WrongStatus("这份申诉已裁定，不能再次裁定。")
    _refuse_own(entry, actor)
    said = _said(reason, "reason", "请写明裁定理由")
    row.state = ScoreState.UPHELD if is_upheld else ScoreState.REJECTED
    row.ruling, row.ruled_at, row.ruled_by_id = said, at, actor.id
    if is_upheld:
        db.session.add(_restored(entry, actor, said, at))
    db.session.flush()
    act = ScoreAct.UPHOLD if is_upheld else ScoreAct.REJECT
    audit.record(
        Subject.SCORE, entry.on.year, act, actor, at=at, reason=said, detail={"entry": entry.id}
    )
    return row


def _booking(entry_id: int) -> ScoreEntry:
    """The first line of a point, under its lock: two rulings at once are one."""
    rows = select(ScoreEntry).where(ScoreEntry.id == entry_id, ScoreEntry.kind == EntryKind.BOOKING)
    entry = db.session.scalars(rows.with_for_update()).first()
    if entry is None:
        raise NotFound
    return entry


def _of(entry: ScoreEntry) -> ScoreAppeal | None:
    return db.session.scalars(select(ScoreAppeal).where(ScoreAppeal.entry_id == entry.id)).first()


def _said(text: str, name: str, asks: str) -> str:
    said = text.strip()
    if not said:
        raise Incomplete({name: [asks]})
    if len(said) > LONGEST:
        raise Incomplete({name: [f"不能超过{LONGEST}字"]})
    return said


def _refuse_foreign(entry: ScoreEntry, actor: Actor, evidence: Sequence[int]) -> None:
    """A file out of the person's sight is refused as one that is not there."""
    if len(evidence) > MOST_FILES:
        raise Incomplete({"evidence": [f"佐证材料不能超过{MOST_FILES}份"]})
    known = select(func.count(Evidence.id)).join(Issue, Issue.id == Evidence.issue_id)
    known = known.where(
        reach(actor),
        Evidence.id.in_(evidence),
        Evidence.issue_id == entry.issue_id,
        Evidence.is_covert.is_(False),
        Evidence.withdrawn_at.is_(None),
    )
    if db.session.scalar(known) != len(set(evidence)):
        raise Incomplete({"evidence": ["佐证材料须是本事项中的文件"]})


def _refuse_own(entry: ScoreEntry, actor: Actor) -> None:
    did = entry.event_id and db.session.scalar(
        select(Event.actor_id).where(Event.id == entry.event_id)
    )
    if actor.id in (entry.booked_by_id, did):
        raise NotAllowed("这一分由您记入或由您办理的行为引起，须由他人裁定。")


def _restored(entry: ScoreEntry, actor: Actor, reason: str, at: datetime) -> ScoreEntry:
    """Exactly what the lines of the point come to, taken back; in a quarter that still runs."""
    rows = select(ScoreEntry.value, ScoreEntry.turn).where(
        ScoreEntry.key == entry.key, ScoreEntry.unit_id == entry.unit_id
    )
    lines = db.session.execute(rows).all()
    quarter = counted_in(entry.on, clock.day_of(at), published_quarters())
    return ScoreEntry(
        unit_id=entry.unit_id, issue_id=entry.issue_id, key=entry.key,
        turn=max(line.turn for line in lines) + 1, kind=EntryKind.RESTORED, rule=entry.rule,
        share_as=entry.share_as, on=entry.on, year=quarter.year, quarter=quarter.quarter,
        event_id=entry.event_id, notice_id=entry.notice_id, because=entry.because,
        base=entry.base, share=entry.share, weight=entry.weight, policy=entry.policy,
        value=-sum((line.value for line in lines), Decimal(0)), booked_at=at,
        booked_by_id=actor.id, of_id=entry.id, reason=reason[:REASON],
    )  # fmt: skip
