"""The table of permissions read the third way: who holds a power over a ticket, or at all."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, false, or_, true

from auth.models import Grant, User
from issues.models import Issue
from issues.rights.table import TABLE, Scope
from issues.rights.words import Power, Right
from issues.vocabulary import NoticeKind, Role, Status

SIGNED_BY: dict[NoticeKind, Right] = {
    NoticeKind.N0: Right.SIGN_AS_OFFICE,
    NoticeKind.N1: Right.SIGN_AS_OFFICE,
    NoticeKind.N2: Right.SIGN_AS_HEAD,
    NoticeKind.N3: Right.SIGN_AS_HEAD,
    NoticeKind.N4: Right.SIGN_AS_LEADER,
    NoticeKind.N5: Right.SIGN_AS_HEAD,
    NoticeKind.N6: Right.SIGN_AS_LEADER,
    NoticeKind.N7: Right.SIGN_AS_LEADER,
    NoticeKind.N8: Right.SIGN_AS_OFFICE,
    NoticeKind.N9: Right.SIGN_AS_HEAD,
}


def may_be_theirs(power: Power, issue: Issue) -> ColumnElement[bool]:
    """The condition on a live Grant and its User; the same as may() of that person."""
    if (issue.status == Status.TAKEN_BACK) != (power is Right.SEE_TAKEN_BACK):
        return false()
    if issue.status == Status.DRAFT:
        return _of_draft(power, issue.created_by_id)
    return _of_standing(power, frozenset((one.relation, one.unit_id) for one in issue.reaches))


@lru_cache(maxsize=256)
def _of_draft(power: Power, by: int | None) -> ColumnElement[bool]:
    return _in_any(power, lambda scope: _draft_reached(scope, by))


@lru_cache(maxsize=1024)
def _of_standing(power: Power, related: frozenset[tuple[str, int]]) -> ColumnElement[bool]:
    """Put together once for all tickets that stand with the same units."""
    return _in_any(power, lambda scope: _reached(scope, related))


def _in_any(power: Power, reached: Callable[[Scope], ColumnElement[bool]]) -> ColumnElement[bool]:
    scopes = ((role, scope) for role, scope in TABLE[power].items() if scope)
    return or_(false(), *(and_(Grant.role == role, reached(scope)) for role, scope in scopes))


def have_any(powers: Iterable[Power]) -> ColumnElement[bool]:
    """The condition on a live Grant that its role has one of these over anything at all."""
    roles = {role for power in powers for role, scope in TABLE[power].items() if scope}
    return Grant.role.in_(sorted(roles, key=list(Role).index))


def _draft_reached(scope: Scope, by: int | None) -> ColumnElement[bool]:
    if scope.everything:
        return true() if scope.drafts else false()
    return User.id == by if scope.own_drafts else false()


def _reached(scope: Scope, related: frozenset[tuple[str, int]]) -> ColumnElement[bool]:
    if scope.everything:
        return true()
    if scope.own_drafts:
        return false()
    units = {unit_id for relation, unit_id in related if relation in scope.relations}
    return User.unit_id.in_(sorted(units))
