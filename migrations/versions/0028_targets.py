"""A target has a sense and a nature, a measure's figure a sense; a reading names its target, who confirmed it, what it mends.

A reading from before stays as it is: of no target, and no confirmed one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_targets"
down_revision = "0027_unit_aliases"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SENSES = ("ge", "gt", "le", "lt")
NATURES = ("count", "level", "keep")
OF_READINGS = ("target_id", "confirmed_by_id", "corrects_id")
CHECKS = {
    "confirmed_at": "confirmed_by_id IS NULL OR confirmed_at IS NOT NULL",
    "confirmed_by_another": "confirmed_by_id <> entered_by_id",
    "corrects_another": "corrects_id <> id",
}


GROWS = "sense_of_target IN ('ge', 'gt')"


def _word(name, words):
    name = op.f(f"ck_target_{name}")
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sense", _word("sense", SENSES), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("unit_of_value", sa.String(length=20), nullable=False),
        sa.Column("nature", _word("nature", NATURES), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("source_unit", sa.String(length=80), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=80), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_target_named")),
        sa.CheckConstraint("start <= due", name=op.f("ck_target_due_from_start")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_why = '')", name=op.f("ck_target_ended_why")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_target_issue_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_target_measure_id")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_target_entered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    for name in ("issue_id", "measure_id"):
        op.create_index(op.f(f"ix_target_{name}"), "target", [name])
    with op.batch_alter_table("measure") as batch:
        sense = sa.Column(
            "sense_of_target", sa.String(length=32), server_default="ge", nullable=False
        )
        batch.add_column(sense)
        listed = ", ".join(f"'{sense}'" for sense in SENSES)
        batch.create_check_constraint(
            op.f("ck_measure_sense"), f"sense_of_target IN ({listed})"
        )
        batch.create_check_constraint(op.f("ck_measure_target_grows"), GROWS)
    with op.batch_alter_table("reading") as batch:
        batch.add_column(sa.Column("confirmed_at", INSTANT, nullable=True))
        for name, table in zip(OF_READINGS, ("target", "account", "reading"), strict=True):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_reading_{name}"), table, [name], ["id"])
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_reading_{name}"), condition)
    for name in ("target_id", "corrects_id"):
        op.create_index(op.f(f"ix_reading_{name}"), "reading", [name])


def downgrade():
    for name in ("target_id", "corrects_id"):
        op.drop_index(op.f(f"ix_reading_{name}"), "reading")
    with op.batch_alter_table("reading") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_reading_{name}"), type_="check")
        for name in OF_READINGS:
            batch.drop_constraint(op.f(f"fk_reading_{name}"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("confirmed_at")
    with op.batch_alter_table("measure") as batch:
        for name in ("target_grows", "sense"):
            batch.drop_constraint(op.f(f"ck_measure_{name}"), type_="check")
        batch.drop_column("sense_of_target")
    op.drop_table("target")
