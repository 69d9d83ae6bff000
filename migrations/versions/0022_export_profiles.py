"""What the office takes the ledger out as: columns, order, filter and totals under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0022_export_profiles"
down_revision = "0021_odd_ends"
branch_labels = None
depends_on = None

IN_USE = sa.text("ended_at IS NULL")


def upgrade():
    op.create_table(
        "export_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> '' AND title <> ''", name=op.f("ck_export_profile_named")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_export_profile_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_profile")),
    )
    op.create_index(
        "uq_export_profile_name", "export_profile", ["name"], unique=True,
        sqlite_where=IN_USE, postgresql_where=IN_USE,
    )  # fmt: skip


def downgrade():
    op.drop_table("export_profile")
