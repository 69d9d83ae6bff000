"""Closing a round with many cards is long work."""

import sqlalchemy as sa
from alembic import op

revision = "0062_closing_a_round"
down_revision = "0061_draft_pages"
branch_labels = None
depends_on = None

KINDS = ("read", "compare", "write", "export", "reform")
WORKS = sa.table("long_work", sa.column("kind", sa.String))


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("long_work") as batch:
        batch.drop_constraint(op.f("ck_long_work_workkind"), type_="check")
        batch.create_check_constraint(op.f("ck_long_work_workkind"), f"kind IN ({listed})")


def upgrade():
    _allow((*KINDS, "round"))


def downgrade():
    op.execute(sa.delete(WORKS).where(WORKS.c.kind == "round"))
    _allow(KINDS)
