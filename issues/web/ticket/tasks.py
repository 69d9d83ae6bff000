"""What may be chosen in the forms of a county's tasks: a unit below it, a task that waits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from auth.actor import Actor
from issues.act_fields import Field
from issues.models import CountyTask, Issue
from issues.rules.dates.days import written
from issues.territory.centres import units_below
from issues.vocabulary import Action, Relation
from issues.workflow.changes.county import tasks

LENGTH = 40
Fields = tuple[Field, ...]


def _of_units(fields: Fields, issue: Issue, _person: Actor) -> Fields:
    below = [unit for centre in issue.units(Relation.CENTRE) for unit in units_below(centre)]
    return _with(fields, "unit", [(unit.code, unit.short_name) for unit in below])


def _of_mine(fields: Fields, issue: Issue, person: Actor) -> Fields:
    return _with(fields, "task", _named(tasks.owed(issue, tasks.waits_for(person))))


def _of_answered(fields: Fields, issue: Issue, _person: Actor) -> Fields:
    return _with(fields, "task", _named(tasks.owed(issue, tasks.IS_ANSWERED)))


def _named(rows: Sequence[CountyTask]) -> list[tuple[str, str]]:
    return [
        (str(row.id), f"{row.unit.short_name}，{written(row.due_on)}前：{row.text[:LENGTH]}")
        for row in rows
    ]


def _with(fields: Fields, name: str, choices: Sequence[tuple[str, str]]) -> Fields:
    return tuple(
        replace(one, type="choice", choices=tuple(choices)) if one.name == name else one
        for one in fields
    )


CHOSEN: Mapping[Action, Callable[[Fields, Issue, Actor], Fields]] = {
    Action.HAND_TASK: _of_units,
    Action.ANSWER_TASK: _of_mine,
    Action.CONFIRM_TASK: _of_answered,
    Action.RETURN_TASK: _of_answered,
}
