"""An index in the board's own order for tickets, and one for their past: a board is read from it."""

from alembic import op

revision = "0006_counting_by_colour"
down_revision = "0005_notice_templates"
branch_labels = None
depends_on = None

TALLIED = ("region", "source", "status", "card")
THRESHOLDS = ("red_from", "yellow_from")


def upgrade():
    op.create_index("ix_issue_tally", "issue", ["primary_unit_id", *TALLIED, *THRESHOLDS])
    op.create_index(
        "ix_colour_span_tally",
        "colour_span",
        ["unit_id", *TALLIED, "valid_from", "valid_to", *THRESHOLDS, "issue_id"],
    )


def downgrade():
    op.drop_index("ix_colour_span_tally", "colour_span")
    op.drop_index("ix_issue_tally", "issue")
