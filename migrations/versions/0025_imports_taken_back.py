"""A whole import is taken back: the import says when, by whom and why, its tickets that they were.

An earlier version does not know the status: its tickets are withdrawn there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_imports_taken_back"
down_revision = "0024_kept_layouts"
branch_labels = None
depends_on = None

BEFORE = (
    "draft", "assigned", "planning", "plan_review", "rectifying", "first_acceptance",
    "site_check", "approval", "publicity", "closed", "standing", "merged", "withdrawn",
)  # fmt: skip
ADDED = "taken_back"
UNASSIGNED = ("draft", "withdrawn", "merged")


def _listed(words):
    return ", ".join(f"'{word}'" for word in words)


def _allow(words, unassigned):
    with op.batch_alter_table("issue") as batch:
        batch.drop_constraint(op.f("ck_issue_status"), type_="check")
        batch.create_check_constraint(op.f("ck_issue_status"), f"status IN ({_listed(words)})")
        batch.drop_constraint(op.f("ck_issue_open_is_assigned"), type_="check")
        batch.create_check_constraint(
            op.f("ck_issue_open_is_assigned"),
            f"status IN ({_listed(unassigned)}) OR assigned_on IS NOT NULL",
        )
    with op.batch_alter_table("colour_span") as batch:
        batch.drop_constraint(op.f("ck_colour_span_status"), type_="check")
        batch.create_check_constraint(
            op.f("ck_colour_span_status"), f"status IN ({_listed(words)})"
        )


def upgrade():
    with op.batch_alter_table("ledger_import") as batch:
        batch.add_column(sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("taken_back_by_id", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("taken_back_reason", sa.Text(), server_default="", nullable=False)
        )
        batch.create_foreign_key(
            op.f("fk_ledger_import_taken_back_by_id"), "account", ["taken_back_by_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_ledger_import_taken_back_why"),
            "(taken_back_at IS NULL) = (taken_back_reason = '')",
        )
        batch.create_check_constraint(
            op.f("ck_ledger_import_taken_back_came_in"),
            "taken_back_at IS NULL OR confirmed_at IS NOT NULL",
        )
    op.create_index(op.f("ix_ledger_import_taken_back_at"), "ledger_import", ["taken_back_at"])
    _allow((*BEFORE, ADDED), (*UNASSIGNED, ADDED))


def downgrade():
    op.execute(
        sa.text("UPDATE issue SET status = 'withdrawn' WHERE status = :gone").bindparams(gone=ADDED)
    )
    _allow(BEFORE, UNASSIGNED)
    op.drop_index(op.f("ix_ledger_import_taken_back_at"), "ledger_import")
    with op.batch_alter_table("ledger_import") as batch:
        batch.drop_constraint(op.f("ck_ledger_import_taken_back_came_in"), type_="check")
        batch.drop_constraint(op.f("ck_ledger_import_taken_back_why"), type_="check")
        batch.drop_constraint(op.f("fk_ledger_import_taken_back_by_id"), type_="foreignkey")
        batch.drop_column("taken_back_reason")
        batch.drop_column("taken_back_by_id")
        batch.drop_column("taken_back_at")
