"""What the page of a paper shows of its way: receipts of each unit, its sheet, its minutes."""

from datetime import date
from typing import Any

from auth.actor import Actor
from issues.models import Notice
from issues.notices.passing.minutes import is_held, may_write_minutes
from issues.notices.passing.recipients import receipts_of
from issues.notices.rights import may_edit, sees_every


def sees_course(notice: Notice, person: Actor) -> bool:
    """Opinions on a draft are for who draws it up and for the city's people."""
    return sees_every(person) or may_edit(person, notice)


def beside(notice: Notice, person: Actor, today: date) -> dict[str, Any]:
    return {
        "receipts": receipts_of(notice),
        "sees_course": sees_course(notice, person),
        "may_write_minutes": is_held(notice, today) and may_write_minutes(person),
    }
