"""When a job began and when it last went well; what waits to be told outside has an index."""

import sqlalchemy as sa
from alembic import op

revision = "0056_operations"
down_revision = "0055_keeper_rest"
branch_labels = None
depends_on = None

OPEN = sa.text("sent_at IS NULL AND ended_at IS NULL")


def upgrade():
    with op.batch_alter_table("job_run") as batch:
        batch.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("well_at", sa.DateTime(timezone=True), nullable=True))
    # how long the last runs took nobody wrote down; that one without a failure went well is known
    op.execute(sa.text("UPDATE job_run SET well_at = ended_at WHERE failed = 0"))
    op.create_index(
        "ix_outbox_open", "outbox", ["written_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade():
    op.drop_index("ix_outbox_open", "outbox")
    with op.batch_alter_table("job_run") as batch:
        batch.drop_column("well_at")
        batch.drop_column("began_at")
