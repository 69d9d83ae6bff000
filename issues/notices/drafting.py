"""A draft: once for each occurrence of a trigger, however often and from wherever it is asked."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import audit
from issues.city.words import words as own_words
from issues.counters import take
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import AssessmentRound, CountyRound, Issue, Notice, NoticeIssue
from issues.notices.facts.counted import round_facts
from issues.notices.facts.gather import facts_of_title
from issues.notices.facts.letterhead import everybody_of
from issues.notices.facts.outcomes import outcome_facts
from issues.notices.kinds import COUNTY, LETTER, UPWARD, names_of, title_of
from issues.notices.rights import is_of_centre, kinds_to_draft
from issues.rights.table import Right, may
from issues.vocabulary import OPEN, NoticeAct, NoticeKind, NoticeStatus, Status, Subject

BY_HAND = "by_hand"
ROUND = "round"
COUNTY_ROUND = "county_round"
"""Triggers of a bulletin, of the city's round or a county's: its occurrence is the round's id."""
LEAD_KIND = "牵头机构"
OWN = frozenset({NoticeKind.N5, NoticeKind.N7})
"""Kinds that go to no unit of a ticket: they are kept with the office itself."""
FREE = OWN | {NoticeKind.N9}
"""Those, and the papers of a person's own words: on any tickets or on none."""
TITLE_LENGTH = 200


def draft(
    kind: NoticeKind,
    issues: Sequence[Issue],
    trigger: str,
    occurrence: str,
    actor: Actor,
    at: datetime,
    words: Mapping[str, Any] | None = None,
) -> Notice | None:
    """A draft to the tickets' primary unit. Never commits.

    None where this occurrence has one, or where the tickets have no one primary unit.
    `occurrence` names the unbroken time in which the trigger holds, by the day it began.
    """
    centre = _centre(kind, actor, words or {})
    form = str((words or {}).get("form") or "")
    unit = centre if centre and kind in OWN else _addressee(kind, issues, actor, form)
    if unit is None:
        return None
    words = _first_words(kind, issues, (trigger, occurrence), words or {}, centre)
    title = title_of(facts_of_title(kind, issues, unit, at, words))[:TITLE_LENGTH]
    notice = Notice(
        kind=kind, status=NoticeStatus.DRAFT, unit_id=unit.id,
        centre_id=centre.id if centre else None,
        issue_id=issues[0].id if issues else None,
        trigger=trigger, occurrence=occurrence, title=title, facts=words,
        drafted_at=at, drafted_by_id=actor.id,
    )  # fmt: skip
    if not _is_first(notice):
        return None
    db.session.add_all(NoticeIssue(notice_id=notice.id, issue_id=issue.id) for issue in issues)
    db.session.flush()
    db.session.refresh(notice, ["issues", "unit"])
    _record(notice, actor, at)
    return notice


def _centre(kind: NoticeKind, actor: Actor, words: Mapping[str, Any]) -> Unit | None:
    """The centre whose paper it is, by its round or its person; None for the city's own."""
    if code := words.get("centre"):
        return db.session.scalars(select(Unit).where(Unit.code == code)).one()
    return db.session.get(Unit, actor.unit_id) if is_of_centre(actor, kind) else None


def _first_words(
    kind: NoticeKind,
    issues: Sequence[Issue],
    cause: tuple[str, str],
    words: Mapping[str, Any],
    centre: Unit | None,
) -> dict[str, Any]:
    """What an N8 or the bulletin of a round tells is settled when it is drafted, and by whom.

    Whatever comes before it is signed changes nothing in it.
    """
    settled: dict[str, Any] = {"centre": centre.code} if centre else {}
    if kind is NoticeKind.N8:
        settled["outcome"] = outcome_facts(issues[0], cause[0])
    elif kind is NoticeKind.N5:
        settled |= _bulletin(cause, centre)
    return settled | dict(words)


def _bulletin(cause: tuple[str, str], centre: Unit | None) -> dict[str, Any]:
    trigger, occurrence = cause
    settled: dict[str, Any] = {}
    if centre:
        settled = {"form": COUNTY, "unit_name": everybody_of(centre, own_words())}
    if trigger == ROUND:
        settled["bulletin"] = round_facts(db.session.get_one(AssessmentRound, int(occurrence)))
    elif trigger == COUNTY_ROUND:
        settled["bulletin"] = round_facts(db.session.get_one(CountyRound, int(occurrence)))
    return settled


def _is_first(notice: Notice) -> bool:
    """Add the row unless its occurrence has one; whoever asks at the same time waits."""
    if notice.issue_id is None and take(f"draft {notice.trigger} {notice.occurrence}"[:60]) > 1:
        return False
    try:
        with db.session.begin_nested():
            db.session.add(notice)
    except IntegrityError:
        return False
    return True


def _record(notice: Notice, actor: Actor, at: datetime) -> None:
    audit.record(
        Subject.NOTICE,
        notice.id,
        NoticeAct.DRAFT,
        actor,
        at=at,
        after=NoticeStatus.DRAFT.value,
        detail={
            "kind": notice.kind.value,
            "trigger": notice.trigger,
            "occurrence": notice.occurrence,
            "issues": [issue.number for issue in notice.issues],
        },
    )


def draft_by_hand(
    kind: NoticeKind, numbers: Sequence[str], actor: Actor, at: datetime, form: str = ""
) -> Notice:
    """Any kind on any open ticket by the office, N7 by the head alone. Never commits.

    By a county's centre what it issues, on what it drives, to a unit of its own. `form`: which
    paper of a person's own words (N9) it is.

    Raises NotAllowed, NotFound (a ticket out of sight), Incomplete.
    """
    if kind not in kinds_to_draft(actor):
        raise NotAllowed(f"您没有起草{names_of(kind)}的权限。")
    issues = _tickets(numbers, actor)
    _refuse_unfit(kind, issues)
    if is_of_centre(actor, kind):
        _refuse_beyond(kind, issues, actor)
    words = {"form": form or LETTER} if kind is NoticeKind.N9 else None
    made = draft(kind, issues, BY_HAND, secrets.token_hex(8), actor, at, words)
    if made is None:  # what concerns no one unit is kept by the lead office, and there is none
        raise Incomplete({"issues": ["尚未设置牵头单位，您的账号也没有所属单位，不能起草本类文书"]})
    return made


def _tickets(numbers: Sequence[str], actor: Actor) -> list[Issue]:
    """By their numbers, under lock: none of them ends while a paper on it is drawn up."""
    wanted = list(dict.fromkeys(numbers))
    rows = select(Issue).where(Issue.number.in_(wanted)).order_by(Issue.id)
    rows = rows.with_for_update(of=Issue).execution_options(populate_existing=True)
    found = sorted(db.session.scalars(rows), key=lambda issue: issue.number)
    seen = [issue for issue in found if may(actor, Right.VIEW, issue)]
    if len(seen) < len(wanted):
        raise NotFound
    return seen


def _refuse_unfit(kind: NoticeKind, issues: Sequence[Issue]) -> None:
    if not issues and kind not in {NoticeKind.N5, NoticeKind.N9}:
        raise Incomplete({"issues": ["请选择事项"]})
    told_of = {NoticeKind.N8, NoticeKind.N9}
    allowed = OPEN | {Status.CLOSED} if kind in told_of else OPEN
    if kind not in FREE and len({issue.primary_unit_id for issue in issues}) > 1:
        raise Incomplete({"issues": ["所选事项的主责单位不同，请按主责单位分别起草"]})
    if kind not in FREE and issues[0].primary_unit_id is None:
        raise Incomplete({"issues": ["事项尚未确定主责单位，不能起草文书"]})
    wrong = [issue for issue in issues if issue.status not in allowed]
    if wrong:
        said = "、".join(f"{issue.number}（{issue.status.label}）" for issue in wrong)
        raise Incomplete({"issues": [f"{said}不在办理中，不能起草{names_of(kind)}"]})


def _refuse_beyond(kind: NoticeKind, issues: Sequence[Issue], actor: Actor) -> None:
    """What the centre does not drive, and units that are not the county's."""
    if not all(may(actor, Right.DRAFT_COUNTY_NOTICE, issue) for issue in issues):
        raise NotAllowed("只能就已交本中心督办的事项起草文书。")
    if kind in OWN:
        return
    if any(unit.region not in actor.territory for issue in issues if (unit := issue.primary_unit)):
        raise Incomplete({"issues": ["主责单位不属于本县（区），请由市环委办起草"]})


def _addressee(kind: NoticeKind, issues: Sequence[Issue], actor: Actor, form: str) -> Unit | None:
    """Where the notice is sent, or kept; None where the tickets' primary units differ or lack."""
    units = {issue.primary_unit_id for issue in issues}
    is_kept = kind is NoticeKind.N9 and (f"{kind}-{form}" in UPWARD or len(units) != 1)
    if kind in OWN or is_kept:
        own = db.session.scalars(select(Unit).where(Unit.kind == LEAD_KIND)).first()
        return own or (db.session.get(Unit, actor.unit_id) if actor.unit_id else None)
    return issues[0].primary_unit if len(units) == 1 else None
