"""Links between accounts and who their persons are to other systems.

A link is made by the person, signed in and asked for the password, or by the system administrator;
the latter opens the account only once the security administrator has confirmed it, as nobody alone
may let somebody into an account. None is made by a name or an address, and no account by a link.
Every act is written into the account's own history. Never commits.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from auth.acting import locked, require
from auth.actor import SYSTEM, Actor
from auth.doors.door import NotProven, Proven, proven
from auth.models import OutsideIdentity, SignIn, SpentProof, User
from auth.signin import actor_for
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.rights.table import Right, holds
from issues.vocabulary import ADMINISTRATORS, AccountAct, DoorKind, Subject

PROOF_LIFE = timedelta(hours=1)
LONGEST_OPEN = 24 * 60
TAKEN = "该外部身份已关联其他账号，或该账号已关联同类外部身份，请先解除。"


class UnknownHere(NotProven):
    """Proven outside, but linked to no account. The number tells the administrator whom to link."""

    def __init__(self, who: Proven) -> None:
        super().__init__(
            f"您已通过{who.kind.label}，但这个身份（编号“{who.subject}”）还没有关联本系统的账号。"
            "请把编号告诉系统管理员，由其办理关联；记得本系统密码的，也可以用密码登录后在“我的账号”中自行关联。"
        )


def spend(who: Proven) -> None:
    """Take a proof, which is taken once. Raises NotProven the second time."""
    if not who.mark:
        return
    now = clock.real_now()
    db.session.execute(delete(SpentProof).where(SpentProof.at < now - PROOF_LIFE))
    digest = hashlib.sha256(f"{who.kind.value} {who.mark}".encode()).hexdigest()
    try:
        with db.session.begin_nested():
            db.session.execute(insert(SpentProof).values(digest=digest, at=now))
    except IntegrityError:
        raise NotProven from None


def user_of(who: Proven) -> int:
    """The account this identity opens. Raises UnknownHere, NotProven of a disabled account."""
    found = select(OutsideIdentity, User.is_active).join(User, User.id == OutsideIdentity.user_id)
    row = db.session.execute(
        found.where(
            OutsideIdentity.door == who.kind,
            OutsideIdentity.issuer == who.issuer,
            OutsideIdentity.subject == who.subject,
            OutsideIdentity.ended_at.is_(None),
        )
    ).first()
    if row is None:
        raise UnknownHere(who)
    identity, is_active = row
    if not is_active:
        raise NotProven("您的账号已停用，请联系系统管理员。")
    if identity.confirmed_at is None:
        raise NotProven("您的外部身份已登记，尚待安全管理员确认，确认后即可登录。")
    user_id: int = identity.user_id
    return user_id


def link_own(actor: Actor, who: Proven) -> None:
    """The person's own, proven just now; opens the account at once."""
    user = locked(actor.id)
    _add(user, who, actor, confirmed_at=clock.real_now())


def link_for(actor: Actor, user_id: int, kind: DoorKind, issuer: str, subject: str) -> None:
    """Of somebody else, by who keeps the accounts; the command line needs no second person."""
    require(actor, Right.ACCOUNTS)
    user = locked(user_id)
    if user.id == actor.id:
        raise NotAllowed("自己的外部身份请在“我的账号”中关联。")
    if actor is not SYSTEM and actor_for(user).roles & ADMINISTRATORS:
        raise NotAllowed("管理员的外部身份由本人关联，或在服务器上用命令行关联。")
    try:
        who = proven(kind, issuer, subject, "")
    except NotProven:
        raise Incomplete(
            {"subject": ["编号应是外部系统给出的用户标识，最多 255 个字符。"]}
        ) from None
    _add(user, who, actor, confirmed_at=clock.real_now() if actor is SYSTEM else None)


def confirm(actor: Actor, user_id: int, identity_id: int) -> None:
    """By the security administrator: never one's own account, never one's own link."""
    require(actor, Right.GRANTS)
    user = locked(user_id)
    row = _of(user, identity_id)
    if actor.id in (user.id, row.linked_by_id):
        raise NotAllowed("不能确认自己的或自己登记的外部身份，请由另一位安全管理员办理。")
    if row.confirmed_at is not None:
        raise WrongStatus("该外部身份已确认。")
    row.confirmed_at = clock.real_now()
    _record(user, AccountAct.CONFIRM_LINK, actor, row)


def unlink(actor: Actor, user_id: int, identity_id: int) -> None:
    """By its person, or by who keeps the accounts or grants roles. Its sessions end.

    Raises NotFound.
    """
    may = holds(actor, Right.ACCOUNTS) or holds(actor, Right.GRANTS)
    if actor is not SYSTEM and user_id != actor.id and not may:
        raise NotFound
    user = locked(user_id)
    row = _of(user, identity_id)
    row.ended_at = clock.real_now()
    db.session.execute(
        update(SignIn)
        .where(SignIn.user_id == user.id, SignIn.door == row.door.value)
        .where(SignIn.ended_at.is_(None), SignIn.id != (actor.sign_in_id or 0))
        .values(ended_at=clock.real_now())
    )
    _record(user, AccountAct.UNLINK, actor, row)


def identities_of(user_id: int) -> list[OutsideIdentity]:
    rows = select(OutsideIdentity).where(
        OutsideIdentity.user_id == user_id, OutsideIdentity.ended_at.is_(None)
    )
    return list(db.session.scalars(rows.order_by(OutsideIdentity.id)))


def waiting() -> list[tuple[int, str]]:
    """(account, name) of whom the security administrator has a link to confirm."""
    rows = select(User.id, User.name).join(OutsideIdentity, OutsideIdentity.user_id == User.id)
    live = (OutsideIdentity.ended_at.is_(None), OutsideIdentity.confirmed_at.is_(None))
    return [(row.id, row.name) for row in db.session.execute(rows.where(*live).order_by(User.name))]


def open_password(user_id: int, minutes: int) -> datetime:
    """Let one account sign in by its password for a while where passwords are off."""
    user = locked(user_id)
    user.password_until = clock.real_now() + timedelta(minutes=min(minutes, LONGEST_OPEN))
    told = f"{clock.local(user.password_until):%F %H:%M}"
    audit.record(
        Subject.ACCOUNT, user.id, AccountAct.OPEN_PASSWORD, SYSTEM, at=clock.now(),
        detail={"until": told},
    )  # fmt: skip
    return user.password_until


def has_open_password(user_id: int) -> bool:
    until = db.session.scalar(select(User.password_until).where(User.id == user_id))
    return until is not None and until > clock.real_now()


def _add(user: User, who: Proven, actor: Actor, *, confirmed_at: datetime | None) -> None:
    row = OutsideIdentity(
        door=who.kind,
        issuer=who.issuer,
        subject=who.subject,
        shown=who.shown,
        user_id=user.id,
        linked_at=clock.real_now(),
        linked_by_id=actor.id,
        confirmed_at=confirmed_at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise WrongStatus(TAKEN) from None
    _record(user, AccountAct.LINK, actor, row)


def _of(user: User, identity_id: int) -> OutsideIdentity:
    row = db.session.get(OutsideIdentity, identity_id)
    if row is None or row.user_id != user.id or row.ended_at is not None:
        raise NotFound
    return row


def _record(user: User, act: AccountAct, actor: Actor, row: OutsideIdentity) -> None:
    told = {"door": row.door.value, "issuer": row.issuer, "subject": row.subject}
    audit.record(
        Subject.ACCOUNT, user.id, act, actor, at=clock.now(),
        reason=f"{row.door.label}，编号 {row.subject}", detail=told,
    )  # fmt: skip
