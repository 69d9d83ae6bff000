"""Texts that were read into drafts, and which paragraphs of them became which ticket."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.models.issue import Issue
from issues.vocabulary import Source


class TextDocument(Model):
    """A pasted or uploaded text, its bytes kept sealed. `source` is that of its tickets."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    source: Mapped[Source] = mapped_column(word(Source))
    sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(16), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    user: Mapped[User] = relationship()


class TextItem(Model):
    """Where a ticket comes from: the paragraphs, counted from one, and their digest."""

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("text_document.id"), index=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), unique=True)
    first: Mapped[int]
    last: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))

    issue: Mapped[Issue] = relationship()

    __table_args__ = (CheckConstraint("first >= 1 AND last >= first", name="in_order"),)
