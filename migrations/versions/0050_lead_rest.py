"""Leads come in by a kept workbook; leads are tied to pollution sources.

What leads are found by among each other is kept beside them; of those that came before it is
worked out by `ledger backfill`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050_lead_rest"
down_revision = "0049_callbacks"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ROSTERS = ("units", "people", "polluters")
STANDING = sa.text("ended_at IS NULL")


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("roster") as batch:
        batch.drop_constraint(op.f("ck_roster_rosterkind"), type_="check")
        batch.create_check_constraint(op.f("ck_roster_rosterkind"), f"kind IN ({listed})")


def upgrade():
    _allow((*ROSTERS, "leads"))
    op.create_table(
        "lead_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("polluter_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("tied_on", sa.Date(), nullable=False),
        sa.Column("tied_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["polluter_id"], ["polluter.id"], name=op.f("fk_lead_tie_polluter_id")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_tie_lead_id")),
        sa.ForeignKeyConstraint(
            ["tied_by_id"], ["account.id"], name=op.f("fk_lead_tie_tied_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_tie")),
    )
    op.create_index(
        "uq_lead_tie_standing", "lead_tie", ["polluter_id", "lead_id"], unique=True,
        sqlite_where=STANDING, postgresql_where=STANDING,
    )
    op.create_index(op.f("ix_lead_tie_polluter_id"), "lead_tie", ["polluter_id"])
    op.create_index(op.f("ix_lead_tie_lead_id"), "lead_tie", ["lead_id"])
    op.create_table(
        "lead_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_key_lead_id")),
        sa.PrimaryKeyConstraint("key", "lead_id", name=op.f("pk_lead_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lead_key_lead_id", "lead_key", ["lead_id"])


def downgrade():
    op.drop_table("lead_key")
    op.drop_table("lead_tie")
    op.execute("DELETE FROM roster WHERE kind = 'leads'")
    _allow(ROSTERS)
