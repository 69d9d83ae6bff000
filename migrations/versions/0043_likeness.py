"""By what likely duplicates are found, and which tickets a person has tied together.

The keys of the tickets that are there are worked out by `ledger backfill`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043_likeness"
down_revision = "0042_leads"
branch_labels = None
depends_on = None

LIVE = sa.text("ended_on IS NULL")
LED = sa.text("ended_on IS NULL AND kind = 'same_problem'")
KINDS = ("same_problem", "related")


def upgrade():
    op.create_table(
        "likeness_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_likeness_key_issue_id")),
        sa.PrimaryKeyConstraint("key", "issue_id", name=op.f("pk_likeness_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likeness_key_issue_id", "likeness_key", ["issue_id"])
    op.create_table(
        "issue_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="linkkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_issue_link_with_a_reason")),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason = '')", name=op.f("ck_issue_link_ended_with_a_reason")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= linked_on", name=op.f("ck_issue_link_ended_later")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_link_issue_id")),
        sa.ForeignKeyConstraint(["to_id"], ["issue.id"], name=op.f("fk_issue_link_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_link")),
    )
    for column in ("issue_id", "to_id"):
        op.create_index(op.f(f"ix_issue_link_{column}"), "issue_link", [column])
    for name, columns, where in (
        ("uq_issue_link_pair", ["issue_id", "to_id"], LIVE),
        ("uq_issue_link_led", ["issue_id"], LED),
    ):
        op.create_index(
            name, "issue_link", columns, unique=True, sqlite_where=where, postgresql_where=where
        )
    op.create_index("ix_issue_point", "issue", ["lon", "lat"])
    op.create_index("ix_issue_firm", "issue", ["subject_firm"])


def downgrade():
    op.drop_index("ix_issue_firm", "issue")
    op.drop_index("ix_issue_point", "issue")
    op.drop_table("issue_link")
    op.drop_table("likeness_key")
