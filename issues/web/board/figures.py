"""The board's numbers, each with the register that holds exactly its tickets."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from issues.queries.board.outlook import RUNNING
from issues.queries.board.page import Board
from issues.queries.board.tally import Group, Tally
from issues.queries.register.filters import SEEN, Filters
from issues.queries.register.narrowing import EFFECTS
from issues.vocabulary import STRUCK_OFF, Colour, Rule
from issues.web.board.line_chart import Chart, chart_of
from issues.web.register.page import link

ON_BOARD = ",".join(colour.value for colour in Colour)
STRUCK, NOT_STRUCK = (
    ",".join(sorted(status.value for status in held)) for held in (STRUCK_OFF, RUNNING)
)
CHART_HEIGHT = 96


class Figure(NamedTuple):
    """A number, the register that holds exactly those tickets, and the change since then.

    None where the day compared with holds nothing, or the number is compared with none.
    """

    count: int  # type: ignore[assignment]  # in place of a tuple's own, which nobody asks
    url: str
    change: int | None


class Line(NamedTuple):
    """`struck` are the closed with those kept up for good; `late` the overdue of a unit's rest.

    `cards` counts what was raised on its tickets, where the line is a unit's.
    """

    name: str
    figures: dict[str, Figure]
    struck: Figure
    late: Figure | None
    cards: Mapping[str, int]

    @property
    def closing(self) -> int:
        """Struck off, of a hundred on the board."""
        return _share(self.struck.count, self.figures["total"].count)

    @property
    def lateness(self) -> int:
        """Overdue, of a hundred not struck off."""
        return _share(
            self.late.count if self.late else 0, self.figures["total"].count - self.struck.count
        )


ORDERS: dict[str, Callable[[Line], Any]] = {
    "red": lambda _line: 0,
    "closing": lambda line: line.closing,
    "late": lambda line: -line.lateness,
}
"""The units by red as they come, the slowest to close first, or the latest first."""


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _of_unit(code: str) -> dict[str, str]:
    return {"unit": code, "role": "primary"}


class Linked:
    """A board with an address for each of its numbers."""

    def __init__(self, drawn: Board, today: date, by: str = "red") -> None:
        self.board, self.by = drawn, by
        self.base = Filters(
            on="" if drawn.on == today else drawn.on.isoformat(),
            seen=SEEN if drawn.is_seen else "",
            counted=SEEN if drawn.is_once else "",
        )

    def figure(self, count: int, before: int | None = None, **asked: str | int) -> Figure:
        change = None if before is None or not self.board.is_compared else count - before
        return Figure(count, link(self.base, **asked), change)

    def figures(self, now: Tally, before: Tally, **asked: str) -> dict[str, Figure]:
        figures = {
            colour.counted: self.figure(now.of(colour), before.of(colour), colour=colour, **asked)
            for colour in Colour
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
                self.figure(group.now.struck, status=STRUCK, **asked(group.key)),
                self._late(group.key) if kind == "unit" else None,
                self.board.cards.get(group.key, Counter()) if kind == "unit" else {},
            )
            for group in groups
        ]

    def _late(self, code: str) -> Figure:
        asked = _of_unit(code) | {"rule": Rule.R1.value, "status": NOT_STRUCK}
        return self.figure(self.board.late.get(code, 0), **asked)

    @property
    def units(self) -> list[Line]:
        """In the order asked for."""
        return sorted(self.lines("unit", self.board.units, _of_unit), key=ORDERS[self.by])

    @property
    def zones(self) -> list[Line]:
        return self.lines("unit", self.board.zones, _of_unit)

    @property
    def regions(self) -> list[Line]:
        return self.lines("region", self.board.regions, lambda key: {"region": key})

    @property
    def sources(self) -> list[Line]:
        return self.lines("source", self.board.sources, lambda key: {"source": key})

    @property
    def campaign(self) -> list[Line]:
        """What the city shows as a line of its own, or nothing."""
        progress, campaign = self.board.progress, self.board.campaign
        if progress is None or campaign is None:
            return []
        asked: dict[str, Any] = dict(campaign.asked)
        return [
            Line(
                progress.name,
                self.figures(progress.now, self.board.progress_before, **asked),
                self.figure(progress.now.struck, status=STRUCK, **asked),
                None,
                {},
            )
        ]

    @property
    def struck(self) -> Figure:
        """How many of all are struck off."""
        return self.figure(self.board.total.struck, status=STRUCK)

    @property
    def late(self) -> Figure:
        return self.figure(self.board.counts["late"], rule=Rule.R1.value, status=NOT_STRUCK)

    @property
    def closing(self) -> int:
        return _share(self.board.total.struck, self.board.total.total)

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
        return chart_of(self.board.weeks, CHART_HEIGHT)

    @property
    def newly(self) -> Figure:
        return self.figure(self.board.counts["newly"], newly=self.board.compare.isoformat())

    @property
    def effects(self) -> dict[str, Figure]:
        return {name: self.figure(self.board.counts[name], effect=name) for name in EFFECTS}

    @property
    def notices(self) -> dict[str, Figure]:
        return {
            state: self.figure(self.board.counts[state], notice=state, colour=ON_BOARD)
            for state in ("open", "overdue")
        }
