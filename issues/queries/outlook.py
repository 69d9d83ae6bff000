"""What the board lists by name: tickets about to turn, newly red ones, and the weeks behind."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import ColourSpan, Issue, Notice, NoticeIssue
from issues.permissions import reach, sees_all
from issues.queries.narrowing import in_force, noticed, waiting
from issues.queries.remembered import remembered
from issues.queries.standing import Standing, red_on
from issues.queries.tally import Tally
from issues.rules.colour import LADDER, reasons
from issues.rules.firings import Firing
from issues.vocabulary import OPEN, STRUCK_OFF, Colour, NoticeKind, Rule

WEEKS = 12
LETTERS = {"r": Colour.RED, "y": Colour.YELLOW, "g": Colour.GREEN, "c": Colour.GREY}
ABSENT = "-"
BY_CARD_ALONE = "市环委办挂红牌"
RUNNING = OPEN - STRUCK_OFF
"""What lateness is a share of: on the board and not yet struck off."""


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


def turning(actor: Actor, standing: Standing, within: int, most: int | None = None) -> list[Turn]:
    """Each change of computed colour within the days, or the first ones, in the order they come.

    One statement.
    """
    due = (standing.turns(Colour.YELLOW, within), standing.turns(Colour.RED, within))
    statement = _named(standing, standing.yellow_from, standing.red_from)
    first = case((due[0], standing.yellow_from), else_=standing.red_from)
    statement = statement.where(reach(actor), or_(*due)).order_by(first, Issue.number).limit(most)
    last = standing.day + timedelta(days=within)
    rows = db.session.execute(statement)
    turns = [turn for row in rows for turn in _turns(row, standing.day, last)]
    return sorted(turns, key=lambda turn: (turn.on, turn.number))[:most]


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


def counts(
    actor: Actor, standing: Standing, since: date, within: int
) -> tuple[dict[str, int], dict[int | None, int]]:
    """Tickets by what they are, and the overdue ones of each primary unit. One statement.

    Those with an unanswered or an overdue notice, newly red, about to turn, overdue.
    """
    asked = {
        "open": noticed("open", standing.day),
        "overdue": noticed("overdue", standing.day),
        "newly": standing.is_red() & ~red_on(since),
        "red": standing.turns(Colour.RED, within),
        "yellow": standing.turns(Colour.YELLOW, within),
        "late": is_late(standing),
    }
    columns = (func.count().filter(condition) for condition in asked.values())
    statement = standing.joined(select(standing.unit_id, *columns).select_from(Issue))
    statement = statement.where(reach(actor), standing.on_board).group_by(standing.unit_id)
    totals, late = dict.fromkeys(asked, 0), {}
    for unit_id, *row in db.session.execute(statement):
        for name, count in zip(asked, row, strict=True):
            totals[name] += count
        late[unit_id] = row[-1]
    return totals, late


def is_late(standing: Standing) -> ColumnElement[bool]:
    """Past its deadline, unclaimed, not struck off.

    What is late is past its red day: asked first, that spares looking into the rules of the others.
    """
    return and_(
        standing.red_from <= standing.day,
        standing.status.in_(RUNNING),
        in_force([Rule.R1], standing),
    )


def weeks(actor: Actor, day: date, now: Tally | None, mark: str | None) -> list[Week]:
    """The counts of the last twelve weeks, each on the weekday of the day; `now` is its own.

    Acts change no earlier day, so for who sees all tickets those are counted once a mark of
    `remembered.settled`. A unit's sight of a past day follows what is its own today.
    """
    days = [day - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    if now is None:
        found = _tallies(actor, days)
    elif mark is not None and sees_all(actor):
        key = ("weeks", mark, day)
        found = [*remembered(key, lambda: _tallies(actor, days[:-1])), now]
    else:
        found = [*_tallies(actor, days[:-1]), now]
    return [Week(on, tally) for on, tally in zip(days, found, strict=True) if tally.total]


def _tallies(actor: Actor, days: list[date]) -> list[Tally]:
    """The counts of each of these past days. One statement.

    Every span is read once: its colour on each of the days, a letter each, is one pattern, and
    the patterns are few.
    """
    letters = (_letter(Standing.of_span(ColourSpan, one)) for one in days)
    pattern = reduce(lambda read, letter: read.concat(letter), letters).label("pattern")
    spans = (
        select(pattern)
        .join(Issue, Issue.id == ColourSpan.issue_id)
        .where(reach(actor), ColourSpan.valid_to > days[0], ColourSpan.valid_from <= days[-1])
        .subquery()
    )
    tallies = [Tally() for _ in days]
    counted = select(spans.c.pattern, func.count()).group_by(spans.c.pattern)
    for shown, count in db.session.execute(counted):
        for tally, letter in zip(tallies, shown, strict=True):
            if letter != ABSENT:
                tally.count(LETTERS[letter], count)
    return tallies


def _letter(span: Standing) -> ColumnElement[str]:
    letter_of = {colour: letter for letter, colour in LETTERS.items()}
    rungs = ((rung.holds(span, span.day), letter_of[rung.colour]) for rung in LADDER)
    absent = or_(~span.held(), ~span.on_board)
    return case((absent, ABSENT), *rungs, else_=letter_of[Colour.GREEN])
