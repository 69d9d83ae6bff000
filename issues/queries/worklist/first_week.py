"""How far a city has moved in: each step of its first week told by the rows that it leaves."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, exists, func, select

from auth.actor import Actor
from auth.models import Grant, Unit, User
from extensions import db
from issues.city.items import words_are_said
from issues.models import AssessmentRound, Issue, Notice, Preference, Region
from issues.vocabulary import COUNTY, NoticeStatus, RegionKind, Role, Status

HIDDEN = "first_week"
"""Under this key a person keeps that they do not want to be reminded."""
NEEDED = (Role.OFFICE, Role.HEAD, Role.INSPECTOR, Role.REPORTER, Role.UNIT_LEADER)
"""Without one of each nothing comes to its end."""


class Facts(NamedTuple):
    """What there is, in the order it is made."""

    city: bool
    regions: bool
    units: bool
    people: bool
    tickets: bool
    notice: bool
    round: bool


def first_week(actor: Actor) -> tuple[Facts, bool]:
    """The facts, and whether the person has put the list away. Three statements."""
    hidden = exists().where(
        Preference.user_id == actor.id,
        Preference.key == HIDDEN,
        cast(Preference.value, Text) == "true",
    )
    row = db.session.execute(select(*_facts(), hidden)).one()
    return Facts(words_are_said(), *(bool(value) for value in row[:-1])), bool(row[-1])


def _facts() -> tuple[ColumnElement[Any], ...]:
    roles = (
        select(func.count(Grant.role.distinct()) == len(NEEDED))
        .join(User, User.id == Grant.user_id)
        .where(User.is_active, Grant.revoked_at.is_(None), Grant.role.in_(NEEDED))
    )
    return (
        exists().where(Region.kind == RegionKind.COUNTY, Region.ended_at.is_(None)),
        exists().where(Unit.kind != COUNTY),
        roles.scalar_subquery(),
        exists().where(Issue.status != Status.TAKEN_BACK),
        exists().where(Notice.status == NoticeStatus.SIGNED),
        exists().where(AssessmentRound.closed_on.is_not(None)),
    )
