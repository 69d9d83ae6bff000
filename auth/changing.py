"""Setting passwords: by their owner, by who opened a one-time link, and the reset before it.

Nobody else ever learns a password. Only the command line, which has the database already, prints
one that must be changed at once. Never commits.
"""

import secrets
from datetime import timedelta
from enum import Enum
from typing import NamedTuple

from sqlalchemy import select

from auth import passwords
from auth.acting import locked, record, require, roles_of
from auth.actor import SYSTEM, Actor
from auth.models import Unit, User
from auth.proofs.models import PasswordLink, PastPassword
from auth.sessions import end_sessions
from auth.signin import actor_for, digest_of
from auth.tokens import end_tokens
from extensions import db
from issues.city.words import told_first
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.imprints.writing import change, remove
from issues.rights.table import Right
from issues.vocabulary import ADMINISTRATORS, AccountAct

REMEMBERED = 5
"""So many of a person's last passwords, the present one among them, are not taken again."""
UNUSED = PasswordLink.used_at.is_(None) & PasswordLink.ended_at.is_(None)
GONE = "链接已用过、已失效或已过期，请联系系统管理员重新办理。"


class Ready(NamedTuple):
    """A new password that was found good enough: what is kept of it, and what stood before."""

    user_id: int
    was: str
    kept: str


class Way(Enum):
    """How a link reaches the person, and how long it lives."""

    LINK = "link"
    SLIP = "slip"

    @property
    def life(self) -> timedelta:
        """A closed slip goes from hand to hand, over a weekend too."""
        return timedelta(days=3) if self is Way.SLIP else timedelta(hours=24)


def reset_password(actor: Actor, user_id: int) -> tuple[User, str]:
    """On the command line: a new password to be used once. Ends every session of the account."""
    if actor is not SYSTEM:
        raise NotAllowed("密码只能由本人设定：请生成一次性链接或密封单。")
    user = locked(user_id)
    return user, once_password(user)


def once_password(user: User) -> str:
    password = passwords.one_time_password()
    _void(user)
    user.password_hash = passwords.hash_password(password)
    user.password_changed_at, user.must_change_password = clock.real_now(), True
    record(user, AccountAct.RESET_PASSWORD, SYSTEM)
    return password


def reset_by_link(actor: Actor, user_id: int, way: Way = Way.LINK) -> tuple[User, str]:
    """The password is good for nothing from now on; the secret of a link that sets a new one.

    An administrator's takes two of them (auth/pairs.py): who holds the link could become the other.
    """
    require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if actor is not SYSTEM and roles_of(user) & ADMINISTRATORS:
        raise NotAllowed("管理员的密码须由两位管理员办理：请提出双人复核申请。")
    return user, void_and_link(user, actor, way)


def void_and_link(user: User, actor: Actor, way: Way) -> str:
    """For who has been asked whether they may. The second factor stays as it is."""
    if not user.is_active:
        raise WrongStatus("该账号已停用，请先启用。")
    if actor.id is not None and actor.id == user.id:
        raise NotAllowed("自己的密码请在“我的账号”中修改。")
    _void(user)
    now = clock.real_now()
    secret = secrets.token_urlsafe(32)
    db.session.add(
        PasswordLink(
            digest=digest_of(secret), user_id=user.id, made_by_id=actor.id, made_at=now,
            expires_at=now + way.life,
        )
    )  # fmt: skip
    record(user, AccountAct.RESET_PASSWORD, actor, way=way.value)
    return secret


def _void(user: User) -> None:
    """What stood before opens nothing any more: password, links, sessions, tokens."""
    _remember(user)
    user.password_hash, user.must_change_password = "", False
    end_links(user.id)
    end_sessions(user.id)
    end_tokens(user.id)


def end_links(user_id: int) -> None:
    change(PasswordLink, (PasswordLink.user_id == user_id) & UNUSED, ended_at=clock.real_now())


def link_of(secret: str) -> PasswordLink | None:
    """The link while it can be used: not used, not ended, not too old, its account at work."""
    found = db.session.scalar(
        select(PasswordLink)
        .join(User, User.id == PasswordLink.user_id)
        .where(PasswordLink.digest == digest_of(secret), User.is_active)
    )
    if found is None or found.used_at or found.ended_at or found.expires_at <= clock.real_now():
        return None
    return found


def refuse_maker(link: PasswordLink, who: Actor) -> None:
    """`who` sits at the browser: who made the link does not open it."""
    if who.id is not None and who.id == link.made_by_id:
        raise NotAllowed("一次性链接只能由本人打开，办理人不能代为设定密码。")


def open_link(secret: str, ready: Ready, *, address: str, who: Actor) -> User:
    """Set the password a link was made for; the link is used up in the same breath.

    Raises NotFound where another was faster.
    """
    user = locked(ready.user_id)
    found = link_of(secret)
    if found is None or found.user_id != user.id:
        raise NotFound(GONE)
    refuse_maker(found, who)
    taken = change(PasswordLink, (PasswordLink.id == found.id) & UNUSED, used_at=clock.real_now())
    if taken != 1:
        raise NotFound(GONE)
    _set(user, ready)
    end_sessions(user.id)
    record(user, AccountAct.SET_PASSWORD, actor_for(user), address=address)
    return user


def change_password(actor: Actor, ready: Ready) -> None:
    """The person's own password. Every other session of theirs ends."""
    user = locked(actor.id)
    _set(user, ready)
    end_links(user.id)
    end_sessions(user.id, but=actor.sign_in_id)
    record(user, AccountAct.CHANGE_PASSWORD, actor)


def check_current(user_id: int, current: str) -> None:
    """Raises Incomplete. Slow, and so asked outside any transaction."""
    if not passwords.is_password(db.session.get_one(User, user_id).password_hash, current):
        raise Incomplete({"current": ["现用密码不正确。"]})


def prepare(user_id: int, new: str, profile: str) -> Ready:
    """Judge a new password and make what is kept of it. Slow, and so outside any transaction.

    Raises Incomplete where it is too easy, or one of the last ones.
    """
    user = db.session.get_one(User, user_id)
    unit = db.session.get(Unit, user.unit_id) if user.unit_id else None
    of_unit = (unit.code, unit.name, unit.short_name) if unit else ()
    about = (user.name, user.display_name, *of_unit)
    said = passwords.faults(new, *about, profile=profile, here=told_first())
    was, past = user.password_hash, _past(user)
    db.session.rollback()
    if passwords.is_password(was, new):
        said.append("新密码不能与现用密码相同。")
    elif not said and any(passwords.is_password(old, new) for old in past):
        said.append(f"新密码不能与最近 {REMEMBERED} 次用过的密码相同。")
    if said:
        raise Incomplete({"new": said})
    return Ready(user_id, was, passwords.hash_password(new))


def _past(user: User) -> list[str]:
    """The kept ones before the present, the newest first."""
    own = bool(user.password_hash) and not user.must_change_password
    rows = (
        select(PastPassword.password_hash)
        .where(PastPassword.user_id == user.id)
        .order_by(PastPassword.id.desc())
        .limit(REMEMBERED - own)
    )
    return list(db.session.scalars(rows))


def _set(user: User, ready: Ready) -> None:
    """Raises WrongStatus where the password is another one than when the new one was judged."""
    if (user.id, user.password_hash) != (ready.user_id, ready.was):
        raise WrongStatus("密码刚刚被更改，本次没有保存。请重新打开页面。")
    _remember(user)
    user.password_hash = ready.kept
    user.password_changed_at, user.must_change_password = clock.real_now(), False


def _remember(user: User) -> None:
    """Keep the present password among the past ones, if its owner chose it, and the last few."""
    if not user.password_hash or user.must_change_password:
        return
    now = clock.real_now()
    db.session.add(PastPassword(user_id=user.id, password_hash=user.password_hash, replaced_at=now))
    db.session.flush()
    newest = (
        select(PastPassword.id)
        .where(PastPassword.user_id == user.id)
        .order_by(PastPassword.id.desc())
        .limit(REMEMBERED)
    )
    kept = list(db.session.scalars(newest))
    remove(PastPassword, (PastPassword.user_id == user.id) & PastPassword.id.not_in(kept))
