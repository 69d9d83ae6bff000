"""What a person, or a unit's group, has chosen of when to be told. Never commits."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from auth.actor import Actor
from extensions import db
from issues.ground.refusals import Incomplete, NotFound
from issues.messages.addresses import leads
from issues.messages.choosing import STANDARD, Quiet, timing_of
from issues.models import MessageChoice
from issues.vocabulary import OWN_MATTERS, MessageEvent, Timing

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
WRONG_HOUR = "请填写 00:00 至 23:59 之间的时刻，如 21:00"


class Chosen(NamedTuple):
    """By event, in the order of the events, and the hours of quiet."""

    timings: Mapping[MessageEvent, Timing]
    quiet: Quiet


def events(*, for_unit: bool) -> list[MessageEvent]:
    """A group is told of no matter of one account."""
    return [event for event in MessageEvent if not (for_unit and event in OWN_MATTERS)]


def chosen(actor: Actor, *, for_unit: bool = False) -> Chosen:
    row = db.session.scalar(select(MessageChoice).where(_whose(actor, for_unit=for_unit)))
    told = STANDARD if row is None else row.timings
    quiet = Quiet() if row is None else Quiet(row.quiet_from, row.quiet_until)
    return Chosen({one: timing_of(one, told) for one in events(for_unit=for_unit)}, quiet)


def choose(
    actor: Actor, timings: Mapping[MessageEvent, Timing], quiet: Quiet, *, for_unit: bool
) -> None:
    """Raises NotFound where the unit's is not theirs to choose, Incomplete."""
    if for_unit and not leads(actor):
        raise NotFound
    names = ("quiet_from", "quiet_until")
    wrong = [name for name, hour in zip(names, quiet, strict=True) if not HOUR.fullmatch(hour)]
    if wrong:
        raise Incomplete({name: [WRONG_HOUR] for name in wrong})
    found = select(MessageChoice).where(_whose(actor, for_unit=for_unit)).with_for_update()
    row = db.session.scalar(found)
    if row is None:
        row = MessageChoice(
            user_id=None if for_unit else actor.id, unit_id=actor.unit_id if for_unit else None
        )
        db.session.add(row)
    row.timings = {event.value: timing.value for event, timing in timings.items()}
    row.quiet_from, row.quiet_until = quiet
    db.session.flush()


def _whose(actor: Actor, *, for_unit: bool) -> ColumnElement[bool]:
    if for_unit:
        return MessageChoice.unit_id == actor.unit_id
    return MessageChoice.user_id == actor.id
