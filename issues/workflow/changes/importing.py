"""A ticket that comes in from a ledger, wherever in its life it already stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground import clock
from issues.models import Claim, Issue, Measure, Target
from issues.rules.dates.days import NEVER
from issues.rules.targets.canonical import Aim
from issues.vocabulary import STRUCK_OFF, Action, Status
from issues.workflow.parties import set_units, stand_for_values
from issues.workflow.perform import Rules, take_over


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a ledger says of one ticket. `assigned_on` is None for one yet to be assigned.

    `values` are plain columns, `units` those the ticket points to by column, `measures` the
    columns of each row with its `aims`; `aims` are the ticket's own. `noted` goes into the history.
    """

    number: str
    status: Status
    assigned_on: date | None
    values: dict[str, Any]
    units: dict[str, Unit | None]
    responsible: Sequence[Unit] = ()
    supporting: Sequence[Unit] = ()
    measures: Sequence[dict[str, Any]] = ()
    aims: Sequence[Aim] = ()
    claimed_on: date | None = None
    closed_on: date | None = None
    is_interim: bool = False
    noted: dict[str, Any] = field(default_factory=dict)


def bring_in(arrival: Arrival, actor: Actor, at: datetime, rules: Rules) -> Issue:
    """One ticket with its measures, units, colour and first history row. Never commits.

    But for a draft the plan counts as approved on the day of import, and reports fall due from the
    month after, so that none is missed before (docs/rules.md, Y4).
    """
    issue = _ticket(arrival, actor, at)
    db.session.add(issue)
    db.session.flush()
    _add_measures(issue, arrival)
    set_units(issue, responsible=arrival.responsible, supporting=arrival.supporting)
    if arrival.claimed_on is not None:
        claim = Claim(issue_id=issue.id, round=1, claimed_on=arrival.claimed_on, text="随台账导入")
        db.session.add(claim)
    if any(row["is_done"] or row.get("confirmed") for row in arrival.measures):
        stand_for_values(issue, actor)
    db.session.flush()
    take_over(issue, actor, arrival.status, at=at, rules=rules, noted=arrival.noted)
    return issue


def _ticket(arrival: Arrival, actor: Actor, at: datetime) -> Issue:
    on = clock.day_of(at)
    is_draft = arrival.status is Status.DRAFT
    return Issue(
        **arrival.values,
        **{f"{name}_id": unit.id if unit else None for name, unit in arrival.units.items()},
        number=arrival.number,
        status=arrival.status,
        assigned_on=arrival.assigned_on,
        first_assigned_on=arrival.assigned_on,
        first_deadline=None if is_draft else arrival.values.get("deadline"),
        claimed_on=arrival.claimed_on,
        closed_on=arrival.closed_on if arrival.status in STRUCK_OFF else None,
        interim_on=on if arrival.is_interim else None,
        imported_on=on,
        reporting_from=None if is_draft else on,
        yellow_from=NEVER,
        red_from=NEVER,
        policy=0,
        created_at=at,
        created_by_id=actor.id,
    )


def _add_measures(issue: Issue, arrival: Arrival) -> None:
    """Values in a ledger are confirmed ones. When a measure was done no sheet says."""
    aims: list[tuple[Measure | None, Aim]] = [(None, aim) for aim in arrival.aims]
    for row in arrival.measures:
        columns = {name: value for name, value in row.items() if name != "aims"}
        measure = Measure(
            issue_id=issue.id,
            round=1,
            reported=row.get("confirmed"),
            is_reported_done=row["is_done"],
            **columns,
        )
        db.session.add(measure)
        aims += [(measure, aim) for aim in row.get("aims", ())]
    db.session.flush()
    for of, aim in aims:
        db.session.add(_target(issue, of, aim))
    db.session.flush()


def _target(issue: Issue, measure: Measure | None, aim: Aim) -> Target:
    return Target(
        issue_id=issue.id, measure_id=measure.id if measure else None, name=aim.name,
        sense=aim.sense, value=aim.value, unit_of_value=aim.unit, nature=aim.nature,
        start=aim.start, due=aim.due, source_unit=aim.source, is_required=aim.is_required,
        basis=Action.IMPORT.label, quote=aim.quote, entered_at=issue.created_at,
        entered_by_id=issue.created_by_id, ended_why="",
    )  # fmt: skip
