"""The colour of one ticket on one day with everything that explains it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from issues.rules.colour import (
    Change,
    computed_colour,
    folded,
    is_worse,
    next_change,
    shown_colour,
)
from issues.rules.firings import Firing
from issues.vocabulary import OFF_BOARD, Colour, Rule, Status


class Kept(Protocol):
    """A ticket's own row, or its span of a past day."""

    @property
    def status(self) -> Status: ...

    @property
    def yellow_from(self) -> date: ...

    @property
    def red_from(self) -> date: ...

    @property
    def card(self) -> str: ...

    @property
    def policy(self) -> int: ...

    @property
    def firings(self) -> Sequence[Mapping[str, Any]]: ...


class Reason(NamedTuple):
    """`within` are the lighter rules of the same thing, which this one says already, and worse."""

    rule: Rule
    since: date
    because: str
    remedy: str
    within: tuple["Reason", ...] = ()


@dataclass(frozen=True, slots=True)
class Colouring:
    """`shown` and `computed` are None where the ticket is on no board."""

    day: date
    status: Status
    shown: Colour | None
    computed: Colour | None
    card: Colour | None
    is_pending: bool
    reasons: tuple[Reason, ...]
    next_change: Change | None
    policy: int

    @property
    def word(self) -> str | None:
        """What the shown colour is for, in one word; None where it goes without saying."""
        if self.computed is self.shown and self.computed_word:
            return self.computed_word
        return "挂牌" if self.card and self.shown is self.card else None

    @property
    def computed_word(self) -> str | None:
        """The same of the computed colour, for which a card is no reason."""
        return self.reasons[0].rule.label if self.reasons else None


def colouring_of(row: Kept, day: date) -> Colouring:
    status = Status(row.status)
    on_board = status not in OFF_BOARD
    computed = computed_colour(row, day) if on_board else None
    card = Colour(row.card) if row.card else None
    firings = [Firing.from_document(document) for document in row.firings]
    return Colouring(
        day=day,
        status=status,
        shown=shown_colour(row, day) if on_board else None,
        computed=computed,
        card=card,
        is_pending=is_worse(computed, card),
        reasons=tuple(reasons_of(firings, day)) if on_board else (),
        next_change=next_change(firings, day, status),
        policy=row.policy,
    )


def reasons_of(firings: Iterable[Firing], day: date) -> list[Reason]:
    """What is in force on the day, reds first, each in words, the lighter within the graver."""
    return [
        _reason(one.firing, day)._replace(within=tuple(_reason(other, day) for other in one.within))
        for one in folded(firings, day)
    ]


def _reason(firing: Firing, day: date) -> Reason:
    return Reason(firing.rule, firing.since, firing.because(day), firing.remedy(day))
