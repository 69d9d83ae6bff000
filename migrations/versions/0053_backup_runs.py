"""How far a backup or a drill is, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0053_backup_runs"
down_revision = "0052_keepers"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "take", "drill", name="backupkind", native_enum=False, create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("beat_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("stage", sa.String(length=40), server_default="", nullable=False),
        sa.Column("files", sa.Integer(), server_default="0", nullable=False),
        sa.Column("all_files", sa.Integer(), server_default="0", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("all_size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("fault", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "fault = '' OR ended_at IS NOT NULL", name=op.f("ck_backup_run_fails_at_its_end")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
    )  # fmt: skip
    op.create_index("ix_backup_run_kind", "backup_run", ["kind", "began_at"])


def downgrade():
    op.drop_table("backup_run")
