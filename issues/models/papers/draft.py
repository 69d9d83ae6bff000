"""What a draft was at each step, what somebody is typing into it, the pictures of its annexes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary.desk import DeskAct


class DraftVersion(Model):
    """A draft's words after one act of editing. `what` says of which paragraph it was.

    `words` are those of the notice's facts at that time, whole. Written once, never changed.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]
    act: Mapped[DeskAct] = mapped_column(word(DeskAct))
    what: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index("uq_draft_version_number", "notice_id", "number", unique=True),
        CheckConstraint("number >= 1", name="from_one"),
    )


class DraftTyping(Model):
    """What one person typed into one paragraph and has not sent. `base`: what it was typed upon.

    `key` is the paragraph's in an address, or of the place where one is to be added.
    """

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    base: Mapped[str] = mapped_column(String(32), default="")
    text: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(Instant)


class DraftPicture(Model):
    """A picture of an annex: bytes made once from a file on a ticket of the paper, kept for good.

    `page`: of a PDF, from 1; 0 of a photo. `width`, `height` in pixels. The paper names it by its
    digest.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    page: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]

    __table_args__ = (
        Index("uq_draft_picture_evidence", "notice_id", "evidence_id", "page", unique=True),
        CheckConstraint("width > 0 AND height > 0", name="has_size"),
    )
