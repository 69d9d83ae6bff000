"""Indexes that hold all the board asks of red tickets, of those about to turn, and of past days."""

from alembic import op

revision = "0011_board_of_a_million"
down_revision = "0010_personal_and_layers"
branch_labels = None
depends_on = None

URGENCY, TURNING = "ix_issue_urgency", "ix_issue_turning"
ORDER = ["red_from", "yellow_from", "id"]
DAYS, HELD = "ix_colour_span_days", ["valid_to", "valid_from"]
LOOKED_AT = ["status", "card", "red_from", "yellow_from", "issue_id"]


def upgrade():
    op.drop_index(URGENCY, "issue")
    op.create_index(URGENCY, "issue", [*ORDER, "status", "card", "primary_unit_id"])
    op.create_index(TURNING, "issue", ["yellow_from", "red_from", "status"])
    op.drop_index(DAYS, "colour_span")
    op.create_index(DAYS, "colour_span", [*HELD, *LOOKED_AT])


def downgrade():
    op.drop_index(DAYS, "colour_span")
    op.create_index(DAYS, "colour_span", HELD)
    op.drop_index(TURNING, "issue")
    op.drop_index(URGENCY, "issue")
    op.create_index(URGENCY, "issue", ORDER)
