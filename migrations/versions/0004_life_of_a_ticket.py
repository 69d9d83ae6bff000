"""Instructions, covert notes with their photos, who keeps a ticket, who goes to look back."""

import sqlalchemy as sa
from alembic import op

revision = "0004_life_of_a_ticket"
down_revision = "0003_search"
branch_labels = None
depends_on = None

KEEPERS = (
    ("subject_firm", 120), ("area_keeper", 80), ("section_keeper", 80), ("household_keeper", 80),
)  # fmt: skip


def upgrade():
    for name, length in KEEPERS:
        op.add_column(
            "issue", sa.Column(name, sa.String(length=length), server_default="", nullable=False)
        )
    with op.batch_alter_table("lookback") as batch:
        batch.add_column(sa.Column("inspector_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_lookback_inspector_id"), "account", ["inspector_id"], ["id"]
        )
    op.create_table(
        "instruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("due_on >= given_on", name=op.f("ck_instruction_due_later")),
        sa.CheckConstraint(
            "(replied_on IS NULL) = (reply = '')", name=op.f("ck_instruction_replied_with_words")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_instruction_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["account.id"], name=op.f("fk_instruction_leader_id")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["account.id"], name=op.f("fk_instruction_replied_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_instruction_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
    )
    op.create_index(op.f("ix_instruction_issue_id"), "instruction", ["issue_id"])
    op.create_index("ix_instruction_unit_open", "instruction", ["unit_id", "replied_on"])
    op.create_table(
        "covert_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("subject_firm", sa.String(length=120), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["account.id"], name=op.f("fk_covert_note_inspector_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_covert_note_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covert_note")),
    )
    op.create_index(op.f("ix_covert_note_issue_id"), "covert_note", ["issue_id"])
    op.create_table(
        "covert_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.String(length=32), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("software", sa.String(length=120), nullable=False),
        sa.Column("dhash", sa.String(length=16), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["covert_note.id"], name=op.f("fk_covert_photo_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_covert_photo_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covert_photo")),
    )
    op.create_index(op.f("ix_covert_photo_sha256"), "covert_photo", ["sha256"])
    op.create_index(
        "uq_covert_photo_bytes", "covert_photo", ["note_id", "sha256"], unique=True
    )


def downgrade():
    op.drop_table("covert_photo")
    op.drop_table("covert_note")
    op.drop_table("instruction")
    with op.batch_alter_table("lookback") as batch:
        batch.drop_constraint(op.f("fk_lookback_inspector_id"), type_="foreignkey")
        batch.drop_column("inspector_id")
    for name, _ in reversed(KEEPERS):
        op.drop_column("issue", name)
