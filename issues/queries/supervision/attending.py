"""Who may have been at a round: the city's people, and those of the units it heard of."""

from typing import NamedTuple

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from auth.models import Grant, User
from extensions import db
from issues.models import AssessmentRound, Event
from issues.vocabulary import Role, Subject

OURS = (Role.LEADER, Role.HEAD, Role.OFFICE, Role.INSPECTOR)
THEIRS = Role.UNIT_LEADER


class Person(NamedTuple):
    """`acted`: who opened, decided or closed, by the history of the round."""

    name: str
    said: str
    is_ours: bool
    acted: bool


def attending(row: AssessmentRound) -> list[Person]:
    """Those who acted first, then the city's, then the units'. Three statements."""
    acted = set(
        db.session.scalars(select(Event.actor_id).where(Event.is_about(Subject.ROUND, row.id)))
    )
    granted = exists().where(Grant.user_id == User.id, Grant.revoked_at.is_(None))
    ours, theirs = granted.where(Grant.role.in_(OURS)), granted.where(Grant.role == THEIRS)
    units = {item.issue.primary_unit_id for item in row.items} - {None}
    rows = (
        select(User, ours.label("is_ours"))
        .where(User.is_active, or_(ours, theirs & User.unit_id.in_(units), User.id.in_(acted)))
        .options(joinedload(User.unit))
        .order_by(User.id)
    )
    found = [
        Person(
            user.name,
            f"{user.unit.short_name if user.unit else ''}{user.display_name}",
            bool(is_ours),
            user.id in acted,
        )
        for user, is_ours in db.session.execute(rows).unique()
    ]
    return sorted(found, key=lambda one: (not one.acted, not one.is_ours))
