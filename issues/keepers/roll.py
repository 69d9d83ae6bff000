"""The keepers as persons: new ones, what changes about them, and their end. Never commits.

Every act is written into the keeper's own history. None is removed: tickets were kept by them.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Keeper, Keeping
from issues.rights.places import accounts_here, changeable_keepers, keepers_of
from issues.rights.table import Right, holds
from issues.vocabulary import KeeperAct, Subject

LABELS = {"name": "姓名", "phone": "联系电话", "body": "单位", "account": "账号"}
LONGEST = {"name": 40, "phone": 40, "body": 80}
LONGEST_REASON = 200
ENDED = "该包保人已停用，不能再修改。"
OF_THE_CITY = "这位包保人由市环委办登记或指定，修改、停用和移交由市环委办经办办理。"
STANDING = Keeping.until_on.is_(None)


def find(keeper_id: int, actor: Actor, *, for_change: bool = False) -> Keeper:
    """Raises NotFound for what is out of sight, too."""
    rows = select(Keeper).where(Keeper.id == keeper_id, keepers_of(actor))
    if for_change:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalars(rows).first()
    if row is None:
        raise NotFound
    return row


def standing(keeper_id: int, actor: Actor) -> Keeper:
    """One in use, locked, to whom something is given. Raises NotFound, WrongStatus."""
    row = find(keeper_id, actor, for_change=True)
    if row.ended_at is not None:
        raise WrongStatus(ENDED)
    return row


def own(keeper_id: int, actor: Actor) -> Keeper:
    """The same, whom the person may change. Raises NotFound, WrongStatus, NotAllowed."""
    row = standing(keeper_id, actor)
    if not is_own(row, actor):
        raise NotAllowed(OF_THE_CITY)
    return row


def is_own(row: Keeper, actor: Actor) -> bool:
    """Whether the person may change, end and relieve this keeper. One statement."""
    asked = select(exists().where(Keeper.id == row.id, changeable_keepers(actor)))
    return bool(db.session.scalar(asked))


def add(actor: Actor, said: Mapping[str, str]) -> Keeper:
    """Raises NotAllowed, Incomplete."""
    require(actor)
    told = _told(said, None, actor)
    row = Keeper(**told, made_at=clock.now(), made_by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    detail = {label: words for label, words in in_words(told).items() if words}
    record(row, KeeperAct.ADD, actor, said.get("reason", ""), detail)
    return row


def amend(actor: Actor, keeper_id: int, said: Mapping[str, str]) -> Keeper:
    """Only what differs is changed, with a reason.

    Raises NotAllowed, NotFound, WrongStatus, Incomplete.
    """
    require(actor)
    row = own(keeper_id, actor)
    told = _told(said, row, actor)
    changed = {name: value for name, value in told.items() if value != getattr(row, name)}
    if not changed:
        raise Incomplete({"name": ["没有要修改的内容"]})
    reason = reasoned(said)
    was = in_words({name: getattr(row, name) for name in changed})
    for name, value in changed.items():
        setattr(row, name, value)
    db.session.flush()
    record(row, KeeperAct.AMEND, actor, reason, in_words(changed) | {"before": was})
    return row


def end(actor: Actor, keeper_id: int, said: Mapping[str, str]) -> Keeper:
    """Only who keeps nothing any more. Raises NotAllowed, NotFound, WrongStatus, Incomplete."""
    require(actor)
    row = own(keeper_id, actor)
    if db.session.scalar(select(exists().where(Keeping.keeper_id == row.id, STANDING))):
        raise WrongStatus("还有包保的区域或问题，请先移交或结束。")
    reason = reasoned(said)
    row.ended_at = clock.now()
    record(row, KeeperAct.END, actor, reason, {})
    return row


def kept(row: Keeper) -> dict[str, str]:
    """All of it as a form says it."""
    account = db.session.get(User, row.account_id) if row.account_id else None
    return {
        "name": row.name, "phone": row.phone, "body": row.body,
        "account": account.name if account else "",
    }  # fmt: skip


def in_words(told: Mapping[str, Any]) -> dict[str, str]:
    """By label; an account by its name."""
    found = {LABELS[name]: value for name, value in told.items() if name in LONGEST}
    if "account_id" in told:
        account = db.session.get(User, told["account_id"]) if told["account_id"] else None
        found[LABELS["account"]] = account.name if account else ""
    return found


def reasoned(said: Mapping[str, str]) -> str:
    """Raises Incomplete."""
    reason = said.get("reason", "").strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字"]})
    return reason


def require(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not holds(actor, Right.SET_KEEPERS):
        raise NotAllowed("包保人由市环委办经办和县级指挥中心经办维护。")


def record(
    row: Keeper, act: KeeperAct, actor: Actor, reason: str, detail: Mapping[str, Any]
) -> None:
    audit.record(
        Subject.KEEPER, row.id, act, actor, at=clock.now(), reason=reason.strip(), detail=detail
    )  # fmt: skip


def _told(said: Mapping[str, str], row: Keeper | None, actor: Actor) -> dict[str, Any]:
    """What the words mean. Raises Incomplete, every fault at its field."""
    told: dict[str, Any] = {name: said.get(name, "").strip() for name in LONGEST}
    errors = {
        name: [f"{LABELS[name]}最多{longest}个字"]
        for name, longest in LONGEST.items()
        if len(told[name]) > longest
    }
    if not told["name"]:
        errors["name"] = ["请填写姓名"]
    told["account_id"], wrong = _account(said.get("account", "").strip(), row, actor)
    if wrong:
        errors["account"] = [wrong]
    elif not told["account_id"] and not told["phone"]:
        errors["phone"] = ["没有账号的，请填写联系电话"]
    if not errors and (wrong := _taken(told, row, actor)):
        errors["name"] = [wrong]
    if errors:
        raise Incomplete(errors)
    return told


def _account(name: str, row: Keeper | None, actor: Actor) -> tuple[int | None, str]:
    """The account of this name, and what is wrong with it; one out of reach is no account."""
    if not name:
        return None, ""
    asked_for = select(User).where(User.name == name, accounts_here(actor))
    user = db.session.scalars(asked_for).first()
    if user is None:
        return None, f"没有“{name}”这个账号"
    if not user.is_active and (row is None or row.account_id != user.id):
        return None, "这个账号已停用"
    own = Keeper.id != (row.id if row else 0)
    asked = select(Keeper.name).where(own, Keeper.account_id == user.id, Keeper.ended_at.is_(None))
    if (other := db.session.scalar(asked)) is not None:
        return None, f"这个账号已是包保人“{other}”的"
    return user.id, ""


def _taken(told: Mapping[str, Any], row: Keeper | None, actor: Actor) -> str:
    """One person stands once: by name and telephone."""
    asked = select(keepers_of(actor)).where(
        Keeper.id != (row.id if row else 0), Keeper.name == told["name"],
        Keeper.phone == told["phone"], Keeper.ended_at.is_(None),
    )  # fmt: skip
    if not told["phone"] or (in_sight := db.session.scalar(asked.limit(1))) is None:
        return ""
    elsewhere = "" if in_sight else "，不在您的名单中，请市环委办经办指定"
    return f"已有同名、同电话的包保人{elsewhere}"
