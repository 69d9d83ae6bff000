"""Addresses of a person, and of a unit's group: added, proven by a code sent to them, ended.

Nothing is sent here: code and test are lines of the outbox. Never commits.
"""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from auth.acting import locked, record
from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound
from issues.ground.secrecy import sealing
from issues.messages.kinds import FIELD, read
from issues.messages.telling import channel_of
from issues.models import Address, Outbox
from issues.notices.delivery import outbox
from issues.vocabulary import AccountAct, Role, Subject, UnitAct

CODE, TEST = "code", "test"
URGENT = (CODE, TEST)
"""Lines that somebody waits for before the page: sent in the hours of quiet too."""
CODE_LIFE = timedelta(minutes=30)
CODE_EVERY = timedelta(minutes=1)
MOST, MOST_A_DAY, MOST_TRIES = 5, 10, 5
TO_ADDRESS = "发往这个地址的消息还没有送出，请一分钟后再试"
WRONG = "验证码不正确，请核对收到的 6 位数字"
TOO_LATE = "验证码已失效，请重新发送"


class Kept(NamedTuple):
    """What is sealed: where to, and the code that proves it, empty once it has."""

    to: str
    code: str


def leads(actor: Actor) -> bool:
    """Whether the group address of their unit is theirs to keep."""
    return actor.unit_id is not None and actor.has(Role.UNIT_LEADER)


def of_person(actor: Actor) -> list[Address]:
    return list(db.session.scalars(_live(Address.user_id == actor.id)))


def of_unit(actor: Actor) -> list[Address]:
    return list(db.session.scalars(_live(Address.unit_id == actor.unit_id)))


def _live(whose: ColumnElement[bool]) -> Select[Address]:
    return select(Address).where(Address.ended_at.is_(None), whose).order_by(Address.id)


def find(actor: Actor, address_id: int) -> Address:
    """One of the person's own, or of the unit they lead; held. Raises NotFound."""
    mine = [Address.user_id == actor.id]
    if leads(actor):
        mine.append(Address.unit_id == actor.unit_id)
    row = db.session.scalar(_live(or_(*mine)).where(Address.id == address_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def add(actor: Actor, text: str, *, for_unit: bool) -> Address:
    """Not used before it is proven; a code is on its way. Raises NotFound, Incomplete."""
    user = locked(actor.id)
    if for_unit and not leads(actor):
        raise NotFound
    target, now = read(text), clock.real_now()
    whose = Address.unit_id == actor.unit_id if for_unit else Address.user_id == actor.id
    _refuse_too_many(whose, now)
    row = Address(
        user_id=None if for_unit else user.id, unit_id=actor.unit_id if for_unit else None,
        kind=target.kind, shown=target.shown, sealed=b"", key_id="", made_at=now,
        made_by_id=user.id, tries=0,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _seal(row, target.to, "")
    _record(row, AccountAct.ADD_ADDRESS, UnitAct.ADD_ADDRESS, actor)
    send_code(row)
    return row


def _refuse_too_many(whose: ColumnElement[bool], now: datetime) -> None:
    live = func.count(Address.id).filter(Address.ended_at.is_(None))
    lately = func.count(Address.id).filter(Address.made_at > now - timedelta(days=1))
    held, made = db.session.execute(select(live, lately).where(whose)).one()
    if held >= MOST:
        raise Incomplete({FIELD: [f"最多保存{MOST}个地址，请先停用不用的"]})
    if made >= MOST_A_DAY:
        raise Incomplete({FIELD: [f"一天最多添加{MOST_A_DAY}个地址，请明天再试"]})


def send_code(row: Address) -> None:
    """A new one; the one before is worth nothing any more. Raises Incomplete."""
    if row.proven_at is not None:
        raise Incomplete({}, "这个地址已经验证。")
    _write(row, CODE)
    _seal(row, opened(row).to, f"{secrets.randbelow(10**6):06}")
    row.code_until, row.tries = clock.real_now() + CODE_LIFE, 0


def note_try(actor: Actor, address_id: int) -> None:
    """Counted before it is judged, in a transaction of its own: a refusal does not undo it."""
    find(actor, address_id).tries += 1


def prove(actor: Actor, address_id: int, code: str) -> Address:
    """Used from now on. Raises Incomplete."""
    row, now = find(actor, address_id), clock.real_now()
    if row.proven_at is not None:
        return row
    kept = opened(row)
    if row.tries > MOST_TRIES or row.code_until is None or row.code_until < now:
        raise Incomplete({"code": [TOO_LATE]})
    if not kept.code or not secrets.compare_digest(kept.code.encode(), code.encode()):
        raise Incomplete({"code": [WRONG]})
    row.proven_at, row.code_until = now, None
    _seal(row, kept.to, "")
    _record(row, AccountAct.PROVE_ADDRESS, UnitAct.PROVE_ADDRESS, actor)
    return row


def test(row: Address) -> None:
    """A line of no message, to see that it comes. Raises Incomplete."""
    if row.proven_at is None:
        raise Incomplete({}, "请先填写验证码。")
    _write(row, TEST)


def _write(row: Address, about: str) -> None:
    """Once a minute, so that nobody's mailbox is filled by it. Raises Incomplete."""
    now = clock.real_now()
    lately = (
        Outbox.address_id == row.id, Outbox.about.in_(URGENT), Outbox.written_at > now - CODE_EVERY
    )  # fmt: skip
    if db.session.scalar(select(func.count(Outbox.id)).where(*lately)):
        raise Incomplete({}, f"{TO_ADDRESS}。")
    db.session.add(
        Outbox(
            address_id=row.id,
            about=about,
            channel=channel_of(row),
            line="",
            written_at=now,
            next_at=now,
        )
    )


def end(actor: Actor, address_id: int) -> Address:
    """What was sealed is wiped, what waits is not sent."""
    row = find(actor, address_id)
    row.ended_at, row.sealed, row.key_id = clock.real_now(), b"", ""
    outbox.end(Outbox.address_id == row.id, "地址已停用")
    _record(row, AccountAct.END_ADDRESS, UnitAct.END_ADDRESS, actor)
    return row


def opened(row: Address) -> Kept:
    """Where to, and the code that proves it. Raises CannotOpen."""
    to, code = sealing.open_sealed(row.sealed, _place(row)).decode().split("\n")
    return Kept(to, code)


def reseal(row: Address) -> None:
    kept = opened(row)
    _seal(row, kept.to, kept.code)


def _seal(row: Address, to: str, code: str) -> None:
    row.sealed = sealing.seal(f"{to}\n{code}".encode(), _place(row))
    row.key_id = sealing.current_key()


def _place(row: Address) -> str:
    return f"address {row.id}"


def _record(row: Address, act: AccountAct, of_unit_act: UnitAct, actor: Actor) -> None:
    if row.unit_id is None:
        record(locked(row.user_id), act, actor, address=row.shown)
        return
    present(db.session.get(Unit, row.unit_id, with_for_update=True), "the unit")
    audit.record(
        Subject.UNIT, row.unit_id, of_unit_act, actor, at=clock.now(),
        detail={"address": row.shown},
    )  # fmt: skip
