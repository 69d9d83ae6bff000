"""A file that was taken although its end is not as it should be says so, for a doubt of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0021_odd_ends"
down_revision = "0020_imprints"
branch_labels = None
depends_on = None

BEFORE = (
    "same_bytes", "near_identical", "taken_before_assignment", "taken_after_finish",
    "far_from_place", "last_minute", "finish_before_work", "edited_by_software", "repeated_text",
)  # fmt: skip
ADDED = "odd_end"
CHECK = "ck_flag_ruling_flagkind"


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("flag_ruling") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), f"kind IN ({listed})")


def upgrade():
    op.add_column(
        "evidence",
        sa.Column("has_odd_end", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _allow((*BEFORE, ADDED))


def downgrade():
    """Rulings of a doubt that is not known any more go with it."""
    op.execute(sa.text("DELETE FROM flag_ruling WHERE kind = :kind").bindparams(kind=ADDED))
    _allow(BEFORE)
    op.drop_column("evidence", "has_odd_end")
