"""The difference of two days: which tickets turned, from what to what, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue
from issues.queries.ground.counted import counts_once
from issues.queries.ground.day import Standing
from issues.queries.ground.paging import pages_of, within
from issues.rights.table import reach
from issues.rules.colour import folded, is_worse, reasons
from issues.rules.firings import Firing
from issues.vocabulary import CARDS, OFF_BOARD, WORST_FIRST, Colour, Rule, Status

PAGE_SIZE = 50
_BEST_FIRST = (None, *reversed(WORST_FIRST))
NEW, CLOSED, NO_RULE = "新上看板", "已销号，不再计色", "不再触发规则"
BY_CARD = "市环委办挂牌"


@dataclass(frozen=True, slots=True)
class Turned:
    """A ticket whose shown colour is another; a colour is None where it was on no board.

    `rules` are those that make the later colour, or, where it is better, those that ended.
    """

    number: str
    title: str
    unit: str
    code: str | None
    before: Colour | None
    after: Colour | None
    rules: tuple[Rule, ...]
    why: tuple[str, ...]


Pair = tuple[Colour | None, Colour | None, int]
Days = tuple[Standing, Standing]


@dataclass(frozen=True, slots=True)
class Difference:
    """`pairs` counts every ticket that turned by its two colours, `turned` is one page of them."""

    since: date
    on: date
    pairs: list[Pair]
    turned: list[Turned]
    total: int
    page: int
    pages: int
    is_seen: bool


def days_of(since: date, on: date, today: date, *, is_seen: bool) -> Days:
    """How tickets stood on the two days, read alike: `is_seen` as in Standing."""
    return Standing.on(since, today, is_seen=is_seen), Standing.on(on, today, is_seen=is_seen)


def difference(
    actor: Actor, since: date, on: date, today: date, page: int = 1, *, is_seen: bool = False
) -> Difference:
    """From one day to another, within the person's sight. Two statements."""
    days = days_of(since, on, today, is_seen=is_seen)
    pairs = counted(actor, days)
    total = sum(count for *_, count in pairs)
    page = within(page, total, PAGE_SIZE)
    return Difference(
        since=since,
        on=on,
        pairs=pairs,
        turned=turned(actor, days, (page - 1) * PAGE_SIZE, PAGE_SIZE),
        total=total,
        page=page,
        pages=pages_of(total, PAGE_SIZE),
        is_seen=is_seen,
    )


def counted(actor: Actor, days: Days) -> list[Pair]:
    """So many turned from one colour to another, the worst now first. One statement."""
    then, now = days
    shown = (_shown(then), _shown(now))
    statement = _turned(select(*shown, func.count()), actor, then, now).group_by(*shown)
    rows = db.session.execute(statement)
    return sorted(
        ((_colour(before), _colour(after), count) for before, after, count in rows),
        key=lambda pair: (-_BEST_FIRST.index(pair[1]), -_BEST_FIRST.index(pair[0])),
    )


def turned(actor: Actor, days: Days, start: int, most: int) -> list[Turned]:
    """Those that turned, the worst now first, from a place in the list on. One statement."""
    return _listed(actor, *days, start, most)


@dataclass(frozen=True, slots=True)
class StruckOff:
    """What became 已销号 between two days: the first of them, how many, and how many came back."""

    listed: list[Turned]
    total: int
    back: int


def struck_off(actor: Actor, days: Days, most: int) -> StruckOff:
    """By the very colours that a board counts: its figure grows by `total` less `back`.

    Two statements.
    """
    pairs = counted(actor, days)
    into = sum(count for _, after, count in pairs if after is Colour.GREY)
    out = sum(count for before, _, count in pairs if before is Colour.GREY)
    then, now = days
    return StruckOff(_listed(actor, then, now, 0, most, Colour.GREY), into, out)


def _turned(statement: Select, actor: Actor, then: Standing, now: Standing) -> Select:
    """The statement on the tickets whose two colours differ; off the board is no colour."""
    statement = statement.select_from(Issue)
    for standing in (then, now):
        if standing.span is not None:
            held = and_(standing.span.issue_id == Issue.id, standing.held())
            statement = statement.outerjoin(standing.span, held)
    has_turned = _shown(then).is_distinct_from(_shown(now))
    return statement.where(reach(actor), counts_once(actor, now), has_turned)


def _shown(standing: Standing) -> ColumnElement[str | None]:
    """Its colour; none also where the ticket was not there yet."""
    return case((standing.status.is_(None), null()), else_=standing.colour)


def _listed(
    actor: Actor, then: Standing, now: Standing, start: int, most: int, into: Colour | None = None
) -> list[Turned]:
    """`into`: only those that turned this colour."""
    kept: tuple[Any, ...] = (
        Issue.number, Issue.title, Unit.short_name, Unit.code, _shown(then).label("before"),
        _shown(now).label("after"), then.firings.label("old"), now.firings.label("new"),
        now.status.label("status"), now.card.label("card"),
    )  # fmt: skip
    statement = _turned(select(*kept), actor, then, now)
    if into is not None:
        statement = statement.where(_shown(now) == into.value)
    statement = statement.outerjoin(Unit, Unit.id == func.coalesce(now.unit_id, then.unit_id))
    worst = case(
        *((_shown(now) == word, place) for place, word in enumerate(WORST_FIRST)),
        else_=len(WORST_FIRST),
    )
    rows = db.session.execute(statement.order_by(worst, Issue.id).limit(most).offset(start))
    return [_one(row, then.day, now.day) for row in rows]


def _one(row: Any, since: date, on: date) -> Turned:
    before, after = _colour(row.before), _colour(row.after)
    if after in CARDS and is_worse(after, before):
        found = [f for f in _in_force(row.new, on) if f.rule.colour is after]
        why = tuple(firing.because(on) for firing in found)
        rules = tuple(dict.fromkeys(firing.rule for firing in found))
        if not why:
            why = (BY_CARD,) if row.card == after.value else ()
    else:
        still = {firing.rule for firing in _in_force(row.new, on)}
        whole = folded(_firings(row.old), since)
        ended = [one.firing for one in whole if one.firing.rule not in still]
        rules = tuple(dict.fromkeys(firing.rule for firing in ended))
        why = (_bettered(before, after, row.status),)
    return Turned(row.number, row.title, row.short_name or "", row.code, before, after, rules, why)


def _bettered(before: Colour | None, after: Colour | None, status: Any) -> str:
    if after is Colour.GREY:
        return CLOSED
    if before is None:
        return NEW
    if after is None:
        return Status(status).label if status in OFF_BOARD else "当日不在看板"
    return NO_RULE


def _in_force(documents: list[dict[str, Any]] | None, day: date) -> list[Firing]:
    return reasons(_firings(documents), day)


def _firings(documents: list[dict[str, Any]] | None) -> list[Firing]:
    return [Firing.from_document(document) for document in documents or ()]


def _colour(word: str | None) -> Colour | None:
    return None if word is None else Colour(word)
