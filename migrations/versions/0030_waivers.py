"""The head may say that a ticket goes on although required readings are missing or outside."""

import sqlalchemy as sa
from alembic import op

revision = "0030_waivers"
down_revision = "0029_targets_not_met"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lacks", sa.JSON(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_waiver_with_a_reason")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_waiver_issue_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_waiver_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    op.create_index(op.f("ix_waiver_issue_id"), "waiver", ["issue_id"])


def downgrade():
    op.drop_index(op.f("ix_waiver_issue_id"), "waiver")
    op.drop_table("waiver")
