"""The small chart of a series of readings: places on a drawing, words for each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 360, 130
LEFT, RIGHT, TOP, BOTTOM = 12, 76, 14, 24
HEADROOM = Decimal("1.15")


@dataclass(frozen=True, slots=True)
class Dot:
    """One reading to be drawn. `waits`: nobody has confirmed it yet."""

    on: date
    value: Decimal
    is_within: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    is_within: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """`limits`: the height of each limit's line, with its words."""

    points: list[Point]
    limits: list[tuple[float, str]]
    first: str
    last: str

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def end(self) -> int:
        return WIDTH - RIGHT


def chart_of(dots: Sequence[Dot], limits: Sequence[tuple[Decimal, str]]) -> Chart | None:
    """None where there are not two dates: one reading is not a series."""
    first, last = dots[0].on, dots[-1].on
    if first == last:
        return None
    figures = [dot.value for dot in dots] + [limit for limit, _ in limits]
    floor, top = _between(figures)

    def down(figure: Decimal) -> float:
        share = float((figure - floor) / (top - floor)) if top > floor else 0.0
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)

    span = (last - first).days
    points = [
        Point(
            round(LEFT + (WIDTH - LEFT - RIGHT) * (dot.on - first).days / span, 1),
            down(dot.value),
            dot.is_within,
            dot.waits,
        )
        for dot in dots
    ]
    lines = [(down(limit), words) for limit, words in limits]
    return Chart(points, lines, f"{first}", f"{last}")


def _between(figures: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """From nought up; where all stand close together, from a little below the lowest."""
    low, high = min(figures), max(figures)
    if low * 2 > high:
        room = (high - low or high) / 2
        return low - room, high + room
    return min(Decimal(0), low), high * HEADROOM or Decimal(1)
