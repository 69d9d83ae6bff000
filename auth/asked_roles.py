"""Roles that who keeps the accounts asks for, many at once, and that who gives roles decides.

A role of the three administrators is not given here either: the decision asks for it, and another
of the three confirms (auth/pairs.py). Never commits.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from auth import pairs
from auth.acting import locked, record, require, roles_of
from auth.actor import SYSTEM, Actor
from auth.models import User
from auth.people import give, refuse_grant
from extensions import db
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotAllowed, Refusal, WrongStatus
from issues.models import RoleRequest
from issues.rights.table import Right
from issues.vocabulary import ADMINISTRATORS, UNIT_ROLES, AccountAct, PairAct, Role

LONGEST_REASON = 200
MIXED = "系统、安全、审计三员不得兼任，也不得兼任业务角色。"
WITHOUT_UNIT = "单位角色只能授予已有所属单位的账号。"


class Decided(NamedTuple):
    """How many were given, how many wait for a second of the three, and what was refused of whom.

    A line of `refused` is the account and the sentence.
    """

    given: int
    paired: int
    refused: list[tuple[str, str]]


def lacking(user: User, wanted: Collection[Role]) -> list[Role]:
    """Which of the roles the account neither holds nor waits for. Raises Incomplete."""
    held = set(roles_of(user)) | waiting_of(user.id)
    together = held | set(wanted)
    if len(together) > 1 and together & ADMINISTRATORS:
        raise Incomplete({"roles": [MIXED]})
    if together & UNIT_ROLES and user.unit_id is None:
        raise Incomplete({"roles": [WITHOUT_UNIT]})
    return [role for role in Role if role in wanted and role not in held]


def waiting_of(user_id: int) -> set[Role]:
    rows = select(RoleRequest.role).where(
        RoleRequest.user_id == user_id, RoleRequest.decided_at.is_(None)
    )
    return set(db.session.scalars(rows))


def ask(actor: Actor, user: User, role: Role, roster_id: int | None = None) -> None:
    """Nothing is given yet. For who has been asked what the account lacks."""
    require(actor, Right.ACCOUNTS)
    if actor.id == user.id:
        raise NotAllowed("不能为自己的账号申请，请由另一位管理员办理。")
    row = RoleRequest(
        user_id=user.id, role=role, roster_id=roster_id, asked_at=clock.real_now(),
        asked_by_id=present(actor.id, "the one who asks"),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record(user, AccountAct.ASK_ROLE, actor, after=role.value)


def waiting() -> Sequence[RoleRequest]:
    """What waits for who gives roles, the oldest first, with the people. One statement."""
    rows = select(RoleRequest).where(RoleRequest.decided_at.is_(None))
    people = joinedload(RoleRequest.user).joinedload(User.unit)
    rows = rows.options(people, joinedload(RoleRequest.asked_by)).order_by(RoleRequest.id)
    return db.session.scalars(rows).all()


def count() -> int:
    rows = select(func.count()).select_from(RoleRequest)
    return db.session.scalar(rows.where(RoleRequest.decided_at.is_(None))) or 0


def decide(actor: Actor, chosen: Collection[int], reason: str, *, is_granted: bool) -> Decided:
    """Each on its own: what stands against one keeps none of the others. Raises Incomplete."""
    require(actor, Right.GRANTS)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字。"]})
    rows = [row for row in waiting() if row.id in chosen]
    if not rows:
        raise Incomplete({"chosen": ["请勾选要办理的申请。"]})
    done = Decided(0, 0, [])
    for row in rows:
        name = row.user.name
        try:
            with db.session.begin_nested():
                is_paired = _decide(actor, row, reason, is_granted=is_granted)
        except Refusal as refusal:
            said = [one for told in refusal.errors.values() for one in told]
            done.refused.append((name, "".join(said) or refusal.sentence))
        else:
            done = done._replace(given=done.given + (not is_paired), paired=done.paired + is_paired)
    return done


def _decide(actor: Actor, row: RoleRequest, reason: str, *, is_granted: bool) -> bool:
    """Whether it waits for a second of the three now."""
    user = locked(row.user_id)
    if user.id == actor.id:
        raise NotAllowed("不能办理自己的申请，请由另一位安全管理员办理。")
    if actor is not SYSTEM and actor.id == row.asked_by_id:
        raise NotAllowed("不能办理自己提出的申请。")
    row.decided_by_id, row.decided_at = actor.id, clock.real_now()
    row.is_granted, row.reason = is_granted, reason
    db.session.flush()
    if not is_granted:
        record(user, AccountAct.REFUSE_ROLE, actor, before=row.role.value, reason=reason)
        return False
    if not user.is_active:
        raise WrongStatus("该账号已停用，请先启用。")
    if row.role in ADMINISTRATORS:
        pairs.ask(actor, PairAct.GRANT, user.id, reason, row.role)
        return True
    refuse_grant(actor, user, row.role)
    give(actor, user, row.role, reason)
    return False
