"""An answer to a notice point by point, what of it was returned, and one that is only begun."""

import sqlalchemy as sa
from alembic import op

revision = "0059_answers_by_point"
down_revision = "0058_notice_copy"
branch_labels = None
depends_on = None

COLUMNS = (("notice", "reply_points"), ("reply_review", "reply_points"), ("reply_review", "points"))


def upgrade():
    for table, name in COLUMNS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "reply_draft",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_reply_draft_notice_id")),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["account.id"], name=op.f("fk_reply_draft_saved_by_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_reply_draft")),
    )


def downgrade():
    op.drop_table("reply_draft")
    for table, name in reversed(COLUMNS):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
