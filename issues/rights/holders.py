"""The table of permissions read the third way: who holds a power over a ticket, or at all."""

from collections.abc import Iterable

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
    return or_(
        false(),
        *(
            and_(Grant.role == role, _reached(scope, issue))
            for role, scope in TABLE[power].items()
            if scope
        ),
    )


def have_any(powers: Iterable[Power]) -> ColumnElement[bool]:
    """The condition on a live Grant that its role has one of these over anything at all."""
    roles = {role for power in powers for role, scope in TABLE[power].items() if scope}
    return Grant.role.in_(sorted(roles, key=list(Role).index))


def _reached(scope: Scope, issue: Issue) -> ColumnElement[bool]:
    is_draft = issue.status == Status.DRAFT
    if scope.everything:
        return true() if scope.drafts or not is_draft else false()
    if scope.own_drafts:
        return User.id == issue.created_by_id if is_draft else false()
    if is_draft:
        return false()
    related = {one.unit_id for one in issue.reaches if one.relation in scope.relations}
    return User.unit_id.in_(sorted(related))
