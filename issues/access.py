"""What somebody takes out of the system or is refused, in the history of their account.

A minute's repetitions of one thing are one row: the next one tells how many there were.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from auth.actor import SYSTEM, Actor
from auth.models import User
from extensions import db
from issues import audit
from issues.models import Event, RefusalTally
from issues.vocabulary import AccessAct, Subject

MINUTE = timedelta(minutes=1)
LONGEST_ROUTE = 80


def note(
    act: AccessAct, actor: Actor, what: str, *, at: datetime, detail: Mapping[str, Any]
) -> Event:
    """One row in the person's own history. Never commits."""
    number = _locked(actor)
    return audit.record(
        Subject.ACCOUNT, number, act, actor, at=at, reason=what, detail=detail
    )  # fmt: skip


def note_folded(
    act: AccessAct,
    actor: Actor,
    what: str,
    *,
    at: datetime,
    now: datetime,
    route: str,
    detail: Mapping[str, Any],
) -> Event | None:
    """The same, but of one person and route once a minute; None where it was only counted.

    `now` is the real moment: what is folded ages by it.
    """  # fmt: skip
    number, route = _locked(actor), f"{act.value} {route}"[:LONGEST_ROUTE]
    tally = db.session.get(RefusalTally, (number, route))
    if tally is not None and tally.since <= now < tally.since + MINUTE:
        tally.folded += 1
        return None
    earlier = tally.folded if tally else 0
    if tally is None:
        tally = RefusalTally(user_id=number, route=route)
        db.session.add(tally)
    tally.since, tally.folded = now, 0
    told = f"{what}（此前一分钟内另有{earlier}次）" if earlier else what
    return note(act, actor, told, at=at, detail={**detail, "folded": earlier})


def note_command(what: str, at: datetime) -> Event:
    """An export on the command line, where nobody is signed in. Never commits."""
    return audit.record(Subject.RECORD, 0, AccessAct.EXPORT, SYSTEM, at=at, reason=what)


def _locked(actor: Actor) -> int:
    """The account's id; whoever writes into its history waits for the one before."""
    found = select(User.id).where(User.id == actor.id).with_for_update(key_share=True)
    return db.session.scalars(found).one()


def count_untold(now: datetime) -> int:
    """Rows that no later refusal has told of, or that nothing is left to tell of."""
    return db.session.scalar(select(func.count()).where(_is_over(now))) or 0


def tell_folded(now: datetime, at: datetime) -> int:
    """Write the counts that no later one has told; how many. Never commits."""
    rows = db.session.scalars(select(RefusalTally).where(_is_over(now)).with_for_update()).all()
    told = [row for row in rows if row.folded]
    for row in told:
        act, _, route = row.route.partition(" ")
        audit.record(
            Subject.ACCOUNT, row.user_id, AccessAct(act), SYSTEM, at=at,
            reason=f"{route}（一分钟内另有{row.folded}次）",
            detail={"route": route, "folded": row.folded},
        )  # fmt: skip
    for row in rows:
        db.session.delete(row)
    return len(told)


def _is_over(now: datetime) -> ColumnElement[bool]:
    return RefusalTally.since < now - MINUTE
