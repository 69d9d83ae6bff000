"""Two rules more of what a ticket's colour is made of: a target is not met, and not on its day."""

import sqlalchemy as sa
from alembic import op

revision = "0029_targets_not_met"
down_revision = "0028_targets"
branch_labels = None
depends_on = None

BEFORE = (
    "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "R1", "R2", "R3", "R4", "R5", "R6", "R7",
)  # fmt: skip
ADDED = ("Y7", "R8")
CHECK = "ck_issue_firing_rule"


def _allow(rules):
    listed = ", ".join(f"'{rule}'" for rule in rules)
    with op.batch_alter_table("issue_firing") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), f"rule IN ({listed})")


def upgrade():
    _allow((*BEFORE, *ADDED))


def downgrade():
    """What these rules say is worked out from the targets, which the step before takes away."""
    gone = sa.text("DELETE FROM issue_firing WHERE rule IN ('Y7', 'R8')")
    op.execute(gone)
    _allow(BEFORE)
