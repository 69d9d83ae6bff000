"""Points booked to units, appeals against them, and published quarters."""

import sqlalchemy as sa
from alembic import op

revision = "0051_scores"
down_revision = "0050_lead_rest"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = ("booking", "correction", "restored")
RULES = (
    "second_yellow", "red", "report_missed", "reply_late", "fake", "relapse", "overdue",
    "returned", "target_missed", "early",
)
SHARES = ("primary", "lead", "county", "line")
STATES = ("booked", "appealed", "upheld", "rejected")
RULED = (
    "(state = 'appealed') = (ruled_at IS NULL) AND (state = 'appealed') = (ruling = '')"
    " AND (state = 'appealed') = (ruled_by_id IS NULL)"
)


def _word(name, codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def _of(table, column, target, *, nullable=False):
    key = sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, sa.Integer(), nullable=nullable), key


def upgrade():
    _entries()
    _appeals()
    _quarters()


def _entries():
    keys = [
        _of("score_entry", "unit_id", "unit.id"),
        _of("score_entry", "issue_id", "issue.id"),
        _of("score_entry", "event_id", "event.id", nullable=True),
        _of("score_entry", "notice_id", "notice.id", nullable=True),
        _of("score_entry", "booked_by_id", "account.id", nullable=True),
        _of("score_entry", "of_id", "score_entry.id", nullable=True),
    ]
    op.create_table(
        "score_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        *(column for column, _ in keys),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", _word("entrykind", KINDS), nullable=False),
        sa.Column("rule", _word("scorerule", RULES), nullable=False),
        sa.Column("share_as", _word("scoreshare", SHARES), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(length=200), nullable=False),
        *(sa.Column(name, sa.String(length=40), nullable=False)
          for name in ("base", "share", "weight", "value")),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("booked_at", INSTANT, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_score_entry_quarter")),
        sa.CheckConstraint(
            "turn >= 0 AND (turn = 0) = (of_id IS NULL)",
            name=op.f("ck_score_entry_first_is_of_none"),
        ),
        sa.CheckConstraint(
            "(kind = 'booking') = (of_id IS NULL)", name=op.f("ck_score_entry_booking_is_first")
        ),
        sa.CheckConstraint(
            "kind = 'booking' OR reason <> ''", name=op.f("ck_score_entry_later_with_reason")
        ),
        *(key for _, key in keys),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_entry")),
    )
    op.create_index("uq_score_entry_turn", "score_entry", ["key", "unit_id", "turn"], unique=True)
    op.create_index("ix_score_entry_book", "score_entry", ["year", "quarter", "unit_id"])
    for column in ("issue_id", "on", "of_id"):
        op.create_index(op.f(f"ix_score_entry_{column}"), "score_entry", [column])


def _appeals():
    keys = [
        _of("score_appeal", "entry_id", "score_entry.id"),
        _of("score_appeal", "appealed_by_id", "account.id"),
        _of("score_appeal", "ruled_by_id", "account.id", nullable=True),
    ]
    op.create_table(
        "score_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        *(column for column, _ in keys),
        sa.Column("state", _word("scorestate", STATES), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("appealed_at", INSTANT, nullable=False),
        sa.Column("ruling", sa.String(length=2000), nullable=False),
        sa.Column("ruled_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('appealed', 'upheld', 'rejected')", name=op.f("ck_score_appeal_of_appeals")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_score_appeal_says_something")),
        sa.CheckConstraint(RULED, name=op.f("ck_score_appeal_ruled_with_reason")),
        *(key for _, key in keys),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_appeal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_score_appeal_entry_id")),
    )


def _quarters():
    column, key = _of("score_quarter", "published_by_id", "account.id")
    op.create_table(
        "score_quarter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        column,
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_score_quarter_quarter")),
        key,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_quarter")),
    )
    op.create_index(
        "uq_score_quarter_of_year", "score_quarter", ["year", "quarter"], unique=True
    )


def downgrade():
    op.drop_table("score_quarter")
    op.drop_table("score_appeal")
    op.drop_table("score_entry")
