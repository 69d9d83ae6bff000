"""The board: what leadership reads. Every number is a link to exactly its tickets."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request
from markupsafe import Markup

from issues import clock
from issues.permissions import Right
from issues.queries import board
from issues.queries.board import Board
from issues.queries.filters import Filters
from issues.queries.narrowing import read_day
from issues.queries.remembered import moment, remembered, scope
from issues.queries.tally import Group, Tally
from issues.vocabulary import STRUCK_OFF, Colour
from issues.web.guards import actor, requires
from issues.web.line_chart import Chart, chart_of
from issues.web.register import link

blueprint = Blueprint("board", __name__)

ON_BOARD = "red,yellow,green,grey"
COLOURS = {"red": Colour.RED, "yellow": Colour.YELLOW, "green": Colour.GREEN, "closed": Colour.GREY}
WITHINS = (7, 15, 30, 60, 90)


class Figure(NamedTuple):
    """A number, the register that holds exactly those tickets, and the change since then."""

    count: int
    url: str
    change: int


class Line(NamedTuple):
    name: str
    figures: dict[str, Figure]


class Linked:
    """A board with an address for each of its numbers."""

    def __init__(self, drawn: Board, today: date) -> None:
        self.board = drawn
        self.base = Filters(on="" if drawn.on == today else drawn.on.isoformat())

    def figure(self, count: int, before: int = 0, **asked: str | int) -> Figure:
        return Figure(count, link(self.base, **asked), count - before)

    def figures(self, now: Tally, before: Tally, **asked: str) -> dict[str, Figure]:
        figures = {
            name: self.figure(getattr(now, name), getattr(before, name), colour=colour, **asked)
            for name, colour in COLOURS.items()
        }
        return figures | {"total": self.figure(now.total, before.total, colour=ON_BOARD, **asked)}

    @property
    def total(self) -> dict[str, Figure]:
        return self.figures(self.board.total, self.board.total_before)

    def lines(self, kind: str, groups: list[Group], asked: Callable[[str], dict]) -> list[Line]:
        before = self.board.before[kind]
        return [
            Line(
                group.name,
                self.figures(group.now, before.get(group.key, Tally()), **asked(group.key)),
            )
            for group in groups
        ]

    @property
    def units(self) -> list[Line]:
        return self.lines("unit", self.board.units, lambda key: {"unit": key, "role": "primary"})

    @property
    def regions(self) -> list[Line]:
        return self.lines("region", self.board.regions, lambda key: {"region": key})

    @property
    def sources(self) -> list[Line]:
        return self.lines("source", self.board.sources, lambda key: {"source": key})

    @property
    def struck(self) -> dict[str, Figure]:
        """How many of each source are struck off, those kept up for good included."""
        asked = ",".join(sorted(status.value for status in STRUCK_OFF))
        return {
            group.name: self.figure(group.now.struck, status=asked, source=group.key)
            for group in self.board.sources
        }

    @property
    def turns(self) -> dict[str, Figure]:
        within = self.board.within
        return {
            colour.value: self.figure(
                self.board.counts[colour.value], turning=within, turns=colour.value
            )
            for colour in (Colour.YELLOW, Colour.RED)
        }

    @property
    def chart(self) -> Chart | None:
        return chart_of(self.board.weeks)

    @property
    def newly(self) -> Figure:
        return self.figure(self.board.counts["newly"], newly=self.board.compare.isoformat())

    @property
    def notices(self) -> dict[str, Figure]:
        return {
            state: self.figure(self.board.counts[state], notice=state, colour=ON_BOARD)
            for state in ("open", "overdue")
        }


@blueprint.get("/board")
@requires(Right.BOARD)
def page() -> str:
    person, today = actor(), clock.today()
    on, compare = (read_day(request.args.get(name, "")) for name in ("on", "compare"))
    within = _within(request.args.get("within", ""))
    key = ("board", moment(), scope(person), today, on, compare, within)

    def draw() -> tuple[Board, Markup]:
        drawn = board.board(person, today, on, compare, within)
        linked = Linked(drawn, today)
        return drawn, Markup(  # noqa: S704 - rendered by a template that escapes
            render_template(
                "board/_figures.html", board=drawn, linked=linked, changes=compare is not None
            )
        )

    drawn, figures = remembered(key, draw)
    return render_template(
        "board/page.html", board=drawn, figures=figures, withins=WITHINS, asked_compare=compare
    )


def _within(raw: str) -> int:
    """The days asked for, or the usual thirty."""
    if raw.isascii() and raw.isdigit() and 0 < int(raw[:6]) <= board.FARTHEST:
        return int(raw[:6])
    return board.WITHIN
