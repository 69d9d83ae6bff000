"""Calls to who complained, after the outcome; the words sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0049_callbacks"
down_revision = "0048_reforms"
branch_labels = None
depends_on = None


def _word(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_reached", sa.Boolean(), nullable=False),
        sa.Column(
            "satisfaction",
            _word("satisfaction", "satisfied", "fairly", "dissatisfied", "unsaid"),
            nullable=True,
        ),
        sa.Column("proposal", _word("callbackproposal", "recheck", "lookback"), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "is_reached = (satisfaction IS NOT NULL)",
            name=op.f("ck_callback_answer_iff_reached"),
        ),
        sa.CheckConstraint(
            "(proposal IS NOT NULL) = (satisfaction IS NOT NULL AND satisfaction = 'dissatisfied')",
            name=op.f("ck_callback_proposal_iff_dissatisfied"),
        ),
        sa.CheckConstraint(
            "(sealed IS NULL) = (key_id = '')", name=op.f("ck_callback_sealed_by_a_key")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_callback_issue_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_callback_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
    )
    op.create_index(op.f("ix_callback_issue_id"), "callback", ["issue_id"])
    op.create_index(op.f("ix_callback_key_id"), "callback", ["key_id"])


def downgrade():
    op.drop_table("callback")
