"""Something that is to be told: its event, its name, its place, and to whom. No contents."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Self

from sqlalchemy import ColumnElement, and_, false, or_

from auth.models import Grant, User
from issues.models import Issue
from issues.rights.holders import may_be_theirs
from issues.rights.words import Right
from issues.vocabulary import UNIT_ROLES, MessageEvent, Relation

WORKING = frozenset({Relation.PRIMARY, Relation.RESPONSIBLE, Relation.SUPPORTING, Relation.MEASURE})
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Happening:
    """`whom` is a condition on User and one live Grant, `units` whose group addresses are told.

    `occasion` is what it happened by, so that nobody is told of it twice. `for_systems`: webhooks
    may be told.
    """

    event: MessageEvent
    called: str
    path: str
    on: date
    occasion: str
    whom: ColumnElement[bool]
    units: frozenset[int] = frozenset()
    issue_id: int | None = None
    notice_id: int | None = None
    is_covert: bool = False
    for_systems: bool = True

    @classmethod
    def of_ticket(
        cls,
        issue: Issue,
        event: MessageEvent,
        on: date,
        occasion: str,
        whom: ColumnElement[bool],
        units: frozenset[int] = frozenset(),
    ) -> Self:
        """Only to those who see the ticket now."""
        seen = and_(may_be_theirs(Right.VIEW, issue), whom)
        return cls(
            event, issue.number, f"/issues/{issue.number}", on, f"{event}-{occasion}", seen,
            units, issue.id,
        )  # fmt: skip

    def covertly(self) -> Self:
        """Only to those who may know of it, and to no other system."""
        return replace(self, is_covert=True, for_systems=False, units=frozenset())


@lru_cache(maxsize=1024)
def people_of(units: frozenset[int]) -> ColumnElement[bool]:
    return and_(User.unit_id.in_(sorted(units)), Grant.role.in_(sorted(UNIT_ROLES)))


def one_person(*user_ids: int | None) -> ColumnElement[bool]:
    named = [user_id for user_id in user_ids if user_id is not None]
    return User.id.in_(named) if named else false()


def working_units(issue: Issue) -> frozenset[int]:
    """The units that do the work of a ticket."""
    return frozenset(one.unit_id for one in issue.reaches if one.relation in WORKING)


def also(*whom: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(false(), *whom)
