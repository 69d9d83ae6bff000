"""What brings units to a ticket besides its own fields: measures, its county's tasks, its county.

Of many tickets at once, as a reform asks, in as many statements as of one.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from auth.models import Unit
from extensions import db
from issues.ground.batches import narrowed
from issues.models import CountyTask, Issue, Measure
from issues.vocabulary import TOWNSHIP, TaskState


class Standing(NamedTuple):
    """`measures`: of the current round, in order; `tasks`: without those taken back.

    `county` is the id of the unit of the ticket's region, if it has one.
    """

    measures: Sequence[Measure]
    tasks: Sequence[CountyTask]
    county: int | None

    def units_of_measures(self) -> list[int | None]:
        """The unit that answers, and the further ones an imported measure names."""
        return [
            unit_id
            for measure in self.measures
            for unit_id in (measure.unit_id, *measure.original.get("also", ()))
        ]

    def units_with_tasks(self) -> list[int | None]:
        """Each that was handed a task by its county, but those whose every task was taken back."""
        return [task.unit_id for task in self.tasks]


def standing_of(issue: Issue) -> Standing:
    """Three statements; nothing but the county of a ticket that is not kept yet."""
    return standing_of_all([issue])[issue.id]


def standing_of_all(issues: Sequence[Issue]) -> dict[int, Standing]:
    """By the tickets' ids. Three statements however many they are."""
    ids = list(filter(None, (issue.id for issue in issues)))  # a new one has none yet
    rounds = {issue.id: issue.round for issue in issues}
    measures: dict[int, list[Measure]] = defaultdict(list)
    for measure in db.session.scalars(_MEASURES(), {"ids": ids}) if ids else ():
        if measure.round == rounds[measure.issue_id]:
            measures[measure.issue_id].append(measure)
    tasks: dict[int, list[CountyTask]] = defaultdict(list)
    for task in db.session.scalars(_TASKS(), {"ids": ids}) if ids else ():
        tasks[task.issue_id].append(task)
    counties = _counties_of({issue.region for issue in issues})
    return {
        one.id: Standing(measures[one.id], tasks[one.id], counties.get(one.region))
        for one in issues
    }


_MEASURES = narrowed(
    select(Measure).where(Measure.dropped_at.is_(None)).order_by(Measure.issue_id, Measure.no),
    Measure.issue_id,
)
_TASKS = narrowed(
    select(CountyTask).where(CountyTask.state != TaskState.ENDED).order_by(CountyTask.id),
    CountyTask.issue_id,
)


def _counties_of(regions: set[str]) -> dict[str, int]:
    """The unit by its place: a county's own code is its region's; a region may have none.

    A township has its region's code too, and is told of a ticket by a task alone.
    """
    rows = db.session.execute(_UNITS_OF, {"regions": sorted(regions)})
    return {row.code: row.id for row in rows}


_UNITS_OF = select(Unit.code, Unit.id).where(
    Unit.code.in_(bindparam("regions", expanding=True)), Unit.kind != TOWNSHIP
)
