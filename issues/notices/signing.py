"""Signing: the check, the number, the page and its digest, in one transaction of the caller's."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from auth.actor import Actor
from issues import clock
from issues.evidence.store import Store
from issues.models import Notice
from issues.notices.faces import Faces
from issues.notices.gongwen import render
from issues.notices.kinds import compose
from issues.notices.numbering import take_number
from issues.notices.readiness import draft_now
from issues.refusals import Incomplete
from issues.thresholds import refresh
from issues.vocabulary import NoticeStatus

LARGEST = 8 * 1024 * 1024
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Press:
    """What a document is made with. `verify_url` answers the address a token is verified at."""

    store: Store
    faces: Callable[[], Faces]
    verify_url: Callable[[str], str]
    is_example: bool = False


def preview(notice: Notice, at: datetime, press: Press) -> bytes:
    """The draft as a PDF that says on every page that it is none."""
    faces = press.faces()
    return render(draft_now(notice, at, faces, is_example=press.is_example).document, faces).pdf


def sign(notice: Notice, actor: Actor, at: datetime, press: Press) -> None:
    """Freeze the document. Never commits; the bytes are kept before the row can be.

    Raises Incomplete with every fault of the document.
    """
    faces, on = press.faces(), clock.day_of(at)
    ready = draft_now(notice, at, faces, is_example=press.is_example)
    if ready.faults:
        raise Incomplete({"document": ready.faults}, "文书有需要更正的地方,尚未签发。")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    facts = ready.facts | {
        "number": take_number(notice.kind, on.year),
        "signed_on": on.isoformat(),
        "qr_url": press.verify_url(token),
    }
    document = compose(facts)
    kept = press.store.put(BytesIO(render(document, faces).pdf), limit=LARGEST)
    notice.facts, notice.title, notice.number = facts, document.title, facts["number"]
    notice.status, notice.signed_on, notice.signed_by_id = NoticeStatus.SIGNED, on, actor.id
    notice.sign_due, notice.reply_due = _day(facts["sign_due"]), _day(facts["reply_due"])
    notice.sha256, notice.token = kept.sha256, token
    refresh_tickets(notice, at)


def refresh_tickets(notice: Notice, at: datetime) -> None:
    """What a notice is signed, answered or void changes the colour of its tickets (Y6, R4)."""
    for issue in notice.issues:
        refresh(issue, at)


def frozen(notice: Notice, press: Press) -> bytes:
    """The signed PDF, checked against its digest. Raises Damaged, Missing."""
    with press.store.read_verified(notice.sha256) as file:
        return file.read()


def redrawn(notice: Notice, faces: Faces) -> bytes:
    """The same page drawn again from the stored facts: for a signed notice, the same bytes."""
    return render(compose(notice.facts), faces).pdf


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
