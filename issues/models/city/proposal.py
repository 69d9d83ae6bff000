"""What a county's centre proposes to the city of a ticket that it drives: to list it (挂牌)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit
from extensions import Model
from issues.ground.columns import word
from issues.models.issue import Issue
from issues.vocabulary import ProposalState

WAITING = text("state = 'waiting'")


class CardProposal(Model):
    """One 建议挂牌. Of a ticket no more than one waits; what was answered stays.

    `colour` is the card that was proposed, `listed` the one that was raised. `answer`: the reason
    of that card, why none is raised, or why the centre takes it back.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    colour: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    proposed_on: Mapped[date]
    state: Mapped[ProposalState] = mapped_column(word(ProposalState))
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    listed: Mapped[str] = mapped_column(String(8), default="")

    issue: Mapped[Issue] = relationship()
    centre: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        Index(
            "uq_card_proposal_waiting", "issue_id", unique=True,
            sqlite_where=WAITING, postgresql_where=WAITING,
        ),
        CheckConstraint("reason <> ''", name="with_reason"),
        CheckConstraint("colour IN ('yellow', 'red')", name="colour"),
        CheckConstraint("(state = 'waiting') = (answered_on IS NULL)", name="answered_on"),
        CheckConstraint(
            "state NOT IN ('listed', 'declined', 'withdrawn') OR answer <> ''",
            name="answered_with_words",
        ),
        CheckConstraint("(state = 'listed') = (listed <> '')", name="listed_by_a_card"),
    )  # fmt: skip
