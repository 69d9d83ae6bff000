"""From firings to a colour: a comparison of dates, the same for a row and for a database column."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, Protocol

from issues.rules.dates.days import NEVER
from issues.rules.firings import Firing
from issues.vocabulary import OFF_BOARD, Colour, Rule, Status

__all__ = [
    "CARDLESS_LADDER", "LADDER", "NEVER", "Change", "Coloured", "Folded", "Rung",
    "computed_colour", "folded", "is_worse", "next_change", "reasons", "shown_colour", "thresholds",
]  # fmt: skip


class Coloured(Protocol):
    """What a rung looks at. `card` is "" (none), "yellow" or "red": never null."""

    @property
    def status(self) -> Any: ...

    @property
    def yellow_from(self) -> Any: ...

    @property
    def red_from(self) -> Any: ...

    @property
    def card(self) -> Any: ...


class Rung(NamedTuple):
    """`holds` also runs on database columns: nothing but == != < <= > >= & | may stand in it."""

    colour: Colour
    holds: Callable[[Any, Any], Any]


class Change(NamedTuple):
    on: date
    colour: Colour
    rules: tuple[Rule, ...]


class Folded(NamedTuple):
    """A firing in force; `within` are the lighter ones that it says already, and worse."""

    firing: Firing
    within: tuple[Firing, ...]


_CLOSED = Rung(Colour.GREY, lambda row, _: row.status == Status.CLOSED)
_RED = Rung(Colour.RED, lambda row, day: row.red_from <= day)
_RED_CARD = Rung(Colour.RED, lambda row, _: row.card == Colour.RED.value)
_YELLOW = Rung(Colour.YELLOW, lambda row, day: row.yellow_from <= day)
_YELLOW_CARD = Rung(Colour.YELLOW, lambda row, _: row.card == Colour.YELLOW.value)

LADDER = (_CLOSED, _RED, _RED_CARD, _YELLOW, _YELLOW_CARD)
"""The shown colour: that of the first rung that holds, green where none does.

Drafts, merged and withdrawn tickets are on no board: whoever counts leaves them out first.
"""
CARDLESS_LADDER = tuple(rung for rung in LADDER if rung not in (_RED_CARD, _YELLOW_CARD))
"""The computed colour: the same ladder without its cards."""


_SEVERITY = {Colour.RED.value: 2, Colour.YELLOW.value: 1}


def is_worse(colour: str | None, than: str | None) -> bool:
    """Whether a colour is worse than a card or another one; none and grey count as green.

    A computed colour worse than its card waits to be confirmed (待确认).
    """
    return _SEVERITY.get(colour or "", 0) > _SEVERITY.get(than or "", 0)


_REDS = frozenset(rule for rule in Rule if rule.colour is Colour.RED)


def _climb(ladder: tuple[Rung, ...], row: Coloured, day: date) -> Colour:
    return next((colour for colour, holds in ladder if holds(row, day)), Colour.GREEN)


def shown_colour(row: Coloured, day: date) -> Colour:
    """The worse of the computed colour and the card."""
    return _climb(LADDER, row, day)


def computed_colour(row: Coloured, day: date) -> Colour:
    return _climb(CARDLESS_LADDER, row, day)


def thresholds(firings: Iterable[Firing]) -> tuple[date, date]:
    """The first yellow and the first red day; NEVER where no rule of that colour fires."""
    yellow = red = NEVER
    for firing in firings:
        if firing.rule in _REDS:
            red = min(red, firing.since)
        else:
            yellow = min(yellow, firing.since)
    return yellow, red


def next_change(firings: Iterable[Firing], day: date, status: Status) -> Change | None:
    """The next day on which the computed colour differs if nothing happens.

    None where it is red or grey, where the ticket is on no board, and where no such day comes.
    """
    firings = list(firings)
    yellow_from, red_from = thresholds(firings)
    if status == Status.CLOSED or status in OFF_BOARD or red_from <= day:
        return None
    on = red_from if yellow_from <= day else min(yellow_from, red_from)
    if on == NEVER:
        return None
    colour = Colour.RED if red_from == on else Colour.YELLOW
    rules = {f.rule for f in firings if f.since == on and f.rule.colour is colour}
    return Change(on, colour, tuple(sorted(rules)))


def reasons(firings: Iterable[Firing], day: date) -> list[Firing]:
    """Every firing in force on the day: reds first, then the oldest first."""
    in_force = [firing for firing in firings if firing.since <= day]
    return sorted(in_force, key=lambda f: (f.rule.colour is not Colour.RED, f.since, f.rule.value))


def folded(firings: Iterable[Firing], day: date) -> list[Folded]:
    """The same as a screen and a paper list them: the lighter of one thing within the graver."""
    found = reasons(firings, day)
    return [
        Folded(one, tuple(other for other in found if other.is_within(one)))
        for one in found
        if not any(one.is_within(other) for other in found)
    ]
