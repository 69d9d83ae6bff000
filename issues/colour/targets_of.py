"""The targets of tickets with their confirmed readings, as the rules and the pages look at them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from extensions import db
from issues.ground.batches import Rows, among
from issues.models import Issue, Measure, Reading, Target
from issues.rules.facts import TargetFacts
from issues.rules.targets import Held, Measured
from issues.rules.targets.units import UNITLESS


def is_of(reading: Any, target: Any) -> ColumnElement[bool]:
    """That a reading is held against a target: it names it, or the same item in the same unit.

    One of a ticket that has two targets of an item (pH from 6 to 9) is held against both.
    """
    unitless = and_(reading.unit_of_value.in_(UNITLESS), target.unit_of_value.in_(UNITLESS))
    same_unit = or_(reading.unit_of_value == target.unit_of_value, unitless)
    named = and_(reading.pollutant == target.name, same_unit)
    return and_(reading.issue_id == target.issue_id, or_(reading.target_id == target.id, named))


def told_by(until: datetime | None = None) -> Rows:
    """A row for each reading of a target, one without for a target that has none.

    What stands now, or what stood at a moment: targets set and not yet ended, readings confirmed,
    not yet withdrawn, and in whose place no confirmed one stood.
    """
    later = aliased(Reading)
    corrected = exists().where(later.corrects_id == Reading.id, *_stands(later, until))
    targets: ColumnElement[bool] = Target.ended_at.is_(None)
    if until is not None:
        targets = and_(Target.entered_at < until, or_(targets, Target.ended_at >= until))
    return (
        select(
            Target.issue_id, Target.id, Target.name, Target.sense, Target.value,
            Target.unit_of_value, Target.nature, Target.start, Target.due, Target.measure_id,
            Measure.no, Measure.round, Measure.deadline, Measure.confirmed,
            Reading.id.label("reading"), Reading.sampled_on, Reading.value.label("read"),
        )
        .outerjoin(Measure, Measure.id == Target.measure_id)
        .outerjoin(Reading, and_(is_of(Reading, Target), *_stands(Reading, until), ~corrected))
        .where(targets, or_(Target.measure_id.is_(None), Measure.dropped_at.is_(None)))
        .order_by(Target.issue_id, Target.id, Reading.sampled_on, Reading.id)
    )  # fmt: skip


def _stands(reading: Any, until: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """That it is confirmed and not withdrawn."""
    if until is None:
        return reading.confirmed_at.is_not(None), reading.withdrawn_at.is_(None)
    withdrawn = or_(reading.withdrawn_at.is_(None), reading.withdrawn_at >= until)
    return reading.confirmed_at < until, withdrawn


TARGETS = told_by()


def targets_of(issue: Issue) -> tuple[TargetFacts, ...]:
    """Those that stand of the ticket and of the measures of its current round."""
    return targets_of_all([issue])[issue.id]


def targets_of_all(issues: Sequence[Issue]) -> dict[int, tuple[TargetFacts, ...]]:
    """The same of many tickets, by the id of each, in one statement."""
    db.session.flush()
    rows = db.session.execute(TARGETS.where(among(Target.issue_id, [one.id for one in issues])))
    held = {number: list(group) for number, group in groupby(rows, key=attrgetter("issue_id"))}
    return {one.id: as_facts(held.get(one.id, ()), one.round, one.deadline) for one in issues}


def as_facts(rows: Iterable[Any], of_round: int, deadline: date | None) -> tuple[TargetFacts, ...]:
    """The rows of one ticket as the rules look at them."""
    held = [list(group) for _, group in groupby(rows, key=attrgetter("id"))]
    return tuple(_facts(group, deadline) for group in held if group[0].round in {None, of_round})


def _facts(rows: Sequence[Any], deadline: date | None) -> TargetFacts:
    told = rows[0]
    held = Held(
        sense=told.sense, value=told.value, nature=told.nature, start=told.start,
        due=told.due or told.deadline or deadline, confirmed=told.confirmed,
    )  # fmt: skip
    readings = tuple(
        Measured(row.sampled_on, row.read, row.reading) for row in rows if row.reading is not None
    )
    return TargetFacts(told.id, told.name, told.unit_of_value, held, readings, told.no)
