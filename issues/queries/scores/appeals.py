"""Appeals as the performance office reads them, and what waits for it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import Evidence, Issue, ScoreAppeal, ScoreEntry, ScoreSheet
from issues.queries.ground.paging import Page, cut
from issues.queries.scores.papers import Paper, naming
from issues.rights.table import Right, holds, reach
from issues.rules.scores.totals import Quarter, quarter_of
from issues.scores import publishing
from issues.scores.sheets import gathering
from issues.vocabulary import ScoreState

PER_PAGE, SHOWN = 50, 20
_WHOLE = (
    joinedload(ScoreAppeal.entry).joinedload(ScoreEntry.unit),
    joinedload(ScoreAppeal.entry).joinedload(ScoreEntry.issue),
    joinedload(ScoreAppeal.appealed_by),
    joinedload(ScoreAppeal.ruled_by),
)


class Waiting(NamedTuple):
    """Appeals to be ruled on, the oldest first, how many there are, and a quarter to publish.

    `unsigned`: units without a score sheet of `published`, the last quarter that was published.
    `papers`: what was signed in the running quarter and names 考核; to be known, nothing to do.
    """

    appeals: list[ScoreAppeal]
    total: int
    quarter: Quarter | None
    published: Quarter | None = None
    unsigned: int = 0
    papers: Sequence[Paper] = ()

    @property
    def waits(self) -> int:
        return self.total + (self.quarter is not None) + (self.unsigned > 0)


def listed(page: int) -> Page[ScoreAppeal]:
    """Those that wait first, then the newest. Two statements."""
    rows = select(ScoreAppeal).options(*_WHOLE)
    rows = rows.order_by(ScoreAppeal.state != ScoreState.APPEALED, ScoreAppeal.id.desc())
    shown, page, total = cut(rows, page, PER_PAGE)
    return Page(list(db.session.scalars(shown)), page, PER_PAGE, total)


def of_point(entry_id: int) -> ScoreAppeal | None:
    """The appeal against a point, if there is one."""
    rows = select(ScoreAppeal).options(*_WHOLE).where(ScoreAppeal.entry_id == entry_id)
    return db.session.scalars(rows).first()


def one(entry_id: int) -> ScoreAppeal:
    """Raises NotFound."""
    found = of_point(entry_id)
    if found is None:
        raise NotFound
    return found


def files_of(row: ScoreAppeal, actor: Actor) -> list[Evidence]:
    """What the appeal names, as far as the person sees the ticket."""
    if not row.evidence:
        return []
    rows = select(Evidence).join(Issue, Issue.id == Evidence.issue_id)
    rows = rows.where(Evidence.id.in_(row.evidence), reach(actor), Evidence.is_covert.is_(False))
    return list(db.session.scalars(rows.order_by(Evidence.id)))


def waiting(actor: Actor) -> Waiting:
    """Eight statements; none for who rules on nothing."""
    if not holds(actor, Right.RULE_SCORE):
        return Waiting([], 0, None)
    rows = select(ScoreAppeal).options(*_WHOLE).where(ScoreAppeal.state == ScoreState.APPEALED)
    total = select(func.count(ScoreAppeal.id)).where(ScoreAppeal.state == ScoreState.APPEALED)
    quarter, published, unsigned = None, None, 0
    if holds(actor, Right.PUBLISH_SCORES):
        quarter = publishing.next_one(clock.today())
        published, unsigned = _unsigned()
    shown, running = rows.order_by(ScoreAppeal.id).limit(SHOWN), quarter_of(clock.today())
    return Waiting(
        list(db.session.scalars(shown)), db.session.scalar(total) or 0, quarter, published,
        unsigned, naming(running.first, running.after, actor),
    )  # fmt: skip


def _unsigned() -> tuple[Quarter | None, int]:
    """The last quarter that was published, and how many of its units have no score sheet yet."""
    period = gathering.latest()
    if period is None or period.quarter is None:
        return None, 0
    units = {one["unit"] for one in gathering.quarter_of_sheet(period).document["units"]}
    signed = (
        select(Unit.code)
        .join(ScoreSheet, ScoreSheet.unit_id == Unit.id)
        .where(ScoreSheet.year == period.year, ScoreSheet.quarter == period.quarter)
    )
    left = units - set(db.session.scalars(signed))
    return Quarter(period.year, period.quarter), len(left)
