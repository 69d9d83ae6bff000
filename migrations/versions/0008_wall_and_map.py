"""Passes of the big screen, and the operator's own maps."""

import sqlalchemy as sa
from alembic import op

revision = "0008_wall_and_map"
down_revision = "0007_evidence_looked_at"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "wall_pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("made_at < until", name=op.f("ck_wall_pass_has_an_end")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_wall_pass_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall_pass")),
        sa.UniqueConstraint("digest", name=op.f("uq_wall_pass_digest")),
    )
    op.create_table(
        "map_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_boundary", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("review_number", sa.String(length=40), nullable=False),
        sa.Column("is_gcj02", sa.Boolean(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT is_boundary OR review_number <> ''", name=op.f("ck_map_sheet_reviewed")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_map_sheet_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_sheet")),
    )


def downgrade():
    op.drop_table("map_sheet")
    op.drop_table("wall_pass")
