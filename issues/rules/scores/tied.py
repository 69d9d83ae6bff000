"""One problem is scored once: on a ticket that another leads, nothing is booked.

As its colour counts (docs/decisions/0051, 0063): from the day of tying on, while the one that leads
stands on the board; once that is struck off, what still runs is scored again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from issues.vocabulary import OFF_BOARD, STRUCK_OFF, Status


class Tie(NamedTuple):
    """A ticket follows `leader` from `first` up to, not including, `ended`."""

    ticket: int
    leader: int
    first: date
    ended: date | None


class Stood(NamedTuple):
    """The status of a ticket from a day up to, not including, another."""

    first: date
    until: date
    status: Status


def is_led(
    ticket: int,
    on: date,
    ties: Iterable[Tie],
    stood: Mapping[int, Sequence[Stood]],
    *,
    is_act: bool,
) -> bool:
    """Whether another ticket is scored for this one on a day.

    `is_act`: what somebody did on the very day of tying may have come before it, and stays booked.
    """
    for tie in ties:
        begun = tie.first < on if is_act else tie.first <= on
        if tie.ticket != ticket or not begun or (tie.ended is not None and on >= tie.ended):
            continue
        leads, follows = _status(stood.get(tie.leader, ()), on), _status(stood.get(ticket, ()), on)
        if leads is None or leads in OFF_BOARD:
            continue
        if leads not in STRUCK_OFF or follows in STRUCK_OFF:
            return True
    return False


def _status(stood: Iterable[Stood], on: date) -> Status | None:
    return next((one.status for one in stood if one.first <= on < one.until), None)
