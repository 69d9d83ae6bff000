"""A small line chart as plain SVG figures: it needs no script, prints, and scales."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from issues.queries.board.weeks import Week
from issues.vocabulary import Colour

WIDTH, HEIGHT = 480, 150
LEFT, RIGHT, TOP, BOTTOM = 30, 76, 8, 22
LABEL_GAP = 14
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
MOST_LINES = 4
LABELLED = 2
NAMES = tuple((colour.counted, colour.label) for colour in Colour)


@dataclass(frozen=True, slots=True)
class Series:
    """`label_y` is moved off its neighbours'; `marks` are the points drawn with their shape."""

    key: str
    label: str
    points: str
    marks: list[tuple[float, float]]
    label_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    height: int
    series: list[Series]
    rulers: list[tuple[int, float]]
    days: list[tuple[date, float]]
    end: float

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"


def chart_of(weeks: list[Week], height: int = HEIGHT) -> Chart | None:
    """The weeks as lines; None where there are not two of them."""
    if len(weeks) <= 1:
        return None
    counts = {key: [getattr(week.tally, key) for week in weeks] for key, _ in NAMES}
    most = max(1, *(max(row) for row in counts.values()))
    step = next((step for step in STEPS if step * MOST_LINES >= most), most)
    top = step * -(-most // step)
    across = [LEFT + (WIDTH - LEFT - RIGHT) * n / (len(weeks) - 1) for n in range(len(weeks))]

    def down(count: int) -> float:
        return round(TOP + (height - TOP - BOTTOM) * (1 - count / top), 1)

    labels = _apart({key: down(row[-1]) for key, row in counts.items()}, height)
    return Chart(
        height=height,
        series=[_series(key, name, across, counts[key], down, labels[key]) for key, name in NAMES],
        rulers=[(count, down(count)) for count in range(0, top + 1, step)],
        days=[(week.on, x) for week, x in zip(weeks, across, strict=True)][::-LABELLED],
        end=across[-1],
    )


def _series(
    key: str, name: str, across: list[float], row: list[int],
    down: Callable[[int], float], at: float,
) -> Series:  # fmt: skip
    marks = [(round(x, 1), down(count)) for x, count in zip(across, row, strict=True)]
    points = " ".join(f"{x},{y}" for x, y in marks)
    return Series(key, f"{name} {row[-1]}", points, marks, at)


def _apart(places: dict[str, float], height: int) -> dict[str, float]:
    """The labels' heights, none closer to the next than a line of text."""
    ordered = sorted(places, key=lambda key: places[key])
    moved: dict[str, float] = {}
    floor = height - BOTTOM - LABEL_GAP * (len(ordered) - 1)
    last = -float(LABEL_GAP)
    for index, key in enumerate(ordered):
        last = max(last + LABEL_GAP, min(places[key], floor + LABEL_GAP * index))
        moved[key] = round(last, 1)
    return moved
