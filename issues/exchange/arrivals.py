"""An item of a sheet as the ticket that comes in with it."""

from datetime import date
from typing import Any

from auth.models import Unit
from issues import counters
from issues.exchange.reading.extra_columns import HANDLED, kept_of_measure, left_of
from issues.exchange.reading.items import ItemRead, MeasureRead
from issues.exchange.ticket_targets import aims_of, without_read
from issues.ground.present import present
from issues.models import Issue
from issues.tickets.fields import BY_NAME
from issues.vocabulary import Status, Truth
from issues.workflow.changes.importing import Arrival
from issues.workflow.changes.opening import stored


def arrival_of(item: ItemRead, units: dict[str, Unit], on: date, gone: Issue | None) -> Arrival:
    """A ticket yet to be assigned is numbered by the day it comes in."""
    is_draft = item.starts is Status.DRAFT
    assigned_on = None
    if not is_draft:
        assigned_on = present(item.assigned_on, f"the assignment in row {item.row}")
    year = (item.assigned_on or on).year
    number = gone.number if gone else item.number
    return Arrival(
        number=number or counters.next_issue_number(item.source, year),
        status=item.starts or item.status,
        assigned_on=assigned_on,
        values=_values(item),
        units={
            "primary_unit": units[item.primary_unit],
            "lead_unit": _unit(units, item.lead_unit),
            "acceptance_unit": _unit(units, item.acceptance_unit),
            "supervising_unit": _unit(units, item.supervising_unit),
        },
        responsible=[units[code] for code in item.responsible_units],
        supporting=[units[code] for code in item.supporting_units],
        measures=[_measure(measure, units) for measure in item.measures],
        aims=aims_of(item),
        claimed_on=item.claimed_on,
        closed_on=item.closed_on,
        is_interim=item.interim,
    )


def _unit(units: dict[str, Unit], code: str | None) -> Unit | None:
    return units[code] if code else None


def _values(item: ItemRead) -> dict[str, Any]:
    return {
        "source": item.source,
        "source_ref": item.source_ref,
        "case_number": item.case_number,
        "is_starred": item.starred,
        "title": item.title,
        "problem": item.problem,
        "region": item.region,
        "place": item.place,
        "lon": item.lon,
        "lat": item.lat,
        "types": [word.value for word in item.types],
        **{BY_NAME[name].column: stored(BY_NAME[name], said) for name, said in item.texts.items()},
        "deadline": item.deadline.on,
        "deadline_text": item.deadline.text,
        "deadline_kind": item.deadline.kind,
        "extra": without_read(left_of(item)),
        **_handled(item),
    }


def _handled(item: ItemRead) -> dict[str, Any]:
    """The fields of a complaint; what is no verdict stays empty."""
    if not (said := item.complaint):
        return {}
    values = {name: stored(BY_NAME[name], getattr(said, name)) for name in HANDLED}
    return values | {"verified": next((t for t in Truth if t.label == said.verified), None)}


def _measure(measure: MeasureRead, units: dict[str, Unit]) -> dict[str, Any]:
    deadline = measure.deadline
    return {
        "no": measure.no,
        "text": measure.text,
        "unit_id": units[measure.unit].id,
        "start": measure.start,
        "deadline": deadline.on if deadline else None,
        "deadline_text": deadline.text if deadline else "",
        "target": measure.target,
        "confirmed": measure.confirmed,
        "unit_of_target": measure.unit_of_target,
        "progress": measure.progress,
        "is_done": measure.done,
        "sense_of_target": measure.sense,
        "aims": measure.aims,
        "original": kept_of_measure(measure, [units[code].id for code in measure.other_units]),
    }
