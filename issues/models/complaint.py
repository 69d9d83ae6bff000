"""The originals of a complaint, what the complainant wrote, sent or photographed; call-backs."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import CallbackProposal, Satisfaction


class ComplaintOriginal(Model):
    """A file that may tell who complained. No evidence: nothing that shows evidence reads it.

    Its bytes are kept sealed, under the digest of the sealed bytes; `plain_sha256` is of what came
    in. `name` is empty once the name is sealed too, `key_id` while nothing is: rows from before.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    name: Mapped[str] = mapped_column(String(200))
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    plain_sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(16), default="", server_default="", index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    uploaded_by: Mapped[User] = relationship()

    __table_args__ = (
        Index("uq_complaint_original_bytes", "issue_id", "plain_sha256", unique=True),
    )


class Callback(Model):
    """One call to who complained, after the outcome: what was answered of it.

    `sealed` are the words, as ciphertext: they may name the person. Empty where none were said.
    `proposal` is a proposal that nothing carries out by itself.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    on: Mapped[date]
    is_reached: Mapped[bool]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(word(Satisfaction))
    proposal: Mapped[CallbackProposal | None] = mapped_column(word(CallbackProposal))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16), default="", index=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    recorded_by: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint("is_reached = (satisfaction IS NOT NULL)", name="answer_iff_reached"),
        CheckConstraint(
            "(proposal IS NOT NULL) = (satisfaction IS NOT NULL AND satisfaction = 'dissatisfied')",
            name="proposal_iff_dissatisfied",
        ),
        CheckConstraint("(sealed IS NULL) = (key_id = '')", name="sealed_by_a_key"),
    )
