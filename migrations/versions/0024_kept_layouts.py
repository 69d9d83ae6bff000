"""What the columns of other cities' ledgers are is kept once somebody has said it."""

import sqlalchemy as sa
from alembic import op

revision = "0024_kept_layouts"
down_revision = "0023_search_by_place"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LIVE = sa.text("ended_at IS NULL")


def upgrade():
    op.create_table(
        "ledger_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_ledger_layout_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_layout")),
    )
    op.create_index(
        "uq_ledger_layout_name", "ledger_layout", ["name"], unique=True,
        sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip


def downgrade():
    op.drop_index("uq_ledger_layout_name", "ledger_layout")
    op.drop_table("ledger_layout")
