"""A reform of a unit with many tickets is long work."""

import sqlalchemy as sa
from alembic import op

revision = "0048_reforms"
down_revision = "0047_card_proposals"
branch_labels = None
depends_on = None

KINDS = ("read", "compare", "write", "export")
WORKS = sa.table("long_work", sa.column("kind", sa.String))


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("long_work") as batch:
        batch.drop_constraint(op.f("ck_long_work_workkind"), type_="check")
        batch.create_check_constraint(op.f("ck_long_work_workkind"), f"kind IN ({listed})")


def upgrade():
    _allow((*KINDS, "reform"))


def downgrade():
    op.execute(sa.delete(WORKS).where(WORKS.c.kind == "reform"))
    _allow(KINDS)
