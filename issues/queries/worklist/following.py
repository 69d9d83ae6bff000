"""What waits for this person beside the ticket at hand, of the same kind of decision."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.queries.worklist.page import waiting
from issues.queries.worklist.sections import SECTIONS
from issues.rights.table import holds
from issues.vocabulary import Action


class Following(NamedTuple):
    """`total` waits beside the one at hand; `action` on `number` has waited longest.

    Nothing waits where `number` is "".
    """

    total: int
    number: str
    action: Action | None


NOTHING = Following(0, "", None)


def following(ways: Collection[Action], actor: Actor, today: date, *, beside: str) -> Following:
    """By the section of 我的工作 that asks for one of these acts, without the ticket `beside`.

    One statement.
    """
    section = next((one for one in SECTIONS if one.action in ways), None)
    if section is None or not holds(actor, section.action):
        return NOTHING
    found = waiting(section, actor, today).subquery()
    rows = db.session.execute(select(found).order_by(found.c.since, found.c.number)).all()
    numbers = [row.number for row in rows]
    number = next((one for one in numbers if one != beside), "")
    if not number:
        return NOTHING
    return Following(rows[0].total - (beside in numbers), number, section.action)
