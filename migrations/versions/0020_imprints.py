"""Rows that state facts get imprints; anchors tell how far the imprints had come.

The rows that stand are covered by `ledger backfill`: it needs the installation's key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_imprints"
down_revision = "0019_clearances_and_sealed_files"
branch_labels = None
depends_on = None

REFUSAL = "imprints are append-only"
TABLES = {
    "imprint": "seq = NEW.seq",
    "imprint_row": '"table" = NEW."table" AND "key" = NEW."key" AND seq = NEW.seq',
}


def upgrade():
    op.create_table(
        "imprint",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("algorithm", sa.String(16), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_imprint"),
    )
    op.create_table(
        "imprint_row",
        sa.Column("table", sa.String(32), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=True),
        sa.Column("is_forced", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["imprint.seq"], name="fk_imprint_row_seq"),
        sa.PrimaryKeyConstraint("table", "key", "seq", name="pk_imprint_row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_fault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(32), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_fault"),
    )
    op.create_index("ix_record_fault_issue", "record_fault", ["issue_id"])
    op.create_index("ix_record_fault_row", "record_fault", ["table", "key"])
    op.create_table(
        "refusal_tally",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("folded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_refusal_tally_user_id"),
        sa.PrimaryKeyConstraint("user_id", "route", name="pk_refusal_tally"),
    )
    op.add_column("anchor", sa.Column("imprints", sa.Integer(), nullable=True))
    op.add_column("anchor", sa.Column("imprint_mac", sa.String(64), nullable=True))
    _guard()


def _guard():
    if op.get_bind().dialect.name == "sqlite":
        for name, same in TABLES.items():
            refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            there = f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same})"
            op.execute(f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}")
            op.execute(f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}")
            op.execute(f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} {there} {refuse}")
        return
    op.execute(
        "CREATE FUNCTION refuse_imprint_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    for name in TABLES:
        op.execute(
            f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW"
            " EXECUTE FUNCTION refuse_imprint_change()"
        )
        op.execute(
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} FOR EACH STATEMENT"
            " EXECUTE FUNCTION refuse_imprint_change()"
        )


def downgrade():
    """What was covered is no longer: a later upgrade covers the rows as they then stand."""
    if op.get_bind().dialect.name != "sqlite":
        for name in TABLES:
            op.execute(f"DROP TRIGGER {name}_no_change ON {name}")
            op.execute(f"DROP TRIGGER {name}_no_truncate ON {name}")
        op.execute("DROP FUNCTION refuse_imprint_change()")
    op.drop_column("anchor", "imprint_mac")
    op.drop_column("anchor", "imprints")
    op.drop_table("refusal_tally")
    op.drop_table("record_fault")
    op.drop_table("imprint_row")
    op.drop_table("imprint")
