"""What a phone told of a record made on the spot; a covert note's people, and what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0063_captures"
down_revision = "0062_closing_a_round"
branch_labels = None
depends_on = None

RECORDS = (("note_id", "covert_note"), ("check_id", "site_check"))
ONE = "note_id IS NOT NULL OR check_id IS NOT NULL"


def upgrade():
    with op.batch_alter_table("covert_note") as batch:
        batch.add_column(sa.Column("concerns_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("inspectors", sa.JSON(), server_default="[]", nullable=False))
        batch.create_foreign_key(
            op.f("fk_covert_note_concerns_id"), "issue", ["concerns_id"], ["id"]
        )
    op.create_index("ix_covert_note_concerns_id", "covert_note", ["concerns_id"])
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device_off", sa.Integer(), nullable=True),
        sa.Column("accuracy", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name, _ in RECORDS),
        sa.CheckConstraint(ONE, name=op.f("ck_capture_of_a_record")),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_capture_user_id")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_capture_{name}"))
            for name, table in RECORDS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
    )
    op.create_index("uq_capture_key", "capture", ["user_id", "key"], unique=True)
    for name, _ in RECORDS:
        op.create_index(f"ix_capture_{name}", "capture", [name])


def downgrade():
    op.drop_table("capture")
    op.drop_index("ix_covert_note_concerns_id", "covert_note")
    with op.batch_alter_table("covert_note") as batch:
        batch.drop_constraint(op.f("fk_covert_note_concerns_id"), type_="foreignkey")
        batch.drop_column("inspectors")
        batch.drop_column("concerns_id")
