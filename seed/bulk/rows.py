"""The rows of one ticket of a volume, table by table, as a bulk insert takes them."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from auth.models import Unit, User
from config import EXAMPLE_DAY
from extensions import db
from issues.colour.policies import policy_on, workdays
from issues.ground import clock
from issues.rules.colour import NEVER, thresholds
from issues.rules.firings import Firing, first_days
from issues.vocabulary import EvidenceKind, Relation, Status
from seed.bulk.facts import PLANNED, Ticket

PHOTOS = (EvidenceKind.BEFORE, EvidenceKind.DURING, EvidenceKind.AFTER)


class City:
    """What the rows point to, read once."""

    def __init__(self) -> None:
        units = db.session.scalars(select(Unit)).all()
        self.units = {unit.code: unit.id for unit in units}
        self.names = {unit.code: (unit.name, unit.short_name) for unit in units}
        users = db.session.execute(
            select(
                User.name, User.id, User.display_name, Unit.name.label("unit"), User.unit_id
            ).join(Unit, Unit.id == User.unit_id)
        )
        self.people = {row.name: row for row in users}
        self.policy_number, self.policy = policy_on(EXAMPLE_DAY)
        self.calendar = workdays()


@lru_cache(4096)
def moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour, 20), clock.SHANGHAI)


def issue_rows(
    city: City, issue_id: int, each: Ticket, fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    yellow_from, red_from = thresholds(fired)
    planned = each.status in PLANNED
    in_publicity = each.status is Status.PUBLICITY
    yield each.values | {
        "id": issue_id,
        "number": each.number,
        "region": each.region,
        "primary_unit_id": city.units[each.primary],
        "lead_unit_id": city.units[each.lead],
        "acceptance_unit_id": city.units[each.acceptance],
        "first_deadline": each.values["deadline"],
        "first_assigned_on": each.assigned,
        "assigned_on": each.assigned,
        "status": each.status,
        "claimed_on": each.claimed,
        "publicity_from": EXAMPLE_DAY - timedelta(days=3) if in_publicity else None,
        "publicity_until": EXAMPLE_DAY + timedelta(days=11) if in_publicity else None,
        "closed_on": each.closed,
        "reporting_from": each.approved if planned else None,
        "last_report_on": each.last_report,
        "yellow_from": yellow_from,
        "red_from": red_from,
        "policy": city.policy_number,
        "firings": documents(fired),
        "created_at": moment(each.assigned - timedelta(days=1)),
        "created_by_id": city.people["sun"].id,
    }


def documents(fired: list[Firing]) -> list[dict[str, Any]]:
    return [firing.document() for firing in fired]


def measure_rows(
    city: City, issue_id: int, each: Ticket, _fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    for row in each.measures:
        plain = {name: value for name, value in row.items() if name != "unit"}
        yield plain | {
            "issue_id": issue_id,
            "round": 1,
            "unit_id": city.units[row["unit"]],
            "reported": row["confirmed"],
            "is_reported_done": row["is_done"],
        }


def claim_rows(
    _city: City, issue_id: int, each: Ticket, _fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    if each.claimed:
        yield {"issue_id": issue_id, "round": 1, "claimed_on": each.claimed, "text": "申请验收。"}


def unit_rows(
    city: City, issue_id: int, each: Ticket, _fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    pairs = [
        (each.primary, Relation.PRIMARY), (each.primary, Relation.RESPONSIBLE),
        (each.lead, Relation.LEAD), (each.acceptance, Relation.ACCEPTANCE),
        (each.primary, Relation.MEASURE), (each.lead, Relation.MEASURE),
        (each.region, Relation.TERRITORIAL),
    ]  # fmt: skip
    for position, (code, relation) in enumerate(pairs):
        yield {
            "issue_id": issue_id,
            "unit_id": city.units[code],
            "relation": relation,
            "position": position,
        }


def firing_rows(
    _city: City, issue_id: int, _each: Ticket, fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    for rule, since in first_days(fired).items():
        yield {"issue_id": issue_id, "rule": rule, "since": since}


def span_rows(
    city: City, issue_id: int, each: Ticket, fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    """From the assignment to the plan, to the end of the work, and from then on."""
    yellow_from, red_from = thresholds(fired)
    turns = [(each.assigned, Status.ASSIGNED)]
    if each.status in PLANNED:
        turns.append((each.approved, Status.RECTIFYING))
    if each.closed:
        turns.append((each.closed, each.status))
    ends = [day for day, _ in turns[1:]] + [NEVER]
    for (day, status), end in zip(turns, ends, strict=True):
        if day >= end:
            continue
        is_last = end == NEVER
        yield {
            "issue_id": issue_id,
            "valid_from": day,
            "valid_to": end,
            "yellow_from": yellow_from if is_last else NEVER,
            "red_from": red_from if is_last else NEVER,
            "card": "",
            "status": each.status if is_last else status,
            "unit_id": city.units[each.primary],
            "region": each.region,
            "source": each.values["source"],
            "policy": city.policy_number,
            "firings": documents(fired) if is_last else [],
        }


def evidence_rows(
    city: City, issue_id: int, each: Ticket, _fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    chen = city.people["chen"]
    for kind in PHOTOS if each.status in PLANNED else ():
        digest = hashlib.sha256(f"{each.number} {kind.value}".encode()).hexdigest()
        yield {
            "issue_id": issue_id,
            "kind": kind,
            "name": f"示例-{kind.label}.jpg",
            "size": 40_000,
            "media_type": "image/jpeg",
            "sha256": digest,
            "dhash": digest[:16],
            "uploaded_at": moment(each.approved + timedelta(days=1)),
            "uploaded_by_id": chen.id,
            "unit_id": chen.unit_id,
        }
