"""Signed score sheets: one a unit and published quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0054_score_sheets"
down_revision = "0053_backup_runs"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "score_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_score_sheet_quarter")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_score_sheet_unit_id")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["account.id"], name=op.f("fk_score_sheet_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("number", name=op.f("uq_score_sheet_number")),
    )
    op.create_index(
        "uq_score_sheet_of_quarter", "score_sheet", ["year", "quarter", "unit_id"], unique=True
    )


def downgrade():
    op.drop_table("score_sheet")
