"""Readings as a page shows them: by pollutant and point, each series with its small chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from issues.evidence.measured import live_targets
from issues.ground.refusals import NotFound
from issues.models import Issue, Reading, Target, Waiver
from issues.queries.evidence.reading_chart import Chart, Dot, chart_of
from issues.rules.targets import holds
from issues.rules.targets.effect import is_within, limit_words, outside_words
from issues.workflow.effect.lacking import belongs, limit_of


@dataclass(frozen=True, slots=True)
class Line:
    """One reading held against the targets of its item, else against the limit typed with it."""

    row: Reading
    limit: str
    is_within: bool

    @property
    def outcome(self) -> str:
        return "达标" if self.is_within else outside_words(self.limit)


@dataclass(frozen=True, slots=True)
class Series:
    """One pollutant at one point. `days`: on how many dates it was sampled."""

    name: str
    lines: list[Line]
    chart: Chart | None

    @property
    def days(self) -> int:
        return len({line.row.sampled_on for line in self.lines})

    @property
    def over(self) -> int:
        return sum(not line.is_within for line in self.lines)

    @property
    def waiting(self) -> int:
        return sum(line.row.confirmed_at is None for line in self.lines)

    @property
    def words(self) -> str:
        """The chart for who does not see it."""
        said = f"{self.name}共{len(self.lines)}个数值"
        outside = next((one.outcome for one in self.lines if not one.is_within), "")
        said += f"，{self.over}个{outside}" if outside else "，均达标"
        return f"{said}，{self.waiting}个待确认" if self.waiting else said


def every_reading_of(issue: Issue) -> list[Reading]:
    """Withdrawn ones too. One statement."""
    rows = (
        select(Reading)
        .where(Reading.issue_id == issue.id)
        .options(
            joinedload(Reading.evidence),
            joinedload(Reading.entered_by),
            joinedload(Reading.unit),
            joinedload(Reading.confirmed_by),
        )
        .order_by(Reading.pollutant, Reading.point, Reading.sampled_on, Reading.id)
    )
    return list(db.session.scalars(rows))


def target_of(issue: Issue, target_id: int) -> Target:
    """A target of the ticket that still holds. Raises NotFound."""
    target = db.session.get(Target, target_id)
    if target is None or target.issue_id != issue.id or target.ended_at is not None:
        raise NotFound
    return target


def one(issue: Issue, reading_id: int) -> Reading:
    """Raises NotFound."""
    row = db.session.get(Reading, reading_id)
    if row is None or row.issue_id != issue.id:
        raise NotFound
    return row


def series_of(rows: Iterable[Reading], targets: Sequence[Target] = ()) -> list[Series]:
    """Those that stand."""
    valid = [row for row in rows if row.withdrawn_at is None]
    found = []
    for (pollutant, unit, point), group in groupby(
        valid, key=lambda row: (row.pollutant, row.unit_of_value, row.point)
    ):
        held = list(group)
        name = f"{pollutant}（{unit}）{f' {point}' if point else ''}"
        judges = [target for target in targets if any(belongs(row, target) for row in held)]
        lines = [line_of(row, judges) for row in held]
        dots = [
            Dot(line.row.sampled_on, line.row.value, line.is_within, line.row.confirmed_at is None)
            for line in lines
        ]
        found.append(Series(name, lines, chart_of(dots, _limits(held[-1], judges))))
    return found


def lines_of(issue: Issue) -> list[Line]:
    """Those that stand, in the order of the days."""
    rows = [row for row in every_reading_of(issue) if row.withdrawn_at is None]
    targets = live_targets(issue)
    by_day = sorted(rows, key=lambda row: (row.sampled_on, row.id))
    return [line_of(row, targets) for row in by_day]


def waivers_of(issue: Issue) -> list[Waiver]:
    """Every time the head decided that it goes on, of all rounds."""
    rows = select(Waiver).where(Waiver.issue_id == issue.id).options(joinedload(Waiver.by))
    return list(db.session.scalars(rows.order_by(Waiver.id)))


def line_of(row: Reading, targets: Iterable[Target]) -> Line:
    judges = [target for target in targets if belongs(row, target)]
    if not judges:
        return Line(row, limit_words(row), is_within(row))
    holds_all = all(holds(one.sense, one.value, row.value) for one in judges)
    return Line(row, "，".join(map(limit_of, judges)), holds_all)


def _limits(last: Reading, targets: Sequence[Target]) -> list[tuple[Decimal, str]]:
    if targets:
        return [(one.value, f"{one.sense.sign}{one.value:f}") for one in targets]
    own = ((last.high, "上限"), (last.low, "下限"))
    return [(limit, f"{word} {limit}") for limit, word in own if limit is not None]
