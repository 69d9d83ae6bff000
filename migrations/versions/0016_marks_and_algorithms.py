"""What the example wrote is marked; digests and signatures of the history name their algorithm.

The marks tell the example from what was entered beside it.

An example that an earlier version loaded is known by its three workbooks alone: which other rows
are its own nobody noted, so they count as entered.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_marks_and_algorithms"
down_revision = "0015_past_before_import"
branch_labels = None
depends_on = None

MARK = sa.table(
    "example_mark",
    sa.column("table_name", sa.String),
    sa.column("first", sa.Integer),
    sa.column("last", sa.Integer),
)
IMPORT = sa.table("ledger_import", sa.column("id", sa.Integer), sa.column("name", sa.String))
ALGORITHMS = {"event": "sha256", "anchor": "hmac-sha256"}
WORKBOOKS = ("ledger_117.xlsx", "ledger_inspection.xlsx", "complaints_39.xlsx")


def upgrade():
    op.create_table(
        "example_mark",
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_example_mark_in_order")),
        sa.PrimaryKeyConstraint("table_name", "first", name=op.f("pk_example_mark")),
    )
    rows = op.get_bind().execute(sa.select(IMPORT).where(IMPORT.c.name.in_(WORKBOOKS))).all()
    if {row.name for row in rows} == set(WORKBOOKS):
        marks = [{"table_name": "ledger_import", "first": row.id, "last": row.id} for row in rows]
        op.bulk_insert(MARK, marks)
    for table, algorithm in ALGORITHMS.items():
        op.add_column(
            table,
            sa.Column(
                "algorithm", sa.String(length=16), server_default=algorithm, nullable=False
            ),
        )


def downgrade():
    for table in ALGORITHMS:
        op.drop_column(table, "algorithm")
    op.drop_table("example_mark")
