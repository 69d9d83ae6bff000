"""Acts on accounts under 三员: who keeps them, who grants rights, and that nobody does both.

Every act is written into the account's own history. Never commits.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from auth.acting import locked, record, require, roles_of
from auth.actor import SYSTEM, Actor
from auth.changing import end_links
from auth.models import ApiToken, Grant, Unit, User
from auth.sessions import end_sessions
from auth.tokens import end_tokens, new_token
from extensions import db
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.kept import keeping
from issues.rights.table import Right, holds
from issues.vocabulary import (
    ADMINISTRATORS,
    CENTRE,
    COUNTY_ROLES,
    UNIT_ROLES,
    AccountAct,
    Role,
    TokenScope,
)

NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,39}")
LONGEST_NAME = 40
DETAILS = {"display_name": "姓名", "unit_id": "单位", "phone": "联系电话", "note": "备注"}


def add(
    actor: Actor, name: str, display_name: str, unit: Unit | None = None, phone: str = "",
    note: str = "",
) -> User:  # fmt: skip
    """A new account without any right and without a password: its owner sets one, by a link."""
    require(actor, Right.ACCOUNTS)
    errors = {}
    if not NAME.fullmatch(name):
        errors["name"] = ["账号由字母、数字、点、横线或下划线组成，以字母开头，最多 40 位。"]
    elif db.session.scalar(select(User.id).where(User.name == name)):
        errors["name"] = ["该账号已被使用。"]
    if not 0 < len(display_name) <= LONGEST_NAME:
        errors["display_name"] = [f"请填写姓名，最多 {LONGEST_NAME} 个字。"]
    if errors:
        raise Incomplete(errors)
    user = User(
        name=name,
        display_name=display_name,
        unit_id=unit.id if unit else None,
        phone=phone,
        note=note,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    record(user, AccountAct.CREATE, actor, unit=unit.code if unit else "")
    return user


def amend(actor: Actor, user_id: int, said: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Name, unit, telephone and note, as far as said; what was and what is, by its label.

    Whose account holds a role stays in its unit: the role would reach other tickets.
    """
    require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    changed = {name: value for name, value in said.items() if value != getattr(user, name)}
    if not 0 < len(said.get("display_name", user.display_name)) <= LONGEST_NAME:
        raise Incomplete({"display_name": [f"请填写姓名，最多 {LONGEST_NAME} 个字。"]})
    if "unit_id" in changed and roles_of(user):
        raise Incomplete({"unit": ["该账号已有角色，调换单位前请先由安全管理员收回。"]})
    told = {DETAILS[n]: (_shown(n, getattr(user, n)), _shown(n, changed[n])) for n in changed}
    for name, value in changed.items():
        setattr(user, name, value)
    if told:
        db.session.flush()
        after = {label: now for label, (_, now) in told.items()}
        before = {f"原{label}": was for label, (was, _) in told.items()}
        record(user, AccountAct.AMEND, actor, **(after | before))
    return told


def _shown(name: str, value: Any) -> str:
    unit = db.session.get(Unit, value) if name == "unit_id" and value else None
    return unit.short_name if unit else str(value or "")


def disable(actor: Actor, user_id: int, reason: str = "") -> User:
    """The account signs in no more; its sessions and tokens end at once."""
    require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if user.id == actor.id:
        raise NotAllowed("不能停用自己的账号，请由另一位系统管理员办理。")
    if not user.is_active:
        raise WrongStatus("该账号已停用。")
    _refuse_if_last(user, *roles_of(user))
    user.is_active = False
    end_links(user.id)
    end_sessions(user.id)
    end_tokens(user.id)
    keeping.forget_all(user.id)
    record(user, AccountAct.DISABLE, actor, **({"reason": reason} if reason else {}))
    return user


def enable(actor: Actor, user_id: int, reason: str = "") -> User:
    require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if user.is_active:
        raise WrongStatus("该账号已在使用中。")
    user.is_active = True
    record(user, AccountAct.ENABLE, actor, **({"reason": reason} if reason else {}))
    return user


def grant(actor: Actor, user_id: int, role: Role) -> None:
    """Give a role. Never to oneself, and never two kinds of power that check each other.

    One of the three administrators is made by two persons (auth/pairs.py), or by the machine.
    """
    require(actor, Right.GRANTS)
    user = locked(user_id)
    refuse_grant(actor, user, role)
    if role in ADMINISTRATORS and actor is not SYSTEM:
        raise NotAllowed("管理员角色须由两位管理员办理：请提出双人复核申请。")
    give(actor, user, role)


def refuse_grant(actor: Actor, user: User, role: Role) -> None:
    """Whatever stands against this person giving this role to this account."""
    held = roles_of(user)
    _refuse_self(actor, user)
    if role in held:
        raise WrongStatus(f"该账号已有角色“{role.label}”。")
    if held and (role in ADMINISTRATORS or held & ADMINISTRATORS):
        raise NotAllowed("系统、安全、审计三员不得兼任，也不得兼任业务角色。")
    if role in UNIT_ROLES and user.unit_id is None:
        raise Incomplete({"role": ["单位角色只能授予已有所属单位的账号。"]})
    if role in COUNTY_ROLES and (user.unit is None or user.unit.kind != CENTRE):
        raise Incomplete({"role": ["县级角色只能授予所属单位为县级指挥中心的账号。"]})


def give(actor: Actor, user: User, role: Role, reason: str = "") -> None:
    """For who has been asked whether they may. What was open under the old rights ends."""
    db.session.add(
        Grant(user_id=user.id, role=role, granted_by_id=actor.id, granted_at=clock.now())
    )
    end_sessions(user.id)
    told = {"reason": reason} if reason else {}
    record(user, AccountAct.GRANT, actor, after=role.value, **told)


def revoke(actor: Actor, user_id: int, role: Role) -> None:
    require(actor, Right.GRANTS)
    user = locked(user_id)
    _refuse_self(actor, user)
    row = next((g for g in user.grants if g.role == role and g.revoked_at is None), None)
    if row is None:
        raise WrongStatus(f"该账号没有角色“{role.label}”。")
    _refuse_if_last(user, role)
    row.revoked_at = clock.now()
    end_sessions(user.id)
    record(user, AccountAct.REVOKE, actor, before=role.value)


def issue_token(
    actor: Actor,
    user_id: int,
    note: str = "",
    scope: TokenScope = TokenScope.FULL,
    until: datetime | None = None,
) -> str:
    """A secret for programs that act as this account, for a year where no end is told."""
    require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if not user.is_active:
        raise WrongStatus("该账号已停用，不能发放接口令牌。")
    secret, end = new_token(user.id, note, scope, until)
    record(user, AccountAct.ISSUE_TOKEN, actor, scope=scope.value, until=f"{clock.local(end):%F}")
    return secret


def revoke_token(actor: Actor, token_id: int) -> None:
    row = db.session.get(ApiToken, token_id)
    if row is None or (row.user_id != actor.id and not holds(actor, Right.ACCOUNTS)):
        raise NotFound
    if row.revoked_at is None:
        user = locked(row.user_id)
        row.revoked_at = clock.real_now()
        record(user, AccountAct.REVOKE_TOKEN, actor)


def _refuse_self(actor: Actor, user: User) -> None:
    if user.id == actor.id:
        raise NotAllowed("不能变更自己的角色，请由另一位安全管理员办理。")


def _refuse_if_last(user: User, *roles: Role) -> None:
    """The last of the three administrators' kinds stays: nobody could make another."""
    for role in ADMINISTRATORS.intersection(roles):
        others = select(func.count()).select_from(Grant).join(User, User.id == Grant.user_id)
        others = others.where(
            Grant.role == role, Grant.revoked_at.is_(None), User.is_active, User.id != user.id
        )
        if not db.session.scalar(others):
            raise NotAllowed(f"这是最后一个{role.label}，不能停用或收回。")
