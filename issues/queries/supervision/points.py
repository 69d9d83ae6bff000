"""A year's programme of work, point by point: who leads, what is delivered, which targets hold.

A point is a ticket of the source GZ. The place it stands at in the programme is told by its own
reference (“2025年工作要点第8项”), its chapter by the column a ledger brought with it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue, Measure, Reading
from issues.queries.evidence.reading_chart import Chart, Dot, chart_of
from issues.queries.ground.colouring import Colouring, colouring_of
from issues.queries.ticket.targets import TargetLine, plans_of, targets_on_all
from issues.rights.table import reach
from issues.rules import progress
from issues.rules.targets import holds
from issues.vocabulary import Nature, PointState, Relation, Source, Status, TargetState

CHAPTER = "篇章"
_PLACE = re.compile(r"第\s*(\d{1,4})\s*项")
_LAST = 10_000


@dataclass(frozen=True, slots=True)
class PointTarget:
    """`owed`: the share of a count that is due on the day, None where no line is drawn."""

    line: TargetLine
    state: PointState
    owed: Fraction | None
    last: Reading | None
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Point:
    """`lead` leads, `units` answer beside it; `late` are sentences of what is past its day."""

    place: int | None
    issue: Issue
    chapter: str
    lead: Unit | None
    units: Sequence[Unit]
    colouring: Colouring
    deliverables: Sequence[Measure]
    targets: Sequence[PointTarget]
    late: Sequence[str]

    @property
    def states(self) -> set[PointState]:
        return {target.state for target in self.targets}


def years(person: Actor) -> list[int]:
    """The years there is a programme of, the latest first."""
    days = select(Issue.first_assigned_on, Issue.deadline).where(_IS_POINT, reach(person))
    found = {assigned or due for assigned, due in db.session.execute(days.distinct())}
    return sorted({day.year for day in found if day}, reverse=True)


def points(person: Actor, year: int, today: date) -> list[Point]:
    """Every point of the year that this person sees, in the order of the programme."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    of_year: ColumnElement[bool] = or_(
        Issue.first_assigned_on.between(first, last),
        and_(Issue.first_assigned_on.is_(None), Issue.deadline.between(first, last)),
    )
    asked = (
        select(Issue)
        .where(_IS_POINT, of_year, reach(person))
        .options(
            selectinload(Issue.reaches),
            joinedload(Issue.lead_unit),
            joinedload(Issue.primary_unit),
        )
    )
    issues = sorted(db.session.scalars(asked), key=_in_order)
    targets = targets_on_all(issues, today)
    measures = plans_of(issues)
    return [_point(one, targets[one.id], measures[one.id], today) for one in issues]


_IS_POINT = and_(Issue.source == Source.GZ, Issue.status.not_in([Status.MERGED, Status.WITHDRAWN]))


def place_of(source_ref: str | None) -> int | None:
    found = _PLACE.search(source_ref or "")
    return int(found[1]) if found else None


def counted(found: Iterable[Point]) -> Counter[PointState]:
    """How many targets of these points stand how."""
    return Counter(target.state for point in found for target in point.targets)


def _in_order(issue: Issue) -> tuple[int, str]:
    return place_of(issue.source_ref) or _LAST, issue.number


def _point(
    issue: Issue, lines: Sequence[TargetLine], measures: Sequence[Measure], today: date
) -> Point:
    lead = issue.lead_unit or issue.primary_unit
    beside = issue.units(Relation.PRIMARY, Relation.RESPONSIBLE, Relation.SUPPORTING)
    return Point(
        place=place_of(issue.source_ref),
        issue=issue,
        chapter=str(issue.extra.get(CHAPTER, "")),
        lead=lead,
        units=[unit for unit in dict.fromkeys(beside) if unit is not lead],
        colouring=colouring_of(issue, today),
        deliverables=[one for one in measures if one.target is None],
        targets=[_target(line, issue, today) for line in lines],
        late=[said for one in measures if (said := _late(one, today))],
    )


def _target(line: TargetLine, issue: Issue, today: date) -> PointTarget:
    owed = _owed(line, issue, today)
    state = PointState(line.judged.state.value)
    if line.judged.state is TargetState.NOT_MET and owed is not None:
        done = Fraction(line.judged.value or 0) / Fraction(line.held.value)
        state = PointState.ON_LINE if done >= owed else state
    last = line.readings[-1] if line.readings else None
    return PointTarget(line, state, owed, last, _chart(line))


def _owed(line: TargetLine, issue: Issue, today: date) -> Fraction | None:
    start = line.held.start or issue.assigned_on
    is_line = line.held.nature is Nature.COUNT and line.held.value > 0
    if not is_line or start is None or line.held.due is None:
        return None
    return progress.planned(start, line.held.due, today)


def _chart(line: TargetLine) -> Chart | None:
    dots = [
        Dot(
            one.sampled_on, one.value,
            is_within=holds(line.held.sense, line.held.value, one.value),
            waits=one.confirmed_at is None,
        )
        for one in line.readings
    ]  # fmt: skip
    limit = line.held.value, f"{line.held.sense.sign}{line.held.value:f}"
    return chart_of(dots, [limit]) if dots else None


def _late(measure: Measure, today: date) -> str:
    if measure.is_done or measure.deadline is None or measure.deadline >= today:
        return ""
    return f"措施{measure.no}逾期{(today - measure.deadline).days}天：{measure.text}"
