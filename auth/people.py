"""Acts on accounts under 三员: who keeps them, who grants rights, and that nobody does both.

Every act is written into the account's own history. Never commits.
"""

import re
from datetime import datetime

from sqlalchemy import func, select, update

from auth.actor import SYSTEM, Actor
from auth.models import ApiToken, Grant, SignIn, Unit, User
from auth.passwords import faults, hash_password, is_password, one_time_password
from auth.signin import actor_for
from auth.tokens import end_tokens, new_token
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.rights.table import Right, holds
from issues.vocabulary import ADMINISTRATORS, UNIT_ROLES, AccountAct, Role, Subject, TokenScope

NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,39}")
LONGEST_NAME = 40


def add(
    actor: Actor, name: str, display_name: str, unit: Unit | None = None, phone: str = ""
) -> tuple[User, str]:
    """A new account without any right, and the password it is given once."""
    _require(actor, Right.ACCOUNTS)
    errors = {}
    if not NAME.fullmatch(name):
        errors["name"] = ["账号由字母、数字、点、横线或下划线组成，以字母开头，最多 40 位。"]
    elif db.session.scalar(select(User.id).where(User.name == name)):
        errors["name"] = ["该账号已被使用。"]
    if not 0 < len(display_name) <= LONGEST_NAME:
        errors["display_name"] = [f"请填写姓名，最多 {LONGEST_NAME} 个字。"]
    if errors:
        raise Incomplete(errors)
    password = one_time_password()
    user = User(
        name=name,
        display_name=display_name,
        unit_id=unit.id if unit else None,
        phone=phone,
        password_hash=hash_password(password),
        password_changed_at=clock.real_now(),
        must_change_password=True,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    _record(user, AccountAct.CREATE, actor, unit=unit.code if unit else "")
    return user, password


def disable(actor: Actor, user_id: int) -> User:
    """The account signs in no more; its sessions and tokens end at once."""
    _require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if user.id == actor.id:
        raise NotAllowed("不能停用自己的账号，请由另一位系统管理员办理。")
    if not user.is_active:
        raise WrongStatus("该账号已停用。")
    _refuse_if_last(user, *_roles(user))
    user.is_active = False
    end_sessions(user.id)
    end_tokens(user.id)
    _record(user, AccountAct.DISABLE, actor)
    return user


def enable(actor: Actor, user_id: int) -> User:
    _require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if user.is_active:
        raise WrongStatus("该账号已在使用中。")
    user.is_active = True
    _record(user, AccountAct.ENABLE, actor)
    return user


def reset_password(actor: Actor, user_id: int) -> tuple[User, str]:
    """A new password to be used once. Ends every session and token of the account.

    Nobody resets an administrator's on a page: who knows it could act as that administrator.
    """
    _require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if actor is not SYSTEM and _roles(user) & ADMINISTRATORS:
        raise NotAllowed("管理员的密码由本人修改；遗失时在服务器上用命令行重置。")
    password = one_time_password()
    _set_password(user, password, must_change=True)
    end_sessions(user.id)
    end_tokens(user.id)
    _record(user, AccountAct.RESET_PASSWORD, actor)
    return user, password


def change_password(actor: Actor, current: str, new: str) -> None:
    """The person's own password. Every other session of theirs ends."""
    user = locked(actor.id)
    if not is_password(user.password_hash, current):
        raise Incomplete({"current": ["现用密码不正确。"]})
    said = faults(new, user.name, user.display_name, actor.unit_code)
    if new == current:
        said.append("新密码不能与现用密码相同。")
    if said:
        raise Incomplete({"new": said})
    _set_password(user, new, must_change=False)
    end_sessions(user.id, but=actor.sign_in_id)
    _record(user, AccountAct.CHANGE_PASSWORD, actor)


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.password_hash = hash_password(password)
    user.password_changed_at = clock.real_now()
    user.must_change_password = must_change


def end_sessions(user_id: int, *, but: int | None = None) -> None:
    """End what is open of an account, except one session."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=clock.real_now())
    )


def end_session(actor: Actor, sign_in_id: int | None) -> None:
    """The person's own session, or any for who keeps the accounts. Ended twice is ended.

    A token acts in none. Raises NotFound.
    """
    row = None if sign_in_id is None else db.session.get(SignIn, sign_in_id)
    if row is None or (row.user_id != actor.id and not holds(actor, Right.ACCOUNTS)):
        raise NotFound
    if row.ended_at is None:
        user = locked(row.user_id)
        row.ended_at = clock.real_now()
        is_own = sign_in_id == actor.sign_in_id
        _record(user, AccountAct.SIGN_OUT if is_own else AccountAct.END_SESSION, actor)


def grant(actor: Actor, user_id: int, role: Role) -> None:
    """Give a role. Never to oneself, and never two kinds of power that check each other."""
    _require(actor, Right.GRANTS)
    user = locked(user_id)
    held = _roles(user)
    _refuse_self(actor, user)
    if role in held:
        raise WrongStatus(f"该账号已有角色“{role.label}”。")
    if held and (role in ADMINISTRATORS or held & ADMINISTRATORS):
        raise NotAllowed("系统、安全、审计三员不得兼任，也不得兼任业务角色。")
    if role in UNIT_ROLES and user.unit_id is None:
        raise Incomplete({"role": ["单位角色只能授予已有所属单位的账号。"]})
    db.session.add(
        Grant(user_id=user.id, role=role, granted_by_id=actor.id, granted_at=clock.now())
    )
    _record(user, AccountAct.GRANT, actor, after=role.value)


def revoke(actor: Actor, user_id: int, role: Role) -> None:
    _require(actor, Right.GRANTS)
    user = locked(user_id)
    _refuse_self(actor, user)
    row = next((g for g in user.grants if g.role == role and g.revoked_at is None), None)
    if row is None:
        raise WrongStatus(f"该账号没有角色“{role.label}”。")
    _refuse_if_last(user, role)
    row.revoked_at = clock.now()
    _record(user, AccountAct.REVOKE, actor, before=role.value)


def issue_token(
    actor: Actor,
    user_id: int,
    note: str = "",
    scope: TokenScope = TokenScope.FULL,
    until: datetime | None = None,
) -> str:
    """A secret for programs that act as this account, for a year where no end is told."""
    _require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if not user.is_active:
        raise WrongStatus("该账号已停用，不能发放接口令牌。")
    secret, end = new_token(user.id, note, scope, until)
    _record(user, AccountAct.ISSUE_TOKEN, actor, scope=scope.value, until=f"{clock.local(end):%F}")
    return secret


def revoke_token(actor: Actor, token_id: int) -> None:
    row = db.session.get(ApiToken, token_id)
    if row is None or (row.user_id != actor.id and not holds(actor, Right.ACCOUNTS)):
        raise NotFound
    if row.revoked_at is None:
        user = locked(row.user_id)
        row.revoked_at = clock.real_now()
        _record(user, AccountAct.REVOKE_TOKEN, actor)


def locked(user_id: int | None) -> User:
    """The account, held until the transaction ends: its history is one chain."""
    user = None if user_id is None else db.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound
    return user


def _roles(user: User) -> frozenset[Role]:
    return actor_for(user).roles


def _require(actor: Actor, right: Right) -> None:
    """The command line acts as the system: who runs it has the database already."""
    if actor is not SYSTEM and not holds(actor, right):
        raise NotAllowed("您没有办理此事的权限。")


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


def _record(
    user: User, act: AccountAct, actor: Actor, *, before: str = "", after: str = "", **told: str
) -> None:
    audit.record(
        Subject.ACCOUNT,
        user.id,
        act,
        actor,
        at=clock.now(),
        before=before,
        after=after,
        detail=told,
    )
