"""Views and looks a person has kept, weekly digests, and the layers a ticket lies in."""

import sqlalchemy as sa
from alembic import op

revision = "0010_personal_and_layers"
down_revision = "0009_complaint_originals"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "issue_layer",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_layer_issue_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["map_sheet.id"], name=op.f("fk_issue_layer_sheet_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", "sheet_id", "name", name=op.f("pk_issue_layer")),
    )
    op.create_index("ix_issue_layer_sheet", "issue_layer", ["sheet_id", "issue_id"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_saved_view_named")),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_saved_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "name", name="uq_saved_view_name"),
    )
    op.create_index("ix_saved_view_shared", "saved_view", ["is_shared"])
    op.create_table(
        "preference",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_preference_user_id")),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_preference")),
    )
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_digest_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("user_id", "week_on", name="uq_digest_week"),
    )


def downgrade():
    for table in ("digest", "preference", "saved_view", "issue_layer"):
        op.drop_table(table)
