"""A whole import is taken back by one act, while nothing was done to what it brought.

Its tickets leave every list and figure; their rows, their history and their numbers stay.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from auth.models import Unit
from extensions import db
from issues import counters, workflow
from issues.act_fields import Field
from issues.exchange.importing import SERIES
from issues.exchange.undoing import drafts, visits
from issues.exchange.undoing.drafts import Draft
from issues.exchange.undoing.hindrances import Hindrance, hindrances, in_words
from issues.ground.batches import among
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import Issue, LedgerImport, LongWork, Lookback
from issues.rights.table import Right, holds
from issues.supervision import campaigns

REASON = Field(
    "reason", "long_text", "撤回理由", limit=500,
    hint="写入每个问题的办理过程，如“表中时限填错，改正后重新导入”",
)  # fmt: skip
AT_ONCE = 10_000
ALREADY = "这次导入此前已撤回，没有重复撤回"


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go with the import, and what stands in the way.

    `units` are the primary units of the tickets with how many each has.
    """

    tickets: Sequence[Issue]
    drafts: Sequence[Draft]
    visits: Sequence[Lookback]
    units: Sequence[tuple[str, int]]
    hindrances: Sequence[Hindrance]
    is_shown: bool

    @property
    def numbers(self) -> list[str]:
        return [issue.number for issue in self.tickets]


def plan(row: LedgerImport) -> Plan:
    """Raises WrongStatus where there is nothing to be taken back, or not yet."""
    _refuse_under_way(row)
    _refuse_empty(row)
    return _plan(row, _tickets(row))


def take_back(row: LedgerImport, reason: str, actor: Actor, *, at: datetime) -> Plan | None:
    """What went; None where it had gone before. Never commits. The caller holds the import's row.

    Locked after it, in this order: imports, the tickets by their ids, the papers on them. Raises
    NotAllowed, WrongStatus with what was done to which ticket.
    """
    if actor is not SYSTEM and not holds(actor, Right.IMPORT):
        raise NotAllowed("撤回导入由市环委办经办人员办理。")
    if row.taken_back_at is not None:
        return None
    _refuse_under_way(row)
    _refuse_empty(row)
    counters.hold(SERIES)
    gone = _plan(row, _tickets(row, for_change=True))
    if gone.hindrances:
        raise WrongStatus(
            f"导入后已有办理，不能撤回：{in_words(gone.hindrances)}。没有撤回任何内容。"
        )
    told = f"导入撤回：{reason}"
    drafts.drop(gone.drafts, actor, told, at)
    visits.drop(gone.visits, actor, told, at)
    noted = {"workbook": row.name, "upload": row.id}
    workflow.take_back(gone.tickets, actor, reason, at=at, noted=noted)
    if gone.is_shown:
        campaigns.end(actor, at=at)
    row.taken_back_at, row.taken_back_by_id, row.taken_back_reason = at, actor.id, reason
    db.session.flush()
    return gone


def _refuse_under_way(row: LedgerImport) -> None:
    """What a worker is at with the workbook ends first; it holds the row when it writes."""
    works = select(LongWork).where(LongWork.import_id == row.id, LongWork.ended_at.is_(None))
    if (work := db.session.scalars(works.limit(1)).first()) is not None:
        raise WrongStatus(f"这份工作簿正在后台办理“{work.kind.label}”，请等其完成后再撤回。")


def _refuse_empty(row: LedgerImport) -> None:
    if row.confirmed_at is None:
        raise WrongStatus("这份工作簿还没有导入，没有可以撤回的内容。")
    if not row.report.get("numbers"):
        raise WrongStatus("这次导入没有写入新的问题，没有可以撤回的内容。")


def _tickets(row: LedgerImport, *, for_change: bool = False) -> list[Issue]:
    """By their ids. With `for_change` the tickets whose look-backs it proposed are held as well."""
    numbers = [number for _, number in row.report["numbers"]]
    ids: list[int] = []
    for start in range(0, len(numbers), AT_ONCE):
        lot = numbers[start : start + AT_ONCE]
        ids += db.session.scalars(select(Issue.id).where(Issue.number.in_(lot)))
    rows = select(Issue).order_by(Issue.id)
    if not for_change:
        return list(db.session.scalars(rows.where(among(Issue.id, ids))))
    beside = {visit.issue_id for visit in visits.proposed_by(numbers)}
    locked = rows.where(among(Issue.id, {*ids, *beside})).with_for_update(of=Issue)
    held = db.session.scalars(locked.execution_options(populate_existing=True)).all()
    own = set(ids)
    return [issue for issue in held if issue.id in own]


def _plan(row: LedgerImport, tickets: Sequence[Issue]) -> Plan:
    named = {issue.id: issue.number for issue in tickets}
    papers = drafts.drafts_on(named)
    campaign = campaigns.in_force()
    return Plan(
        tickets=tickets,
        drafts=papers,
        visits=visits.proposed_by(set(named.values())),
        units=_units(tickets),
        hindrances=hindrances(named, papers),
        is_shown=campaign is not None and campaign.is_of(row),
    )


def _units(tickets: Sequence[Issue]) -> list[tuple[str, int]]:
    counts = Counter(issue.primary_unit_id for issue in tickets)
    units = db.session.execute(select(Unit.id, Unit.short_name).order_by(Unit.position, Unit.id))
    return [(unit.short_name, counts[unit.id]) for unit in units if unit.id in counts]
