"""The second factor: codes of a device (TOTP, RFC 6238) and the recovery codes for its loss.

A code is good for its own half minute and the one on either side, and once. Never commits.
"""

import base64
import hmac
import re
import secrets
from datetime import datetime
from typing import NamedTuple

import pyotp
from sqlalchemy import Select, and_, func, select

from auth.acting import locked, record
from auth.actor import Actor
from auth.models import User
from auth.proofs.models import RecoveryCode, SecondFactor
from auth.sessions import end_sessions
from auth.signin import actor_for, digest_of
from extensions import db
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.ground.secrecy import sealing
from issues.imprints.writing import change, remove
from issues.vocabulary import AccountAct

AROUND = (0, -1, 1)
"""Clocks of devices run a little fast or slow."""
HOW_MANY = 10
CODE = re.compile(r"\d{6}", re.ASCII)
WRONG_CODE = "动态口令不正确或已用过。请核对手机时间，等下一个口令出现后再填。"


class Beginning(NamedTuple):
    """What is shown once to the person who adds a device."""

    secret: str
    uri: str


class Kept(NamedTuple):
    """What a person is told of their factor."""

    since: datetime
    codes_left: int


def is_on(user_id: int) -> bool:
    return bool(db.session.scalar(select(_live(user_id).exists())))


def kept(user_id: int) -> Kept | None:
    row = db.session.scalar(_live(user_id))
    if row is None or row.confirmed_at is None:
        return None
    unused = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.factor_id == row.id, RecoveryCode.used_at.is_(None))
    )
    return Kept(row.confirmed_at, db.session.scalar(unused) or 0)


def _live(user_id: int) -> Select[SecondFactor]:
    return select(SecondFactor).where(
        SecondFactor.user_id == user_id,
        SecondFactor.ended_at.is_(None),
        SecondFactor.confirmed_at.is_not(None),
    )


def _begun(user_id: int) -> Select[SecondFactor]:
    return select(SecondFactor).where(
        SecondFactor.user_id == user_id,
        SecondFactor.ended_at.is_(None),
        SecondFactor.confirmed_at.is_(None),
    )


def begin(actor: Actor) -> None:
    """A new secret for a device that is not confirmed yet; one begun before is thrown away."""
    user = locked(actor.id)
    if is_on(user.id):
        raise WrongStatus("动态口令已启用；换手机请先停用，再重新启用。")
    remove(SecondFactor, (SecondFactor.user_id == user.id) & SecondFactor.confirmed_at.is_(None))
    row = SecondFactor(user_id=user.id, made_at=clock.real_now())
    _seal(row, pyotp.random_base32(32))
    db.session.add(row)
    db.session.flush()


def begun(actor: Actor, issuer: str) -> Beginning | None:
    row = db.session.scalar(_begun(actor.id or 0))
    if row is None:
        return None
    secret = _opened(row)
    return Beginning(
        secret, pyotp.TOTP(secret).provisioning_uri(name=actor.name, issuer_name=issuer)
    )


def _seal(row: SecondFactor, secret: str) -> None:
    row.sealed = sealing.seal(secret.encode(), _place(row))
    row.key_id = sealing.current_key()


def _opened(row: SecondFactor) -> str:
    """Raises CannotOpen where no key of this installation opens it."""
    return sealing.open_sealed(row.sealed, _place(row)).decode()


def _place(row: SecondFactor) -> str:
    return f"second_factor:{row.user_id}"


def reseal(row: SecondFactor) -> None:
    """With the key of today. Raises CannotOpen."""
    _seal(row, _opened(row))


def confirm(actor: Actor, code: str) -> list[str]:
    """The device shows the right code: the factor holds from now on. Its recovery codes."""
    user = locked(actor.id)
    row = db.session.scalar(_begun(user.id).execution_options(populate_existing=True))
    if row is None:
        raise WrongStatus("请先生成二维码，再填写动态口令。")
    step = _step_of(row, code)
    if step is None:
        raise Incomplete({"code": [WRONG_CODE]})
    row.confirmed_at, row.last_step = clock.real_now(), step
    codes = _new_codes(row)
    end_sessions(user.id, but=actor.sign_in_id)
    record(user, AccountAct.SET_FACTOR, actor)
    return codes


def new_codes(actor: Actor, code: str) -> list[str]:
    """Ten others; those before are good for nothing. Raises Incomplete."""
    user = locked(actor.id)
    _require_code(user, code)
    row = db.session.scalars(_live(user.id)).one()
    remove(RecoveryCode, RecoveryCode.factor_id == row.id)
    codes = _new_codes(row)
    record(user, AccountAct.NEW_CODES, actor)
    return codes


def end(actor: Actor, code: str) -> None:
    """By its owner, who proves it once more, by a recovery code where the device is gone."""
    user = locked(actor.id)
    _require_code(user, code)
    wipe(user)
    end_sessions(user.id, but=actor.sign_in_id)
    record(user, AccountAct.END_FACTOR, actor)


def _require_code(user: User, code: str) -> None:
    if not is_on(user.id) or not use(user, code):
        raise Incomplete({"code": [WRONG_CODE]})


def reset(actor: Actor, user: User) -> None:
    """The device is lost: for who has been asked whether they may (auth/pairs.py)."""
    if not is_on(user.id):
        raise WrongStatus("该账号没有启用动态口令，不需要重置。")
    wipe(user)
    end_sessions(user.id)
    record(user, AccountAct.RESET_FACTOR, actor)


def wipe(user: User) -> None:
    """The factor is no more; of its secret and its recovery codes nothing stays."""
    ids = select(SecondFactor.id).where(SecondFactor.user_id == user.id)
    remove(RecoveryCode, RecoveryCode.factor_id.in_(ids))
    live = (SecondFactor.user_id == user.id) & SecondFactor.ended_at.is_(None)
    change(SecondFactor, live, sealed=b"", ended_at=clock.real_now())


def use(user: User, text: str) -> bool:
    """Whether it is a code of the device or a recovery code; it is used up by being asked."""
    row = db.session.scalar(_live(user.id))
    if row is None:
        return False
    if CODE.fullmatch(text.strip()):
        step = _step_of(row, text)
        return step is not None and _take_step(row.id, step)
    return _take_recovery(user, row.id, text)


def _step_of(row: SecondFactor, text: str) -> int | None:
    """The half minute whose code this is, if it lies near now and after the last one taken."""
    device = pyotp.TOTP(_opened(row))
    now = device.timecode(clock.real_now())
    return next(
        (
            now + by
            for by in AROUND
            if hmac.compare_digest(device.generate_otp(now + by), text.strip())
            and now + by > row.last_step
        ),
        None,
    )


def _take_step(factor_id: int, step: int) -> bool:
    """Of two who send one code at once, one is first."""
    earlier = and_(
        SecondFactor.id == factor_id,
        SecondFactor.last_step < step,
        SecondFactor.ended_at.is_(None),
    )
    return change(SecondFactor, earlier, last_step=step) == 1


def _take_recovery(user: User, factor_id: int, text: str) -> bool:
    plain = re.sub(r"[\s-]", "", text).upper()
    unused = and_(
        RecoveryCode.factor_id == factor_id,
        RecoveryCode.digest == digest_of(plain),
        RecoveryCode.used_at.is_(None),
    )
    is_taken = change(RecoveryCode, unused, used_at=clock.real_now()) == 1
    if is_taken:
        record(user, AccountAct.USE_RECOVERY, actor_for(user))
    return is_taken


def _new_codes(row: SecondFactor) -> list[str]:
    codes = [base64.b32encode(secrets.token_bytes(15)).decode() for _ in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(factor_id=row.id, digest=digest_of(code)) for code in codes)
    db.session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]
