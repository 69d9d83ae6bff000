"""Messages to persons, where they are sent to, feeds of deadlines, other systems that are told.

The outbox, until now of notices alone, carries the lines of all of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040_messages"
down_revision = "0039_county_tasks"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LIVE = sa.text("ended_at IS NULL")
ONE_OWNER = "(user_id IS NULL) <> (unit_id IS NULL)"
EVENTS = (
    "assigned", "notice", "returned", "extension", "sent_back", "deadline", "turned_yellow",
    "turned_red", "instruction", "task", "decision", "work", "account",
)
KINDS = ("mail", "wecom", "dingtalk", "feishu")
ONE_CHANNEL = (
    "(CASE WHEN notice_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN address_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN webhook_id IS NULL THEN 0 ELSE 1 END) = 1"
)
FURTHER = (("message_id", "message"), ("address_id", "address"), ("webhook_id", "webhook"))


def _word(name, codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def _to(table, column, target):
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")
    )


def upgrade():
    _messages()
    _addresses()
    _passes()
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("notice_id", existing_type=sa.Integer(), nullable=True)
        for column, _ in FURTHER:
            outbox.add_column(sa.Column(column, sa.Integer(), nullable=True))
        outbox.add_column(
            sa.Column("about", sa.String(length=80), server_default="", nullable=False)
        )
        outbox.add_column(sa.Column("ended_at", INSTANT, nullable=True))
        for column, target in FURTHER:
            outbox.create_foreign_key(op.f(f"fk_outbox_{column}"), target, [column], ["id"])
        outbox.create_check_constraint(op.f("ck_outbox_one_channel"), ONE_CHANNEL)
        outbox.create_check_constraint(
            op.f("ck_outbox_message_to_address"), "message_id IS NULL OR address_id IS NOT NULL"
        )
        outbox.create_check_constraint(
            op.f("ck_outbox_sent_or_ended"), "sent_at IS NULL OR ended_at IS NULL"
        )
    op.create_index("uq_outbox_message", "outbox", ["message_id", "channel"], unique=True)
    op.create_index("uq_outbox_webhook", "outbox", ["webhook_id", "about"], unique=True)
    op.create_index(op.f("ix_outbox_address_id"), "outbox", ["address_id"])
    op.create_index(op.f("ix_outbox_webhook_id"), "outbox", ["webhook_id"])


def _messages():
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("event", _word("messageevent", EVENTS), nullable=False),
        sa.Column("called", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("is_covert", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.CheckConstraint(ONE_OWNER, name=op.f("ck_message_one_owner")),
        _to("message", "user_id", "account"),
        _to("message", "unit_id", "unit"),
        _to("message", "issue_id", "issue"),
        _to("message", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_issue_id"), "message", ["issue_id"])
    op.create_index(op.f("ix_message_notice_id"), "message", ["notice_id"])
    op.create_index(op.f("ix_message_written_at"), "message", ["written_at"])
    op.create_index("uq_message_person", "message", ["user_id", "occasion"], unique=True)
    op.create_index("uq_message_unit", "message", ["unit_id", "occasion"], unique=True)
    op.create_index("ix_message_unread", "message", ["user_id", "read_at", "id"])
    op.create_table(
        "message_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("timings", sa.JSON(), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=False),
        sa.Column("quiet_until", sa.String(length=5), nullable=False),
        sa.CheckConstraint(ONE_OWNER, name=op.f("ck_message_choice_one_owner")),
        _to("message_choice", "user_id", "account"),
        _to("message_choice", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_choice")),
        sa.UniqueConstraint("user_id", name=op.f("uq_message_choice_user_id")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_message_choice_unit_id")),
    )


def _addresses():
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", _word("addresskind", KINDS), nullable=False),
        sa.Column("shown", sa.String(length=80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("code_until", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("proven_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(ONE_OWNER, name=op.f("ck_address_one_owner")),
        _to("address", "user_id", "account"),
        _to("address", "unit_id", "unit"),
        _to("address", "made_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    for column in ("user_id", "unit_id", "key_id"):
        op.create_index(op.f(f"ix_address_{column}"), "address", [column])


def _passes():
    op.create_table(
        "feed_pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _to("feed_pass", "user_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_pass")),
        sa.UniqueConstraint("digest", name=op.f("uq_feed_pass_digest")),
    )
    op.create_index(
        "uq_feed_pass_live", "feed_pass", ["user_id"], unique=True,
        sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _to("webhook", "made_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_key_id"), "webhook", ["key_id"])


def downgrade():
    """Lines of messages and events go with the tables that they are of."""
    op.drop_index(op.f("ix_outbox_webhook_id"), "outbox")
    op.drop_index(op.f("ix_outbox_address_id"), "outbox")
    op.drop_index("uq_outbox_webhook", "outbox")
    op.drop_index("uq_outbox_message", "outbox")
    op.execute("DELETE FROM outbox WHERE notice_id IS NULL OR ended_at IS NOT NULL")
    with op.batch_alter_table("outbox") as outbox:
        for name in ("sent_or_ended", "message_to_address", "one_channel"):
            outbox.drop_constraint(op.f(f"ck_outbox_{name}"), type_="check")
        for column, _ in FURTHER:
            outbox.drop_constraint(op.f(f"fk_outbox_{column}"), type_="foreignkey")
        outbox.drop_column("ended_at")
        outbox.drop_column("about")
        for column, _ in reversed(FURTHER):
            outbox.drop_column(column)
        outbox.alter_column("notice_id", existing_type=sa.Integer(), nullable=False)
    for table in ("webhook", "feed_pass", "address", "message_choice", "message"):
        op.drop_table(table)
