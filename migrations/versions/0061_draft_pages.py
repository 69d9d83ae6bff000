"""An annex of a draft may be the pages of a PDF: a picture names its page."""

import sqlalchemy as sa
from alembic import op

revision = "0061_draft_pages"
down_revision = "0060_recipients"
branch_labels = None
depends_on = None
INDEX, TABLE = "uq_draft_picture_evidence", "draft_picture"


def upgrade():
    op.add_column(TABLE, sa.Column("page", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column("page", server_default=None)
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, ["notice_id", "evidence_id", "page"], unique=True)


def downgrade():
    """Pages of PDFs go: the table before knew none."""
    op.execute("DELETE FROM draft_picture WHERE page > 0")
    op.drop_index(INDEX, TABLE)
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_column("page")
    op.create_index(INDEX, TABLE, ["notice_id", "evidence_id"], unique=True)
