"""The history of one notice as its page shows it."""

from typing import NamedTuple

from issues.ground import clock
from issues.models import Event
from issues.notices.passing.opinions import said_in as opinion_of
from issues.queries.ticket.story import anchor_of
from issues.vocabulary import NoticeAct, ReturnGround


class Told(NamedTuple):
    """One line of the history as the timeline shows it."""

    at: str
    who: str
    label: str
    text: str
    anchor: str


def line_of(event: Event) -> Told:
    who = f"{event.unit} {event.actor}".strip()
    detail = event.detail
    text = event.reason or detail.get("text") or detail.get("number") or detail.get("name") or ""
    if event.action == NoticeAct.OPINE.value:
        text = opinion_of(detail)
    ground = ReturnGround.of(detail.get("ground", ""))
    lines = [text, *([f"退回属于：{ground.label}"] if ground else [])]
    at = f"{clock.local(event.at):%Y-%m-%d %H:%M}"
    return Told(at, who, NoticeAct(event.action).label, "\n".join(lines), anchor_of(event.id))
