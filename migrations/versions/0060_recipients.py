"""A letter, a circular, minutes, a paper upward; several units a paper is addressed to."""

import sqlalchemy as sa
from alembic import op

revision = "0060_recipients"
down_revision = "0059_answers_by_point"
branch_labels = None
depends_on = None

KINDS = ("N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8")


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_noticekind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_noticekind"), f"kind IN ({listed})")


def upgrade():
    _allow((*KINDS, "N9"))
    op.create_table(
        "notice_recipient",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_name", sa.String(length=40), nullable=False),
        sa.Column("acknowledged_phone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_recipient_notice_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_recipient_unit_id")),
        sa.PrimaryKeyConstraint("notice_id", "unit_id", name=op.f("pk_notice_recipient")),
    )
    op.create_index("ix_notice_recipient_unit_id", "notice_recipient", ["unit_id"])


def downgrade():
    op.drop_index("ix_notice_recipient_unit_id", "notice_recipient")
    op.drop_table("notice_recipient")
    # a paper that the older program has no word for cannot be kept under its own
    op.execute(sa.text("UPDATE notice SET kind = 'N8' WHERE kind = 'N9'"))
    _allow(KINDS)
