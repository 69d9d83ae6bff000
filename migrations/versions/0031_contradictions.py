"""Where two sources of a ticket differ is kept, and what a person ruled of it."""

import sqlalchemy as sa
from alembic import op

revision = "0031_contradictions"
down_revision = "0030_waivers"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "finish_ahead", "finish_confirmed_earlier", "finish_differs", "finish_not_ticked",
    "promise_late", "plan_day", "remark_day", "count_falls", "count_not_figure",
    "count_over_target", "plan_target", "reading_not_text", "unit_differs", "taken_too_early",
    "sampled_too_early", "sampled_too_late", "taken_far", "other_county",
)  # fmt: skip
VERDICTS = ("upheld", "explained", "misread")


def word(name, words):
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "contradiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("kind", word("contradictionkind", KINDS), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("one", sa.JSON(), nullable=False),
        sa.Column("other", sa.JSON(), nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_contradiction_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
    )
    op.create_index(
        "uq_contradiction_digest", "contradiction", ["issue_id", "digest"], unique=True
    )
    op.create_table(
        "contradiction_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contradiction_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("verdict", word("verdict", VERDICTS), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ruled_at", INSTANT, nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_contradiction_ruling_with_a_reason")),
        sa.ForeignKeyConstraint(
            ["contradiction_id"], ["contradiction.id"],
            name=op.f("fk_contradiction_ruling_contradiction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_contradiction_ruling_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["account.id"], name=op.f("fk_contradiction_ruling_ruled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction_ruling")),
    )
    for column in ("contradiction_id", "issue_id"):
        op.create_index(
            op.f(f"ix_contradiction_ruling_{column}"), "contradiction_ruling", [column]
        )


def downgrade():
    op.drop_table("contradiction_ruling")
    op.drop_table("contradiction")
