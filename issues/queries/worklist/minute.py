"""What a leader reads in a minute: one sentence, what waits, what nobody answered, what is theirs.

The week's digest says the sentence and the lists of the same functions.
"""

from datetime import date
from typing import NamedTuple

from auth.actor import Actor
from issues.queries.board import tally
from issues.queries.board.tally import Tally
from issues.queries.ground.day import Standing
from issues.queries.register.filters import SEEN, Filters
from issues.queries.register.narrowing import SPONSORED, conditions
from issues.queries.worklist import sponsored
from issues.queries.worklist.instructions import Unanswered, unanswered
from issues.queries.worklist.waiting import Waiting, waiting
from issues.vocabulary import Colour

MINE = {"view": SPONSORED, "counted": SEEN}
"""The register's filter of what the sentence counts as the person's own."""
LISTED = {"view": SPONSORED, "colour": "red,yellow,green"}
"""Of what is listed as the person's own: each ticket for itself, none that is struck off."""


class State(NamedTuple):
    """The board's figures of a day: of the tickets the person sponsors, and of all in sight."""

    mine: Tally
    all: Tally

    @property
    def sentence(self) -> str:
        own = f"您包案{told(self.mine)}" if self.mine.total else "没有您包案的问题"
        return f"{own}；全市{told(self.all)}。"


class Minute(NamedTuple):
    state: State
    waiting: Waiting
    unanswered: Unanswered
    sponsored: sponsored.Mine


def told(counted: Tally) -> str:
    """So many, and how they stand; a colour nobody has is left out."""
    if not counted.total:
        return "没有问题"
    parts = "、".join(f"{one.label}{counted.of(one)}件" for one in Colour if counted.of(one))
    return f"{counted.total}件：{parts}"


def state(actor: Actor, on: date, today: date) -> State:
    """One statement."""
    day = Standing.on(on, today)
    whole, mine = tally.cells_and(actor, day, (day, conditions(Filters(**MINE), actor, day)))
    return State(tally.total(mine), tally.total(whole))


def minute(actor: Actor, today: date) -> Minute:
    return Minute(
        state(actor, today, today),
        waiting(actor, today),
        unanswered(actor, today),
        sponsored.sponsored(actor, today),
    )
