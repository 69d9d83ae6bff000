"""A reading that the command line brings with a ledger was entered by no account."""

import sqlalchemy as sa
from alembic import op

revision = "0032_readings_of_a_ledger"
down_revision = "0031_contradictions"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("reading") as batch:
        batch.alter_column("entered_by_id", existing_type=sa.Integer(), nullable=True)


def downgrade():
    with op.batch_alter_table("reading") as batch:
        batch.alter_column("entered_by_id", existing_type=sa.Integer(), nullable=False)
