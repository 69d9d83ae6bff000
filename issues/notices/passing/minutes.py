"""Minutes of the meeting that a summons called: drafted from its paper, once."""

from datetime import date, datetime

from auth.actor import Actor
from issues.ground import clock
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import Notice
from issues.notices.drafting import draft
from issues.notices.kinds import MINUTES
from issues.notices.kinds.own.typed import minutes_subject
from issues.notices.rights import kinds_to_draft
from issues.vocabulary import NoticeKind, NoticeStatus

MEETING = "meeting"
"""Trigger of minutes: its occurrence is the id of the summons."""


def draft_minutes(summons: Notice, actor: Actor, at: datetime) -> Notice:
    """Minutes of the meeting that a signed summons called, with what it says of it. Never commits.

    Raises NotAllowed, WrongStatus before the day of the meeting or where there are some.
    """
    if not may_write_minutes(actor):
        raise NotAllowed("您没有起草会议纪要的权限。")
    if not is_held(summons, clock.day_of(at)):
        raise WrongStatus("约谈尚未举行，不能起草纪要。")
    meeting = {name: said for name, said in summons.facts["meeting"].items() if said}
    host = [meeting["host"]] if meeting.get("host") else []
    words = {
        "form": MINUTES,
        "meeting": meeting,
        "minutes": {
            "present": [*host, *(meeting.get("attendees") or [])],
            "summons": summons.number,
        },
        "subject": minutes_subject(summons.facts["issues"]),
    }
    issues = list(summons.issues)
    made = draft(NoticeKind.N9, issues, MEETING, str(summons.id), actor, at, words)
    if made is None:
        raise WrongStatus("本次约谈的纪要已经起草。")
    return made


def may_write_minutes(actor: Actor) -> bool:
    return NoticeKind.N9 in kinds_to_draft(actor)


def is_held(summons: Notice, today: date) -> bool:
    """Whether it is a summons in force whose day has come."""
    on = (summons.facts.get("meeting") or {}).get("on")
    is_signed = summons.kind is NoticeKind.N4 and summons.status is NoticeStatus.SIGNED
    return bool(is_signed and on and on <= today.isoformat())
