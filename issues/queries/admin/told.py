"""What others did to a person's account, and how it was entered, told until its owner knows.

It is read from the account's history each time; kept is only how far the person has read it.
"""

from typing import NamedTuple

from sqlalchemy import func, select

from extensions import db
from issues import personal
from issues.ground import clock
from issues.models import Event, Preference
from issues.vocabulary import BY_A_LINK, BY_NOBODY, OF_OTHERS, AccountAct, Subject

SHOWN = 20
MOST_TOLD = 5


class Told(NamedTuple):
    """What the person has not read yet, and the line of the history it goes up to."""

    sentence: str
    up_to: int


def begin_telling(user_id: int) -> bool:
    """Whether anything is to be told now that the person signs in. Never commits.

    Who signs in for the first time is told nothing of how the account came to be.
    """
    if db.session.get(Preference, (user_id, personal.TOLD)) is None:
        last = _last(user_id, AccountAct.SIGN_IN) or _last(user_id)
        db.session.add(Preference(user_id=user_id, key=personal.TOLD, value=last))
        db.session.flush()
    return untold(user_id) is not None


def untold(user_id: int) -> Told | None:
    """Two statements."""
    read = db.session.get(Preference, (user_id, personal.TOLD))
    if read is None:
        return None
    about = Event.is_about(Subject.ACCOUNT, user_id)
    rows = db.session.scalars(
        select(Event).where(about, Event.seq > read.value).order_by(Event.seq)
    ).all()
    told = [f"{clock.local(row.at):%Y-%m-%d %H:%M} {_whose(row)}" for row in rows if _is_told(row)]
    if not told:
        return None
    left = len(told) - MOST_TOLD
    more = f"；另有 {left} 项见“我的账号”" if left > 0 else ""
    return Told("；".join(told[:MOST_TOLD]) + more, rows[-1].seq)


def mark_read(user_id: int, up_to: int) -> None:
    """What came after the page was drawn is still told. Never commits."""
    read = db.session.get(Preference, (user_id, personal.TOLD))
    if read is not None:
        read.value = max(read.value, min(up_to, _last(user_id)))


def _last(user_id: int, act: AccountAct | None = None) -> int:
    found = select(func.max(Event.seq)).where(Event.is_about(Subject.ACCOUNT, user_id))
    if act is not None:
        found = found.where(Event.action == act.value)
    return db.session.scalar(found) or 0


def _is_told(row: Event) -> bool:
    act = AccountAct.of(row.action)
    return act in BY_A_LINK or (act in OF_OTHERS and row.actor_id != row.subject_id)


def _whose(row: Event) -> str:
    """Who did what; a try that failed is nobody's."""
    act = AccountAct.of(row.action)
    if act in BY_NOBODY or act in BY_A_LINK:
        return _what(row)
    by = row.actor if row.actor_id else "运维人员在服务器上"
    return f"由{by}{_what(row)}"


def _what(row: Event) -> str:
    """The act, with the role it was about or the address it came from."""
    act = Subject.ACCOUNT.act_of(row.action)
    label = act.label if act else row.action
    address = row.detail.get("address", "")
    role = Subject.ACCOUNT.state_of(row.after or row.before)
    return label + (f"“{role}”" if role else f"（来自 {address}）" if address else "")


def latest(user_id: int) -> list[tuple[Event, str]]:
    """The newest rows of an account's history with what each says. One statement."""
    rows = db.session.scalars(
        select(Event)
        .where(Event.is_about(Subject.ACCOUNT, user_id))
        .order_by(Event.seq.desc())
        .limit(SHOWN)
    )
    return [(row, _what(row)) for row in rows]
