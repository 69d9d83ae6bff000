"""What a person types into a paragraph, kept every few seconds: no closed page loses it."""

from datetime import datetime

from sqlalchemy import delete, select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import DraftTyping, Notice
from issues.notices.acts import refuse_unless_may
from issues.notices.desk.steps import MOST_PARAGRAPH
from issues.notices.rights import load
from issues.vocabulary import NoticeAct

NEW = "new-"
"""Before the id of the paragraph that one being typed is to stand behind."""
MOST_KEY = 40
MOST_OPEN = 50
"""Paragraphs one person has open in a draft; a program that opens more is refused."""


def keep(notice_id: int, actor: Actor, key: str, base: str, text: str) -> datetime:
    """Nothing of the draft is changed. Never commits; answers the moment it was kept.

    Raises NotFound, NotAllowed, WrongStatus, Incomplete.
    """
    notice = load(notice_id, actor)
    refuse_unless_may(NoticeAct.EDIT, notice, actor)
    if not key or len(key) > MOST_KEY or len(base) > MOST_KEY:
        raise Incomplete({"key": ["没有说明是哪一段"]})
    if len(text) > MOST_PARAGRAPH:
        raise Incomplete({"text": [f"一段最多{MOST_PARAGRAPH}字"]})
    now = clock.real_now()
    row = db.session.get(DraftTyping, (notice_id, actor.id, key))
    if row is None:
        if len(of(notice, actor)) >= MOST_OPEN:
            raise Incomplete({"key": [f"同时打开的段落最多{MOST_OPEN}段，请先保存"]})
        row = DraftTyping(notice_id=notice_id, account_id=actor.id, key=key)
        db.session.add(row)
    row.base, row.text, row.kept_at = base, text, now
    return now


def of(notice: Notice, actor: Actor) -> dict[str, DraftTyping]:
    """By paragraph what this person typed and has not sent."""
    rows = db.session.scalars(
        select(DraftTyping).where(
            DraftTyping.notice_id == notice.id, DraftTyping.account_id == actor.id
        )
    )
    return {row.key: row for row in rows}


def forget(notice_id: int, actor: Actor, key: str) -> None:
    """What was sent, or is wanted no more."""
    db.session.execute(
        delete(DraftTyping).where(
            DraftTyping.notice_id == notice_id,
            DraftTyping.account_id == actor.id,
            DraftTyping.key == key,
        )
    )


def drop(notice_id: int, actor: Actor, key: str) -> None:
    """The person wants it no more. Never commits. Raises NotFound."""
    load(notice_id, actor)
    forget(notice_id, actor, key)
