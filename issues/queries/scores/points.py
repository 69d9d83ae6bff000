"""Each line of a unit's book with what it is of, as far as the person may see that."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import aliased, joinedload

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground.refusals import NotFound
from issues.models import Issue, Notice, ScoreAppeal, ScoreEntry
from issues.notices.rights import reach as notice_reach
from issues.queries.ground.paging import Page, cut
from issues.queries.scores.figures import own_unit
from issues.queries.ticket.story import anchor_of
from issues.rights.table import Right, holds, reach
from issues.rules.scores.points import formula, signed
from issues.rules.scores.totals import quarter_of
from issues.scores.booking import SCORED
from issues.scores.tallying import Period
from issues.vocabulary import EntryKind, ScoreState

PER_PAGE = 100


class Line(NamedTuple):
    """One line. `title` and `url` are empty where its ticket or paper is out of sight."""

    entry: ScoreEntry
    number: str
    title: str
    url: str
    state: ScoreState
    may_appeal: bool

    @property
    def formula(self) -> str:
        """The arithmetic of a first line; a later one is a difference, and says why."""
        one = self.entry
        if one.kind is EntryKind.BOOKING:
            return formula(one.base, one.share, one.weight, one.value)
        return signed(one.value)

    @property
    def value(self) -> str:
        return signed(self.entry.value)

    @property
    def counted_later(self) -> str:
        """The quarter of its day, where that one was published and it counts in another."""
        own = quarter_of(self.entry.on)
        return "" if own == (self.entry.year, self.entry.quarter) else own.label


def unit_of(code: str, actor: Actor) -> Unit:
    """A unit with a book in the person's sight. Raises NotFound."""
    rows = select(Unit).where(Unit.code == code, Unit.kind.in_(SCORED))
    if (own := own_unit(actor)) is not None:
        rows = rows.where(Unit.id == own)
    found = db.session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def points(period: Period, actor: Actor, unit_id: int, page: int) -> Page[Line]:
    """A page of a unit's lines, the newest day first. Two statements."""
    rows = _lines(period, actor).where(ScoreEntry.unit_id == unit_id)
    shown, page, total = cut(rows, page, PER_PAGE)
    return Page(list(_told(shown, actor)), page, PER_PAGE, total)


def all_points(period: Period, actor: Actor) -> list[Line]:
    """Every line in the person's sight, unit by unit. One statement."""
    rows = _lines(period, actor)
    if (own := own_unit(actor)) is not None:
        rows = rows.where(ScoreEntry.unit_id == own)
    return list(_told(rows, actor))


def one_point(entry_id: int, actor: Actor) -> Line:
    """Raises NotFound."""
    rows = _rows(actor).where(ScoreEntry.id == entry_id)
    if (own := own_unit(actor)) is not None:
        rows = rows.where(ScoreEntry.unit_id == own)
    found = next(iter(_told(rows, actor)), None)
    if found is None:
        raise NotFound
    return found


def _lines(period: Period, actor: Actor) -> Select[Any]:
    rows = _rows(actor).where(ScoreEntry.year == period.year)
    if period.quarter:
        rows = rows.where(ScoreEntry.quarter == period.quarter)
    return rows.order_by(ScoreEntry.unit_id, ScoreEntry.on.desc(), ScoreEntry.id.desc())


def _rows(actor: Actor) -> Select[Any]:
    first = func.coalesce(ScoreEntry.of_id, ScoreEntry.id)
    seen, read = aliased(Issue), aliased(Notice)
    tickets = select(Issue.id).where(reach(actor)).subquery()
    papers = select(Notice.id).where(_papers(actor)).subquery()
    return (
        select(ScoreEntry, seen.number, seen.title, tickets.c.id.label("ticket"),
               papers.c.id.label("paper"), ScoreAppeal.state)
        .join(seen, seen.id == ScoreEntry.issue_id)
        .outerjoin(tickets, tickets.c.id == ScoreEntry.issue_id)
        .outerjoin(read, read.id == ScoreEntry.notice_id)
        .outerjoin(papers, papers.c.id == read.id)
        .outerjoin(ScoreAppeal, ScoreAppeal.entry_id == first)
        .options(joinedload(ScoreEntry.unit))
    )  # fmt: skip


def _papers(actor: Actor) -> Any:
    return notice_reach(actor) if holds(actor, Right.NOTICES) else false()


def _told(rows: Select[Any], actor: Actor) -> Iterable[Line]:
    appeals = holds(actor, Right.APPEAL_SCORE)
    for entry, number, title, ticket, paper, state in db.session.execute(rows):
        is_open = appeals and entry.unit_id == actor.unit_id and entry.value < 0 and state is None
        yield Line(
            entry, number, title if ticket else "", _url(entry, number, ticket, paper),
            state or ScoreState.BOOKED, is_open and entry.kind is EntryKind.BOOKING,
        )  # fmt: skip


def _url(entry: ScoreEntry, number: str, ticket: int | None, paper: int | None) -> str:
    """Where the person sees what it was booked for: the row of the history, or the paper."""
    if entry.notice_id and paper:
        return f"/notices/{paper}"
    if not ticket:
        return ""
    return f"/issues/{number}" + (f"#{anchor_of(entry.event_id)}" if entry.event_id else "")
