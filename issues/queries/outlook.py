"""What the board lists by name: tickets about to turn, newly red ones, and the weeks behind."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Date, Row, func, literal, or_, select, union_all

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import ColourSpan, Issue, Notice, NoticeIssue
from issues.permissions import reach
from issues.queries.narrowing import noticed, waiting
from issues.queries.standing import Standing, red_on
from issues.queries.tally import Tally
from issues.rules.colour import reasons
from issues.rules.firings import Firing
from issues.vocabulary import Colour, NoticeKind, Rule

WEEKS = 12
BY_CARD_ALONE = "市环委办挂红牌"


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of computed colour to come if nothing happens."""

    number: str
    title: str
    unit: str
    on: date
    colour: Colour
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class NewlyRed:
    """`why` is one line; `notice` the gravest supervision notice that waits for an answer."""

    number: str
    title: str
    unit: str
    sponsor: str
    why: str
    notice: NoticeKind | None


@dataclass(frozen=True, slots=True)
class Week:
    on: date
    tally: Tally


def turning(actor: Actor, standing: Standing, within: int) -> list[Turn]:
    """Each change of computed colour within the days, in the order they come. One statement."""
    due = (standing.turns(Colour.YELLOW, within), standing.turns(Colour.RED, within))
    statement = _named(standing, standing.yellow_from, standing.red_from)
    rows = db.session.execute(statement.where(reach(actor), or_(*due)))
    last = standing.day + timedelta(days=within)
    turns = [turn for row in rows for turn in _turns(row, standing.day, last)]
    return sorted(turns, key=lambda turn: (turn.on, turn.number))


def _named(standing: Standing, *columns: object) -> object:
    kept = (Issue.number, Issue.title, Unit.short_name, standing.firings, *columns)
    return standing.joined(select(*kept).select_from(Issue)).outerjoin(
        Unit, Unit.id == standing.unit_id
    )


def _turns(row: Row, day: date, last: date) -> list[Turn]:
    changes = [(row.red_from, Colour.RED)]
    if row.yellow_from < row.red_from:
        changes.append((row.yellow_from, Colour.YELLOW))
    found = [Firing.from_document(document) for document in row.firings]
    return [
        Turn(row.number, row.title, row.short_name or "", on, colour, _first(found, on, colour))
        for on, colour in changes
        if day < on <= last
    ]


def _first(found: list[Firing], on: date, colour: Colour) -> Rule | None:
    """The rule that brings the colour on the day."""
    rules = sorted(f.rule for f in found if f.since == on and f.rule.colour is colour)
    return rules[0] if rules else None


def newly_red(actor: Actor, standing: Standing, since: date, most: int) -> list[NewlyRed]:
    """Red on the day and not red on the earlier one, the longest red first. One statement."""
    gravest = (
        select(func.max(Notice.kind))
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(NoticeIssue.issue_id == Issue.id, waiting(standing.day))
        .scalar_subquery()
    )
    statement = _named(standing, Issue.sponsor, gravest.label("notice"))
    statement = statement.where(reach(actor), standing.is_red(), ~red_on(since))
    rows = db.session.execute(statement.order_by(standing.red_from, Issue.number).limit(most))
    return [
        NewlyRed(
            row.number, row.title, row.short_name or "", row.sponsor,
            _why(row.firings, standing.day), NoticeKind(row.notice) if row.notice else None,
        )
        for row in rows
    ]  # fmt: skip


def _why(documents: list[dict], day: date) -> str:
    found = reasons([Firing.from_document(document) for document in documents], day)
    reds = [firing for firing in found if firing.rule.colour is Colour.RED]
    return reds[0].because(day) if reds else BY_CARD_ALONE


def noticed_counts(actor: Actor, standing: Standing, since: date) -> dict[str, int]:
    """Tickets with an unanswered notice, with an overdue one, and newly red. One statement."""
    asked = {
        "open": noticed("open", standing.day),
        "overdue": noticed("overdue", standing.day),
        "newly": standing.is_red() & ~red_on(since),
    }
    base = select(*(func.count().filter(condition) for condition in asked.values()))
    statement = standing.joined(base.select_from(Issue)).where(reach(actor), standing.on_board)
    return dict(zip(asked, db.session.execute(statement).one(), strict=True))


def weeks(actor: Actor, day: date) -> list[Week]:
    """The counts of the last twelve weeks, each on the weekday of the day. One statement."""
    days = [day - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    week = union_all(*(select(literal(one, Date).label("day")) for one in days)).subquery("week")
    span = Standing.of_span(ColourSpan, week.c.day)
    statement = (
        select(week.c.day, span.colour.label("colour"), func.count())
        .select_from(week)
        .join(ColourSpan, span.held())
        .join(Issue, Issue.id == ColourSpan.issue_id)
        .where(reach(actor), span.on_board)
        .group_by(week.c.day, "colour")
    )
    tallies = {one: Tally() for one in days}
    for on, colour, count in db.session.execute(statement):
        name = "closed" if colour == Colour.GREY.value else colour
        setattr(tallies[on], name, count)
    return [Week(on, tally) for on, tally in tallies.items() if tally.total]
