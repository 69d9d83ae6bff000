"""What the centre of a county hands on to the units below it, and papers of its own letterhead."""

import sqlalchemy as sa
from alembic import op

revision = "0039_county_tasks"
down_revision = "0038_county_centres"
branch_labels = None
depends_on = None

STATES = ("open", "answered", "confirmed", "ended")


def upgrade():
    op.create_table(
        "county_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="taskstate", native_enum=False,
                                   create_constraint=True, length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_county_task_says_something")),
        sa.CheckConstraint("due_on >= handed_on", name=op.f("ck_county_task_due_later")),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answer = '')",
            name=op.f("ck_county_task_answered_with_words"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('answered', 'confirmed') OR answered_on IS NOT NULL",
            name=op.f("ck_county_task_answered"),
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_on IS NOT NULL)",
            name=op.f("ck_county_task_confirmed_on"),
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_county_task_issue_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_county_task_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_task")),
    )  # fmt: skip
    op.create_index(op.f("ix_county_task_issue_id"), "county_task", ["issue_id"])
    op.create_index("ix_county_task_waiting", "county_task", ["state", "unit_id", "due_on"])
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("centre_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_notice_centre_id"), "unit", ["centre_id"], ["id"])


def downgrade():
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("fk_notice_centre_id"), type_="foreignkey")
        batch.drop_column("centre_id")
    op.drop_index("ix_county_task_waiting", "county_task")
    op.drop_index(op.f("ix_county_task_issue_id"), "county_task")
    op.drop_table("county_task")
