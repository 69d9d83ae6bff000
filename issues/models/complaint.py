"""The originals of a complaint: what the complainant wrote, sent or photographed."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant


class ComplaintOriginal(Model):
    """A file that may tell who complained. No evidence: nothing that shows evidence reads it.

    Its bytes are kept under their digest as those of evidence.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    uploaded_by: Mapped[User] = relationship()

    __table_args__ = (Index("uq_complaint_original_bytes", "issue_id", "sha256", unique=True),)
