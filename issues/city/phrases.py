"""Phrases a leader instructs with: the city's usual ones, until the leader keeps their own.

A person's own stand among what they keep for themselves. Nothing here commits.
"""

from typing import Any, NamedTuple

from auth.actor import Actor
from extensions import db
from issues import personal
from issues.city.words import PHRASES, REPLY_WORKDAYS, phrases_and_days
from issues.ground.refusals import Incomplete
from issues.models import Preference

MOST, LONGEST, MOST_DAYS = 12, 60, 60


class Phrases(NamedTuple):
    """`workdays`: how many working days an answer is given. `is_own`: kept by the person."""

    texts: list[str]
    workdays: int
    is_own: bool


def of(actor: Actor) -> Phrases:
    """One statement, and one more for who keeps none."""
    own = personal.chosen(actor, personal.PHRASES, None)
    if own is not None:
        return Phrases(list(own[PHRASES]), own[REPLY_WORKDAYS], is_own=True)
    return Phrases(*phrases_and_days(), is_own=False)


def keep(actor: Actor, text: str, workdays: int | None) -> None:
    """One phrase a line. Raises Incomplete."""
    said = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    errors: dict[str, list[str]] = {}
    if not said:
        errors["phrases"] = ["请至少写一句常用语，或者改用本市的常用语"]
    elif len(said) > MOST:
        errors["phrases"] = [f"常用语最多{MOST}句"]
    elif long := [one for one in said if len(one) > LONGEST]:
        errors["phrases"] = [f"每句最多{LONGEST}字，这句太长：{long[0][:LONGEST]}……"]
    if workdays is None or not 1 <= workdays <= MOST_DAYS:
        errors["workdays"] = [f"答复期限应是1至{MOST_DAYS}个工作日"]
    if errors:
        raise Incomplete(errors)
    kept: dict[str, Any] = {PHRASES: said, REPLY_WORKDAYS: workdays}
    personal.choose(actor, personal.PHRASES, kept)


def give_up(actor: Actor) -> None:
    """Back to the city's."""
    row = db.session.get(Preference, (actor.id, personal.PHRASES))
    if row is not None:
        db.session.delete(row)
