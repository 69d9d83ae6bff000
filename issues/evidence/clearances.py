"""Who may read who complained: a person, of one ticket, for thirty days at most, as the head says.

Whether a clearance holds is asked in the statement that looks, from how things stand then: it
lapses by itself when the account is disabled, loses a role, becomes an administrator's, or when its
unit comes to stand in a relation to the ticket. Each look is recorded with its reason.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from auth.models import Grant, Unit, User
from extensions import db
from issues import audit
from issues.evidence import complainants
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Clearance, Complainant, Issue, IssueUnit
from issues.rights.table import TABLE, Right, may
from issues.rules.dates.bounds import Bound
from issues.vocabulary import ADMINISTRATORS, BesideAct, Relation

LONGEST = timedelta(days=30)
LONGEST_REASON = 200
SEES_ALL = tuple(role for role, scope in TABLE[Right.VIEW].items() if scope.is_everywhere)
"""Who sees tickets without a relation to them. Whoever sees one by a relation is never cleared."""
OVERSEEING = (Relation.SUPERVISING, Relation.ACCEPTANCE)
"""As which the head's own body stands to most tickets: no hindrance for it, one for any other."""
Head = aliased(User)


class Given(NamedTuple):
    """One clearance of a ticket. `stands`: it holds today."""

    row: Clearance
    user: User
    by: str
    stands: bool

    @property
    def is_open(self) -> bool:
        """Whether there is anything to take back."""
        return self.row.revoked_at is None and self.row.until >= clock.today()

    @property
    def state(self) -> str:
        if self.row.revoked_at is not None:
            return "已收回"
        if self.row.until < clock.today():
            return "已到期"
        return "有效" if self.stands else "已失效（账号、角色或所属单位已变动）"


def is_cleared(issue: Issue, actor: Actor) -> bool:
    """Whether the person may read who complained of this ticket, now. No role may by itself."""
    mine = (Clearance.issue_id == issue.id, Clearance.user_id == actor.id)
    return actor.id is not None and bool(db.session.scalar(select(_live(*mine).exists())))


def has_any(actor: Actor) -> bool:
    """Whether any clearance of the person's holds, of whatever ticket."""
    return bool(db.session.scalar(select(_live(Clearance.user_id == actor.id).exists())))


def refuse_uncleared(issue: Issue, actor: Actor) -> None:
    if not is_cleared(issue, actor):
        raise NotAllowed("查看举报人信息须经市环委办负责人就本事项授权，授权到期或人员变动后失效。")


def clearable(issue: Issue, actor: Actor) -> list[tuple[str, str]]:
    """Whom the head may clear for the ticket, by name. One statement."""
    rows = db.session.execute(
        select(User.name, User.display_name, Unit.short_name)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(_fit(User, issue.id, actor.unit_id), User.id != actor.id)
        .order_by(User.display_name)
    )
    return [(name, f"{shown}（{unit}）" if unit else shown) for name, shown, unit in rows]


def clearances_of(issue: Issue) -> Sequence[Given]:
    """Every one of the ticket, the latest first. One statement."""
    live = _live(Clearance.issue_id == issue.id)
    rows = db.session.execute(
        select(Clearance, User, Head.display_name, Clearance.id.in_(live))
        .join(User, User.id == Clearance.user_id)
        .join(Head, Head.id == Clearance.granted_by_id)
        .where(Clearance.issue_id == issue.id)
        .order_by(Clearance.id.desc())
    )
    return [Given(*row) for row in rows]


def lasting(today: date) -> Bound:
    """Until when a clearance that is given today may last."""
    last, most = today + LONGEST, f"有效期最长{LONGEST.days}天"
    return Bound(today, last, "有效期不能早于今天", f"{most}，最迟到{last}", source=most)


def grant(
    issue: Issue, actor: Actor, user: User, reason: str, until: date, at: datetime
) -> Clearance:
    """The head's word, told in the history of the ticket it was given for. Never commits."""
    _refuse_unless_head(issue, actor)
    today = clock.day_of(at)
    errors: dict[str, list[str]] = {}
    if said := _unfit(issue, actor, user):
        errors["user"] = [said]
    if said := lasting(today).why_not(until):
        errors["until"] = [said]
    if errors:
        raise Incomplete(errors)
    row = Clearance(
        issue_id=issue.id, user_id=user.id, until=until, reason=reason,
        granted_by_id=actor.id, granted_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _tell(issue, BesideAct.GRANT_CLEARANCE, actor, at, reason, user, until=until.isoformat())
    return row


def revoke(issue: Issue, actor: Actor, user: User, reason: str, at: datetime) -> None:
    """End what the person was cleared for of this ticket, at once. Never commits."""
    _refuse_unless_head(issue, actor)
    rows = db.session.scalars(
        select(Clearance).where(
            Clearance.issue_id == issue.id,
            Clearance.user_id == user.id,
            Clearance.revoked_at.is_(None),
            Clearance.until >= clock.day_of(at),
        )
    ).all()
    if not rows:
        raise WrongStatus(f"{user.display_name}现在没有查看本事项举报人信息的授权。")
    for row in rows:
        row.revoked_at, row.revoked_by_id, row.revoke_reason = at, actor.id, reason
    _tell(issue, BesideAct.REVOKE_CLEARANCE, actor, at, reason, user)


def view(issue: Issue, actor: Actor, reason: str, at: datetime) -> dict[str, str]:
    """Who complained, with the look recorded. Never commits. Raises NotFound, NotAllowed."""
    refuse_uncleared(issue, actor)
    reason = stated(reason)
    row = db.session.get(Complainant, issue.id)
    if row is None:
        raise NotFound
    audit.record_beside(
        issue, BesideAct.VIEW_COMPLAINANT, actor, at=at, reason=reason, is_covert=True
    )
    return complainants.opened(row)


def stated(reason: str) -> str:
    """The reason of a look. Raises Incomplete."""
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明查看的理由，不超过{LONGEST_REASON}字"]})
    return reason.strip()


def _refuse_unless_head(issue: Issue, actor: Actor) -> None:
    if not may(actor, Right.GRANT_CLEARANCE, issue):
        raise NotAllowed("授权查看举报人信息由市环委办负责人办理。")


def _unfit(issue: Issue, actor: Actor, user: User) -> str:
    if user.id == actor.id:
        return "不能授权给自己"
    fit = select(User.id).where(User.id == user.id, _fit(User, issue.id, actor.unit_id))
    if db.session.scalar(fit) is not None:
        return ""
    return "不能授权给此人：须是在用账号，不是三员，所在单位与本事项没有责任、牵头、配合等关系"


def _live(*narrowed: ColumnElement[bool]) -> Select[int]:
    """The ids of clearances that hold now."""
    return (
        select(Clearance.id)
        .join(User, User.id == Clearance.user_id)
        .join(Head, Head.id == Clearance.granted_by_id)
        .where(
            *narrowed,
            Clearance.revoked_at.is_(None),
            Clearance.until >= clock.today(),
            _fit(User, Clearance.issue_id, Head.unit_id),
            ~_grants(User, Grant.revoked_at >= Clearance.granted_at),
        )
    )


def _fit(user: Any, issue_id: Any, office: Any) -> ColumnElement[bool]:
    """That an account may be cleared for a ticket. `office`: the unit of who clears."""
    standing = Grant.revoked_at.is_(None)
    related = exists().where(
        IssueUnit.issue_id == issue_id,
        IssueUnit.unit_id == user.unit_id,
        or_(IssueUnit.relation.not_in(OVERSEEING), user.unit_id.is_distinct_from(office)),
    )
    return and_(
        user.is_active,
        ~related,
        _grants(user, standing, Grant.role.in_(SEES_ALL)),
        ~_grants(user, standing, Grant.role.in_(tuple(ADMINISTRATORS))),
    )


def _grants(user: Any, *narrowed: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Grant.user_id == user.id, *narrowed)


def _tell(
    issue: Issue, act: BesideAct, actor: Actor, at: datetime, reason: str, user: User, **more: str
) -> None:
    told = {"user": user.display_name, **more}
    audit.record_beside(issue, act, actor, at=at, reason=reason, detail=told, is_covert=True)
