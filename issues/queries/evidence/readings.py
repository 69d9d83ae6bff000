"""Readings as a page shows them: by pollutant and point, each series with its small chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from issues.evidence.readings import is_within
from issues.ground.refusals import NotFound
from issues.models import Issue, Reading

WIDTH, HEIGHT = 360, 130
LEFT, RIGHT, TOP, BOTTOM = 12, 64, 14, 24
HEADROOM = Decimal("1.15")


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    is_within: bool
    label: str


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


@dataclass(frozen=True, slots=True)
class Series:
    """One pollutant at one point. `days`: on how many dates it was sampled."""

    name: str
    rows: list[Reading]
    chart: Chart | None

    @property
    def days(self) -> int:
        return len({row.sampled_on for row in self.rows})

    @property
    def over(self) -> int:
        return sum(not is_within(row) for row in self.rows)

    @property
    def words(self) -> str:
        """The chart for who does not see it."""
        said = f"{self.name}共{len(self.rows)}个数值"
        return f"{said}，{self.over}个超标" if self.over else f"{said}，均达标"


def every_reading_of(issue: Issue) -> list[Reading]:
    """Withdrawn ones too. One statement."""
    rows = (
        select(Reading)
        .where(Reading.issue_id == issue.id)
        .options(
            joinedload(Reading.evidence), joinedload(Reading.entered_by), joinedload(Reading.unit)
        )
        .order_by(Reading.pollutant, Reading.point, Reading.sampled_on, Reading.id)
    )
    return list(db.session.scalars(rows))


def one(issue: Issue, reading_id: int) -> Reading:
    """Raises NotFound."""
    row = db.session.get(Reading, reading_id)
    if row is None or row.issue_id != issue.id:
        raise NotFound
    return row


def series_of(rows: Iterable[Reading]) -> list[Series]:
    """Those that stand."""
    valid = [row for row in rows if row.withdrawn_at is None]
    found = []
    for (pollutant, unit, point), group in groupby(
        valid, key=lambda row: (row.pollutant, row.unit_of_value, row.point)
    ):
        held = list(group)
        name = f"{pollutant}（{unit}）{f' {point}' if point else ''}"
        found.append(Series(name, held, chart_of(held)))
    return found


def chart_of(rows: Sequence[Reading]) -> Chart | None:
    """None where there are not two dates: one reading is not a series."""
    first, last = rows[0].sampled_on, rows[-1].sampled_on
    if first == last:
        return None
    limits = [(rows[-1].high, "上限"), (rows[-1].low, "下限")]
    figures = [row.value for row in rows] + [limit for limit, _ in limits if limit is not None]
    floor, top = min(Decimal(0), *figures), max(figures) * HEADROOM or Decimal(1)

    def down(figure: Decimal) -> float:
        share = float((figure - floor) / (top - floor)) if top > floor else 0.0
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)

    span = (last - first).days
    points = [
        Point(
            round(LEFT + (WIDTH - LEFT - RIGHT) * (row.sampled_on - first).days / span, 1),
            down(row.value),
            is_within(row),
            f"{row.value}",
        )
        for row in rows
    ]
    lines = [(down(limit), f"{word} {limit}") for limit, word in limits if limit is not None]
    return Chart(points, lines, f"{first}", f"{last}")
