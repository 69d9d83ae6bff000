"""The history of one ticket of a volume: its acts in order, chained as audit.py chains them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from config import EXAMPLE_DAY
from issues import audit
from issues.ground.present import present
from issues.rules.firings import Firing
from issues.vocabulary import Action, Status
from seed.bulk.facts import CLAIMED, PLANNED, Ticket
from seed.bulk.rows import City, moment

STEPS = (
    (Action.REGISTER, "sun", "", Status.DRAFT, -1),
    (Action.ASSIGN, "sun", Status.DRAFT, Status.ASSIGNED, 0),
    (Action.ACKNOWLEDGE, "chen", Status.ASSIGNED, Status.PLANNING, 1),
    (Action.SUBMIT_PLAN, "chenlead", Status.PLANNING, Status.PLAN_REVIEW, 8),
    (Action.APPROVE_PLAN, "liulead", Status.PLAN_REVIEW, Status.RECTIFYING, 12),
    (Action.REPORT_PROGRESS, "chen", Status.RECTIFYING, Status.RECTIFYING, 13),
    (Action.CONFIRM_PROGRESS, "liu", Status.RECTIFYING, Status.RECTIFYING, 14),
)
CLOSING = (
    (Action.REQUEST_ACCEPTANCE, "chenlead", Status.RECTIFYING, Status.FIRST_ACCEPTANCE),
    (Action.PASS_FIRST_ACCEPTANCE, "liulead", Status.FIRST_ACCEPTANCE, Status.SITE_CHECK),
    (Action.RECORD_SITE_CHECK, "lin", Status.SITE_CHECK, Status.APPROVAL),
    (Action.APPROVE_CLOSURE, "zhou", Status.APPROVAL, Status.PUBLICITY),
    (Action.CLOSE, "sun", Status.PUBLICITY, Status.CLOSED),
)

NUMBER = '"subject_id":'


class Act(NamedTuple):
    """An act of any ticket: its columns, and its text before and after the ticket's own number."""

    columns: dict[str, Any]
    head: str
    tail: str


def event_rows(
    city: City, issue_id: int, each: Ticket, _fired: list[Firing]
) -> Iterator[dict[str, Any]]:
    """The chain of its acts, each row with the digest of the one before it."""
    previous = audit.START
    for seq, told in enumerate(_acts(each), start=1):
        act = _act(city, seq, *told)
        digest = audit.chained(previous, f"{act.head}{issue_id}{act.tail}")
        yield act.columns | {"subject_id": issue_id, "previous": previous, "digest": digest}
        previous = digest


@lru_cache(100_000)
def _act(city: City, seq: int, action: Action, who: str, before: str, after: str, day: date) -> Act:
    person = city.people[who]
    columns: dict[str, Any] = {
        "subject": "ticket",
        "subject_id": 0,
        "seq": seq,
        "action": action.value,
        "actor_id": person.id,
        "actor": person.display_name,
        "unit": person.unit,
        "at": moment(day, 9 + seq % 8),
        "on": day,
        "before": str(before),
        "after": str(after),
        "reason": "",
        "detail": {},
        "is_covert": False,
    }
    head, tail = audit.text_of(SimpleNamespace(**columns)).split(f"{NUMBER}0")
    return Act(columns, head + NUMBER, tail)


def _acts(each: Ticket) -> Iterator[tuple[Any, ...]]:
    """The acts that brought a ticket to its status, in order."""
    for action, who, before, after, days in STEPS:
        day = min(each.assigned + timedelta(days=days), EXAMPLE_DAY)
        yield action, who, before, after, day
        if after == each.status and each.status not in PLANNED:
            return
    if each.status not in CLAIMED:
        return
    claimed = present(each.claimed, "the day of the claim")
    for place, (action, who, before, after) in enumerate(CLOSING):
        is_end = action is Action.CLOSE
        day = each.closed if is_end and each.closed else claimed + timedelta(days=place)
        yield action, who, before, each.status if is_end else after, min(day, EXAMPLE_DAY)
        if after == each.status:
            return
