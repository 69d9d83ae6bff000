"""What others did to a person's account, and how it was entered: told to its owner."""

from sqlalchemy import func, select

from extensions import db
from issues.ground import clock
from issues.models import Event
from issues.vocabulary import AccountAct, Subject

SHOWN = 20
MOST_TOLD = 5
OF_OTHERS = frozenset({
    AccountAct.RESET_PASSWORD, AccountAct.RESET_FACTOR, AccountAct.GRANT, AccountAct.REVOKE,
    AccountAct.DISABLE, AccountAct.ENABLE, AccountAct.END_SESSION, AccountAct.ISSUE_TOKEN,
    AccountAct.UNLOCK, AccountAct.SIGN_IN_FAILED, AccountAct.PROOF_FAILED,
    AccountAct.LINK, AccountAct.CONFIRM_LINK, AccountAct.UNLINK, AccountAct.OPEN_PASSWORD,
})  # fmt: skip
BY_A_LINK = frozenset({AccountAct.SET_PASSWORD, AccountAct.USE_RECOVERY})
"""Done in the person's own name, perhaps by who had stolen a link or a code."""


def since_the_last_visit(user_id: int) -> str:
    """One sentence of what happened since the person last signed in; empty where nothing did.

    Two statements.
    """
    about = Event.is_about(Subject.ACCOUNT, user_id)
    last = db.session.scalar(
        select(func.max(Event.seq)).where(about, Event.action == AccountAct.SIGN_IN.value)
    )
    if last is None:
        return ""
    rows = db.session.scalars(
        select(Event).where(about, Event.seq > last).order_by(Event.seq)
    ).all()
    told = [
        f"{clock.local(row.at):%Y-%m-%d %H:%M} {row.actor if row.actor_id else ''}{_what(row)}"
        for row in rows
        if _is_told(row, user_id)
    ]
    left = len(told) - MOST_TOLD
    return "；".join(told[:MOST_TOLD]) + (f"；另有 {left} 项见“我的账号”" if left > 0 else "")


def _is_told(row: Event, user_id: int) -> bool:
    act = AccountAct.of(row.action)
    return act in BY_A_LINK or (act in OF_OTHERS and row.actor_id != user_id)


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
