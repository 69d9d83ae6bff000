"""What a person typed into a form and has not sent, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0064_kept_forms"
down_revision = "0063_captures"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=24), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_kept_form_says_something")),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_kept_form_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
        sa.UniqueConstraint("token", name=op.f("uq_kept_form_token")),
    )
    op.create_index("ix_kept_form_key_id", "kept_form", ["key_id"])
    op.create_index("ix_kept_form_page", "kept_form", ["user_id", "page"])
    op.create_index("ix_kept_form_place", "kept_form", ["user_id", "place"])
    op.create_index("ix_kept_form_until", "kept_form", ["until"])


def downgrade():
    op.drop_table("kept_form")
