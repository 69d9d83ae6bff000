"""A ticket may name the township or village it lies in, below its county."""

import sqlalchemy as sa
from alembic import op

revision = "0035_townships"
down_revision = "0034_keep_city_words"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("issue") as table:
        table.add_column(sa.Column("township", sa.String(24), nullable=False, server_default=""))
    op.create_index("ix_issue_township", "issue", ["township"])


def downgrade():
    op.drop_index("ix_issue_township", "issue")
    with op.batch_alter_table("issue") as table:
        table.drop_column("township")
