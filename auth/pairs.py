"""双人复核: what one administrator asks for and another decides, about the account of a third.

Both are asked again when the second decides: who has lost the right meanwhile asked for nothing.
Never commits.
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from auth.acting import locked, record, require
from auth.actor import Actor
from auth.changing import Way, void_and_link
from auth.models import User
from auth.people import give, refuse_grant
from auth.proofs import factors
from auth.proofs.models import PairRequest
from auth.signin import actor_for
from extensions import db
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.rights.table import Right, holds
from issues.vocabulary import ADMINISTRATORS, AccountAct, PairAct, PairOutcome, Role

LIFE = timedelta(days=7)
LONGEST_REASON = 200
ASKS = {
    PairAct.GRANT: Right.GRANTS,
    PairAct.RESET_PASSWORD: Right.ACCOUNTS,
    PairAct.RESET_FACTOR: Right.ACCOUNTS,
}
"""Who may ask for what; any other of the three decides."""


def ask(
    actor: Actor, act: PairAct, user_id: int, reason: str, role: Role | None = None
) -> PairRequest:
    """Nothing is done yet. What was asked before and lies too long is put aside."""
    require(actor, ASKS[act])
    user = locked(user_id)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多 {LONGEST_REASON} 个字。"]})
    _refuse(actor, act, user, role)
    for row in _waiting(user.id):
        if row.act is act:
            if not is_old(row):
                raise WrongStatus("该账号已有同样的申请等待复核。")
            _close(row, None, PairOutcome.WITHDRAWN)
    row = PairRequest(
        act=act, user_id=user.id, role=role, reason=reason.strip(),
        asked_by_id=present(actor.id, "the one who asks"), asked_at=clock.real_now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record(
        user, AccountAct.ASK_PAIR, actor, after=role.value if role else "", what=act.value,
        reason=row.reason,
    )  # fmt: skip
    return row


def _refuse(actor: Actor, act: PairAct, user: User, role: Role | None) -> None:
    """Whatever stands against it, asked once by each of the two."""
    if actor.id == user.id:
        raise NotAllowed("不能为自己的账号申请，请由另一位管理员办理。")
    if not user.is_active:
        raise WrongStatus("该账号已停用，请先启用。")
    if act is PairAct.GRANT:
        if role not in ADMINISTRATORS:
            raise Incomplete({"role": ["只有管理员角色须双人复核。"]})
        refuse_grant(actor, user, role)
    elif act is PairAct.RESET_FACTOR and not factors.is_on(user.id):
        raise WrongStatus("该账号没有启用动态口令，不需要重置。")


def confirm(actor: Actor, request_id: int, way: Way = Way.LINK) -> tuple[PairRequest, str]:
    """The second person agrees, and it is done. With a password, the secret of its link."""
    row, user, asker = _to_decide(actor, request_id)
    if actor.id == row.asked_by_id:
        raise NotAllowed("申请人不能复核自己的申请，请由另一位管理员办理。")
    if not asker.is_authenticated or not holds(asker, ASKS[row.act]):
        raise WrongStatus("申请人已没有办理此事的权限，申请不再有效。")
    _refuse(asker, row.act, user, row.role)
    _close(row, actor, PairOutcome.CONFIRMED)
    record(user, AccountAct.CONFIRM_PAIR, actor, what=row.act.value, asked_by=asker.display_name)
    if row.act is PairAct.RESET_PASSWORD:
        return row, void_and_link(user, actor, way)
    if row.act is PairAct.GRANT:
        give(asker, user, present(row.role, "the role asked for"))
    else:
        factors.reset(actor, user)
    return row, ""


def refuse(actor: Actor, request_id: int) -> PairRequest:
    """The second person refuses; the first takes it back."""
    row, user, _ = _to_decide(actor, request_id)
    is_own = actor.id == row.asked_by_id
    _close(row, actor, PairOutcome.WITHDRAWN if is_own else PairOutcome.REFUSED)
    act = AccountAct.WITHDRAW_PAIR if is_own else AccountAct.REFUSE_PAIR
    record(user, act, actor, what=row.act.value)
    return row


def _to_decide(actor: Actor, request_id: int) -> tuple[PairRequest, User, Actor]:
    """The request and the account, both held; and who had asked, with the rights of now."""
    require(actor, Right.REVIEW_ACCOUNTS)
    known = db.session.get(PairRequest, request_id)
    if known is None:
        raise NotFound
    user = locked(known.user_id)
    row = db.session.get_one(PairRequest, request_id, with_for_update=True)
    if user.id == actor.id:
        raise NotAllowed("不能复核关于自己账号的申请，请由另一位管理员办理。")
    if row.decided_at is not None:
        raise WrongStatus("该申请已经办理。")
    if is_old(row):
        raise WrongStatus(f"该申请已超过 {LIFE.days} 天，请重新提出。")
    first = db.session.get_one(User, row.asked_by_id)
    return row, user, actor_for(first) if first.is_active else Actor(None, "", "")


def _close(row: PairRequest, actor: Actor | None, outcome: PairOutcome) -> None:
    row.decided_at, row.outcome = clock.real_now(), outcome
    row.decided_by_id = actor.id if actor else None
    db.session.flush()


def is_old(row: PairRequest) -> bool:
    return row.asked_at < clock.real_now() - LIFE


def _waiting(user_id: int | None = None) -> list[PairRequest]:
    rows = select(PairRequest).where(PairRequest.decided_at.is_(None))
    if user_id is not None:
        rows = rows.where(PairRequest.user_id == user_id)
    return list(
        db.session.scalars(
            rows.options(joinedload(PairRequest.user), joinedload(PairRequest.asked_by)).order_by(
                PairRequest.id
            )
        )
    )


def count_for(actor: Actor) -> int:
    """How much waits for this person to decide. One statement."""
    rows = select(func.count()).select_from(PairRequest)
    waits = rows.where(
        PairRequest.decided_at.is_(None),
        PairRequest.asked_at >= clock.real_now() - LIFE,
        PairRequest.asked_by_id != actor.id,
        PairRequest.user_id != actor.id,
    )
    return db.session.scalar(waits) or 0


def waiting() -> list[PairRequest]:
    """What waits for a second person, the oldest first. One statement."""
    return [row for row in _waiting() if not is_old(row)]
