"""The kind of a county is kept in full-width marks, as every Chinese text is written."""

import sqlalchemy as sa
from alembic import op

revision = "0013_unit_kinds_in_full_width"
down_revision = "0012_report_fingerprints"
branch_labels = None
depends_on = None

HALF, FULL = "县(区)", "县（区）"
UNIT = sa.table("unit", sa.column("kind", sa.String))


def upgrade():
    op.execute(sa.update(UNIT).where(UNIT.c.kind == HALF).values(kind=FULL))


def downgrade():
    op.execute(sa.update(UNIT).where(UNIT.c.kind == FULL).values(kind=HALF))
