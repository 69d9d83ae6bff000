"""Wrong tries to sign in: counted by account and by address, over all processes. Never commits.

A try is noted before it is judged, so that parallel guesses cannot slip past the count. One that
was refused unjudged is taken back: being refused makes no lock longer. A success takes back the
tries of that account from the same address, so a whole office behind one address that mistypes now
and then is never near the bound.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import ColumnElement, delete, func, select, update

from auth.models import LoginAttempt
from extensions import db
from issues.ground import clock
from issues.ground.refusals import Later

WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), WINDOW)
MORE_EACH_STEP = 20
"""So many failures of an address between one wait and the next longer one."""
MOST_KEPT = 50_000
"""Beyond, the oldest go: the table is bounded whatever is sent from however many addresses."""
NAME_LIMIT, ADDRESS_LIMIT = 80, 64
OF_ONE_HOME = 64
"""Whoever has one address of IPv6 has all that share its first 64 bits."""


class TooManyTries(Later):
    """The account is slowed down or locked for a while."""

    def __init__(self, wait: timedelta, who: str = "该账号连续输错密码，已暂停登录") -> None:
        seconds = max(1, int(wait.total_seconds()))
        super().__init__(f"{who}，请约 {-(-seconds // 60)} 分钟后再试。", seconds)


class TooManyFromHere(TooManyTries):
    """The address is: whoever is signed in stays so."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait, "从您所在的网络登录失败过多，已暂停从该网络登录")


def note_try(name: str, address: str) -> int:
    """Count a try before it is judged. `name` is empty where another system judges it."""
    now = clock.real_now()
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.at < now - WINDOW))
    row = LoginAttempt(name=name[:NAME_LIMIT], address=counted(address), at=now)
    db.session.add(row)
    db.session.flush()
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.id <= row.id - MOST_KEPT))
    return row.id


def refuse_if_too_many(name: str, address: str, free_each_address: int, mine: int = 0) -> None:
    """Before a try and once it is noted as `mine`. Raises TooManyTries, TooManyFromHere.

    Asked before, so that who is refused anyway writes nothing; asked after, so that of many at
    once none slips past.
    """
    name = name[:NAME_LIMIT]
    if name and (left := _wait(LoginAttempt.name == name, mine, FREE_TRIES, 1)):
        raise TooManyTries(left)
    here = LoginAttempt.address == counted(address)
    if left := _wait(here, mine, free_each_address, MORE_EACH_STEP):
        raise TooManyFromHere(left)


def _wait(alike: ColumnElement[bool], mine: int, free: int, each_step: int) -> timedelta | None:
    """How long to rest yet, for the tries alike of the last quarter of an hour."""
    now = clock.real_now()
    others = select(func.count(), func.max(LoginAttempt.at)).where(
        alike, LoginAttempt.id != mine, LoginAttempt.at >= now - WINDOW
    )
    count, last = db.session.execute(others).one()
    if count < free or last is None:
        return None
    step = min((count - free) // each_step, len(WAITS) - 1)
    left = last + WAITS[step] - now
    return left if left > timedelta(0) else None


def forget_try(attempt_id: int) -> None:
    """Take back a try that was not judged, or that was right."""
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.id == attempt_id))


def forget_tries(name: str, address: str) -> None:
    """After a success: the account begins anew, other addresses that tried it do not."""
    here = LoginAttempt.address == counted(address)
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.name == name, here))
    free(name)


def free(name: str) -> None:
    """The account may be tried anew at once; the addresses that tried it are no better for it."""
    db.session.execute(update(LoginAttempt).where(LoginAttempt.name == name).values(name=""))


def counted(address: str) -> str:
    """The address as it is counted: of IPv6 the network of one home."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:ADDRESS_LIMIT]
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ip_network((known, OF_ONE_HOME), strict=False))
    return str(known)
