"""Who changed a ticket since it came in, and whose report waits: what a comparison tells beside."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.colour.past import ARRIVALS
from issues.ground.batches import among
from issues.models import Event, Measure, ProgressReport
from issues.vocabulary import Action, BesideAct, Subject


class Change(NamedTuple):
    """The act that changed a field last: who did it, of which unit, on which day."""

    actor: str
    unit: str
    on: date
    action: str


def unit_codes() -> dict[int, str]:
    return {row.id: row.code for row in db.session.execute(select(Unit.id, Unit.code))}


def changed_since(ids: Collection[int]) -> dict[tuple[int, str], Change]:
    """By ticket and field, the last act that changed it; by ticket and "" the last of any."""
    columns = (Event.subject_id, Event.actor, Event.unit, Event.on, Event.action, Event.detail)
    rows = select(*columns).where(
        Event.subject == Subject.TICKET.value,
        among(Event.subject_id, ids),
        Event.action.not_in((*ARRIVALS, BesideAct.TAKE_BACK.value)),
        Event.is_covert.is_(False),
    )
    found: dict[tuple[int, str], Change] = {}
    for row in db.session.execute(rows.order_by(Event.subject_id, Event.seq)):
        change = Change(row.actor, row.unit, row.on, row.action)
        found[row.subject_id, ""] = change
        for name in _named(row.action, row.detail):
            found[row.subject_id, name] = change
    return found


def _named(action: str, detail: Mapping[str, Any]) -> Iterable[str]:
    """The fields an act names, by the history's own words for them."""
    if action in {Action.CONFIRM_PROGRESS.value, Action.REPORT_PROGRESS.value}:
        return ("reported",)
    if action == Action.GRANT_EXTENSION.value:
        return ("deadline_text",)
    return (*detail, *detail.get("before", {}), *detail.get("fields", {}))


Told = tuple[Decimal | None, bool]
"""A measure's confirmed value, and whether it is done."""


def told_by_units(ids: Iterable[int]) -> dict[int, dict[int, Told]]:
    """By ticket whose units' reports wait, what a confirmation of all would make of each measure.

    They are confirmed together, the earlier first.
    """
    pending = select(ProgressReport).where(
        among(ProgressReport.issue_id, ids), ProgressReport.state == "pending"
    )
    waiting = db.session.scalars(pending.order_by(ProgressReport.issue_id, ProgressReport.id)).all()
    tickets = {report.issue_id for report in waiting}
    measures = select(Measure).where(among(Measure.issue_id, tickets), Measure.dropped_at.is_(None))
    told = {one.id: one.confirmed for one in db.session.scalars(measures)} if tickets else {}
    found: dict[int, dict[int, Told]] = {}
    for report in waiting:
        for line in report.lines:
            if line["measure"] in told:
                if line["reported"] is not None:
                    told[line["measure"]] = Decimal(line["reported"])
                now = (told[line["measure"]], line["done"])
                found.setdefault(report.issue_id, {})[line["measure"]] = now
    return found
