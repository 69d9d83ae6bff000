"""Rule sets that are being written, before anybody publishes them."""

import sqlalchemy as sa
from alembic import op

revision = "0004_policy_drafts"
down_revision = "0003_search"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "policy_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "number IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_policy_draft_published_is_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_policy_draft_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["policy_version.number"], name=op.f("fk_policy_draft_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_draft")),
    )


def downgrade():
    op.drop_table("policy_draft")
