"""What takes long is done outside a request, and a row tells how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0026_long_work"
down_revision = "0025_imports_taken_back"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LIVE = sa.text("ended_at IS NULL")
KINDS = ("read", "compare", "write", "export")
STATES = ("queued", "running", "done", "failed", "broken", "cancelled")


def _word(name, codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "long_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("workkind", KINDS), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.Column("state", _word("workstate", STATES), nullable=False),
        sa.Column("words", sa.String(length=80), server_default="", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("beat_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("holder", sa.String(length=32), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.String(length=64), server_default="", nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state IN ('queued', 'running'))",
            name=op.f("ck_long_work_ended_when_over"),
        ),
        sa.CheckConstraint(
            "state <> 'running' OR (holder <> '' AND beat_at IS NOT NULL)",
            name=op.f("ck_long_work_running_is_held"),
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (size IS NULL)", name=op.f("ck_long_work_kept_with_its_size")
        ),
        sa.CheckConstraint(
            "done >= 0 AND done <= total", name=op.f("ck_long_work_within_its_total")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_long_work_user_id")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_import.id"], name=op.f("fk_long_work_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_work")),
    )
    op.create_index(op.f("ix_long_work_user_id"), "long_work", ["user_id"])
    op.create_index(op.f("ix_long_work_import_id"), "long_work", ["import_id"])
    op.create_index(
        "uq_long_work_same", "long_work", ["same"], unique=True,
        sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip


def downgrade():
    op.drop_table("long_work")
