"""The OFD of a signed notice, kept beside its PDF."""

import sqlalchemy as sa
from alembic import op

revision = "0058_notice_copy"
down_revision = "0057_drafts"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notice_copy",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_copy_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_copy")),
    )


def downgrade():
    op.drop_table("notice_copy")
