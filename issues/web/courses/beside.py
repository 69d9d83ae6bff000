"""What the page of a paper shows of its way: receipts of each unit, its sheet, its minutes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from auth.actor import Actor
from issues.models import Event, Notice
from issues.notices.passing.minutes import is_held, may_write_minutes
from issues.notices.passing.recipients import receipts_of
from issues.notices.rights import may_edit, sees_every
from issues.vocabulary import NoticeAct


def sees_course(notice: Notice, person: Actor) -> bool:
    """Opinions on a draft are for who draws it up and for the city's people."""
    return sees_every(person) or may_edit(person, notice)


def seen_of(history: Sequence[Event], notice: Notice, person: Actor) -> list[Event]:
    """What was said of a draft is not for whom the paper is for."""
    sees = sees_course(notice, person)
    return [one for one in history if sees or one.action != NoticeAct.OPINE.value]


def beside(notice: Notice, person: Actor, today: date) -> dict[str, Any]:
    sees = sees_course(notice, person)
    receipts = receipts_of(notice)
    due = _day(notice.facts.get("sign_due"))
    return {
        "receipt_due": due,
        "receipts_late": due is not None and due < today,
        "receipts": [one for one in receipts if sees or one.unit_id == person.unit_id],
        "sees_course": sees,
        "may_write_minutes": is_held(notice, today) and may_write_minutes(person),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
