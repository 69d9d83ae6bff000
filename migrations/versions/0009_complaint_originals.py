"""The originals of complaints in a table of their own, and batches of dossiers, last runs of jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0009_complaint_originals"
down_revision = "0008_wall_and_map"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "complaint_original",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_complaint_original_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_complaint_original_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_original")),
    )
    op.create_index(
        "uq_complaint_original_bytes", "complaint_original", ["issue_id", "sha256"], unique=True
    )
    op.create_index("ix_complaint_original_sha256", "complaint_original", ["sha256"])
    op.create_table(
        "dossier_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_dossier_batch_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_batch")),
    )
    op.create_index("ix_dossier_batch_made_by_id", "dossier_batch", ["made_by_id"])
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("is_inside", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (done_at IS NULL)", name=op.f("ck_dossier_item_written_when")
        ),
        sa.CheckConstraint(
            "sha256 IS NULL OR failure = ''", name=op.f("ck_dossier_item_written_or_failed")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["dossier_batch.id"], name=op.f("fk_dossier_item_batch_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_dossier_item_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_item")),
    )
    op.create_index("ix_dossier_item_batch_id", "dossier_item", ["batch_id"])
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_run")),
    )


def downgrade():
    op.drop_table("job_run")
    op.drop_table("dossier_item")
    op.drop_table("dossier_batch")
    op.drop_table("complaint_original")
