"""A keeper's visit carries photos: a kind of evidence of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0055_keeper_rest"
down_revision = "0054_score_sheets"
branch_labels = None
depends_on = None

KINDS = (
    "plan", "before", "during", "after", "monitoring", "completion", "penalty", "similar",
    "mechanism", "revisit", "acceptance", "publicity", "conclusion", "site_check", "other",
)


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("ck_evidence_evidencekind"), type_="check")
        batch.create_check_constraint(op.f("ck_evidence_evidencekind"), f"kind IN ({listed})")


def upgrade():
    _allow((*KINDS, "keeper_visit"))


def downgrade():
    # what was kept of a visit stays on its ticket, as a file of no kind of its own
    op.execute(sa.text("UPDATE evidence SET kind = 'other' WHERE kind = 'keeper_visit'"))
    _allow(KINDS)
