"""A unit has whom to call, and an end; an account has a note."""

import sqlalchemy as sa
from alembic import op

revision = "0036_contacts_of_units"
down_revision = "0035_townships"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("unit") as batch:
        batch.add_column(
            sa.Column("contact", sa.String(length=40), nullable=False, server_default="")
        )
        batch.add_column(
            sa.Column("phone", sa.String(length=40), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("account") as batch:
        batch.add_column(
            sa.Column("note", sa.String(length=200), nullable=False, server_default="")
        )


def downgrade():
    with op.batch_alter_table("account") as batch:
        batch.drop_column("note")
    with op.batch_alter_table("unit") as batch:
        batch.drop_column("ended_at")
        batch.drop_column("phone")
        batch.drop_column("contact")
