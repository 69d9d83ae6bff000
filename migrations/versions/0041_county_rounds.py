"""The rounds of a county's centre over the tickets delegated to it."""

import sqlalchemy as sa
from alembic import op

revision = "0041_county_rounds"
down_revision = "0040_messages"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "county_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("board", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (digest = '')", name=op.f("ck_county_round_frozen_when_closed")
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["unit.id"], name=op.f("fk_county_round_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_round")),
    )
    op.create_index("uq_county_round_number", "county_round", ["centre_id", "number"], unique=True)
    op.create_index("uq_county_round_day", "county_round", ["centre_id", "on"], unique=True)
    op.create_table(
        "county_round_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("computed", sa.String(length=8), nullable=False),
        sa.Column("card", sa.String(length=8), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('', 'keep', 'press')", name=op.f("ck_county_round_item_decision")
        ),
        sa.CheckConstraint(
            "decision <> 'press' OR text <> ''",
            name=op.f("ck_county_round_item_pressed_with_words"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["county_round.id"], name=op.f("fk_county_round_item_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_county_round_item_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_round_item")),
    )
    op.create_index(
        "uq_county_round_item_issue", "county_round_item", ["round_id", "issue_id"], unique=True
    )


def downgrade():
    op.drop_table("county_round_item")
    op.drop_table("county_round")
