"""Spans of the days before an import are told from what the register itself held.

The days before earlier imports are written by `ledger backfill`: they need the rules.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_past_before_import"
down_revision = "0014_one_spelling"
branch_labels = None
depends_on = None

SPAN = sa.table("colour_span", sa.column("is_backfilled", sa.Boolean))


def upgrade():
    op.add_column(
        "colour_span",
        sa.Column("is_backfilled", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade():
    """What was written for days before an import means nothing without its mark."""
    op.execute(sa.delete(SPAN).where(SPAN.c.is_backfilled.is_(True)))
    op.drop_column("colour_span", "is_backfilled")
