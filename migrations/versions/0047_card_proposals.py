"""What a county's centre proposes to the city, and the message that tells it of the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0047_card_proposals"
down_revision = "0046_texts"
branch_labels = None
depends_on = None

STATES = ("waiting", "listed", "declined", "withdrawn", "ended")
WAITING = sa.text("state = 'waiting'")
BEFORE = (
    "assigned", "notice", "returned", "extension", "sent_back", "deadline", "turned_yellow",
    "turned_red", "instruction", "task", "decision", "work", "account",
)  # fmt: skip
AFTER = (*BEFORE, "proposal")


def upgrade():
    op.create_table(
        "card_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="proposalstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("listed", sa.String(length=8), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_card_proposal_with_reason")),
        sa.CheckConstraint("colour IN ('yellow', 'red')", name=op.f("ck_card_proposal_colour")),
        sa.CheckConstraint(
            "(state = 'waiting') = (answered_on IS NULL)",
            name=op.f("ck_card_proposal_answered_on"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('listed', 'declined', 'withdrawn') OR answer <> ''",
            name=op.f("ck_card_proposal_answered_with_words"),
        ),
        sa.CheckConstraint(
            "(state = 'listed') = (listed <> '')", name=op.f("ck_card_proposal_listed_by_a_card")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_card_proposal_issue_id")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["unit.id"], name=op.f("fk_card_proposal_centre_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_proposal")),
    )
    op.create_index(op.f("ix_card_proposal_issue_id"), "card_proposal", ["issue_id"])
    op.create_index(
        "uq_card_proposal_waiting", "card_proposal", ["issue_id"], unique=True,
        sqlite_where=WAITING, postgresql_where=WAITING,
    )  # fmt: skip
    allow(AFTER)


def allow(codes):
    listed = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f("ck_message_messageevent"), type_="check")
        batch.create_check_constraint(op.f("ck_message_messageevent"), f"event IN ({listed})")


def downgrade():
    """Messages of an answer tell no fact of their own, and go."""
    op.execute(
        "DELETE FROM outbox WHERE message_id IN (SELECT id FROM message WHERE event = 'proposal')"
    )
    op.execute("DELETE FROM message WHERE event = 'proposal'")
    allow(BEFORE)
    op.drop_table("card_proposal")
