"""A lead comes in: checked, timed, and once only for each number its origin gave it.

Never commits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.act_fields.bound import beyond_today
from issues.act_fields.details import read_details
from issues.colour.policies import policy_on, workdays
from issues.evidence.intake.attaching import known_of
from issues.evidence.rows import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.leads import urgent
from issues.leads.fields import FORM, READING
from issues.likeness import lead_keys
from issues.models import Lead, LeadPicture
from issues.rights.table import Right, holds
from issues.rules.policy import Policy
from issues.vocabulary import LeadAct, LeadOrigin, LeadState, Subject

MOST_PICTURES = 20
WHOLE = 100
FARTHEST_EAST, FARTHEST_NORTH = 180, 90


@dataclass(frozen=True, slots=True)
class Taken:
    """`is_new` is false where the first of the same number answers."""

    lead: Lead
    is_new: bool


def take(actor: Actor, raw: Mapping[str, Any], proven: Sequence[Proven], at: datetime) -> Taken:
    """Raises NotAllowed; Incomplete, for the number of somebody else's lead too.

    Numbers can be tried: who sees no leads is told nothing of one by its number.
    """
    if not holds(actor, Right.REPORT_LEAD):
        raise NotAllowed("您没有报送线索的权限。")
    given = checked(raw, at)
    if len(proven) > MOST_PICTURES:
        raise Incomplete({"pictures": [f"一条线索最多{MOST_PICTURES}个文件。"]})
    taken = keep(actor, given, proven, at)
    if taken.lead.reporter_id != actor.id and not holds(actor, Right.SEE_LEADS):
        raise Incomplete({"origin_ref": ["这个来源的这一编号已经报送过，不重复收。"]})
    return taken


def keep(actor: Actor, given: Mapping[str, Any], proven: Sequence[Proven], at: datetime) -> Taken:
    """What was checked. Of two at once the database takes one; the other waits for it."""
    known = first_of(given["origin"], given["origin_ref"])
    if known is not None:
        return Taken(known, is_new=False)
    lead = _lead(actor, given, at)
    try:
        with db.session.begin_nested():
            db.session.add(lead)
            db.session.flush()
    except IntegrityError:
        known = first_of(given["origin"], given["origin_ref"])
        if known is None:
            raise
        return Taken(known, is_new=False)
    lead_keys.keep(lead.id, lead.text)
    _add_pictures(lead, proven, actor, at)
    detail = {"origin": lead.origin.value, "origin_ref": lead.origin_ref,
              "pictures": [one.sha256 for one in lead.pictures]}  # fmt: skip
    audit.record(
        Subject.LEAD, lead.id, LeadAct.TAKE, actor, at=at, after=lead.state.value, detail=detail
    )
    if lead.is_urgent:
        urgent.tell(lead, actor)
    return Taken(lead, is_new=True)


def first_of(origin: str, ref: str | None) -> Lead | None:
    """The lead that came in under this number before; none where it has none."""
    if not ref:
        return None
    same = Lead.origin == LeadOrigin(origin), Lead.origin_ref == ref
    return db.session.scalars(select(Lead).where(*same)).first()


def flattened(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A program's lead with its reading as the form has it."""
    flat = {name: value for name, value in raw.items() if name != "reading"}
    return flat | {one.name: (raw.get("reading") or {}).get(one.name) for one in READING}


def checked(raw: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Raises Incomplete, every fault at its field."""
    given = read_details(FORM, raw, None)
    errors = beyond_today(FORM, given, clock.day_of(at + timedelta(minutes=5)))
    if (given["lon"] is None) != (given["lat"] is None):
        errors["lon"] = ["经度和纬度要一起填。"]
    elif abs(given["lon"] or 0) > FARTHEST_EAST or abs(given["lat"] or 0) > FARTHEST_NORTH:
        errors["lon"] = ["经度应在±180度之间，纬度应在±90度之间。"]
    errors |= _faults_of_reading(given)
    if errors:
        raise Incomplete(errors)
    return given


def _faults_of_reading(given: Mapping[str, Any]) -> dict[str, list[str]]:
    if given["value"] is None:
        named = [name for name in ("pollutant", "unit", "limit") if given[name] is not None]
        return {"value": ["请填写监测值。"]} if named else {}
    errors = {} if given["pollutant"] else {"pollutant": ["请填写监测项目。"]}
    if given["limit"] is not None and given["limit"] <= 0:
        errors["limit"] = ["限值应大于0。"]
    return errors


def is_far_over(value: Decimal | None, limit: Decimal | None, policy: Policy) -> bool:
    """Whether a reading is so far over its limit that it is looked at within hours. Exact."""
    if value is None or limit is None or limit <= 0:
        return False
    return value * WHOLE >= limit * policy.lead_far_over


def due_of(received_at: datetime, *, is_urgent: bool, policy: Policy) -> datetime:
    """Until when somebody is to have decided: hours, or the end of a working day."""
    if is_urgent:
        return received_at + timedelta(hours=policy.lead_hours)
    last = workdays().add(clock.day_of(received_at), policy.lead_workdays)
    end = datetime.combine(last + timedelta(days=1), time(), clock.SHANGHAI)
    return end.astimezone(UTC)


def _lead(actor: Actor, given: Mapping[str, Any], at: datetime) -> Lead:
    _, policy = policy_on(clock.day_of(at))
    is_urgent = is_far_over(given["value"], given["limit"], policy)
    words = {name: given[name] or "" for name in ("region", "place", "subject_firm", "pollutant")}
    point = {name: None if given[name] is None else float(given[name]) for name in ("lon", "lat")}
    return Lead(
        origin=LeadOrigin(given["origin"]),
        origin_ref=given["origin_ref"] or None,
        at=given["at"],
        received_at=at,
        reporter_id=actor.id,
        text=given["text"],
        value=given["value"],
        measured_in=given["unit"] or "",
        limit_value=given["limit"],
        is_urgent=is_urgent,
        due_at=due_of(at, is_urgent=is_urgent, policy=policy),
        state=LeadState.NEW,
        **words,
        **point,
    )


def _add_pictures(lead: Lead, proven: Sequence[Proven], actor: Actor, at: datetime) -> None:
    """The same bytes twice are one; a lead without a place has that of its first picture."""
    for one in {one.sha256: one for one in proven}.values():
        lead.pictures.append(LeadPicture(**known_of(one, actor, at)))
    placed = next((one for one in lead.pictures if one.lon is not None), None)
    if lead.lon is None and placed is not None and placed.lat is not None:
        lead.lon, lead.lat = placed.lon, placed.lat
    db.session.flush()
