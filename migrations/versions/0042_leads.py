"""What is told of before it is a ticket, with its pictures; sources of tickets made of it."""

import sqlalchemy as sa
from alembic import op

from issues.ground.columns import Exact, Instant

revision = "0042_leads"
down_revision = "0041_county_rounds"
branch_labels = None
depends_on = None

ORIGINS = ("remote_sensing", "greenshield", "online_monitor", "hotline", "media", "patrol", "other")
STATES = ("new", "ticket", "linked", "dismissed")
BEFORE = ("YD", "YX", "SD", "SX", "ZH", "JS", "AF", "ZC", "GZ", "QT")
AFTER = ("YD", "YX", "SD", "SX", "ZH", "JS", "AF", "ZC", "YG", "LD", "RX", "MT", "GZ", "QT")
OF_SOURCES = ("issue", "colour_span")


def words(name, *codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    lead()
    picture()
    for table in OF_SOURCES:
        allow(table, AFTER)


def lead():
    op.create_table(
        "lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", words("leadorigin", *ORIGINS), nullable=False),
        sa.Column("origin_ref", sa.String(length=80), nullable=True),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("received_at", Instant(timezone=True), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("subject_firm", sa.String(length=120), nullable=False),
        sa.Column("pollutant", sa.String(length=40), nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("measured_in", sa.String(length=20), nullable=False),
        sa.Column("limit_value", Exact(), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("state", words("leadstate", *STATES), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("triaged_at", Instant(timezone=True), nullable=True),
        sa.Column("triaged_by_id", sa.Integer(), nullable=True),
        *checks(),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_lead_issue_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["account.id"], name=op.f("fk_lead_reporter_id")),
        sa.ForeignKeyConstraint(
            ["triaged_by_id"], ["account.id"], name=op.f("fk_lead_triaged_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )  # fmt: skip
    op.create_index(op.f("ix_lead_issue_id"), "lead", ["issue_id"])
    op.create_index("uq_lead_origin_ref", "lead", ["origin", "origin_ref"], unique=True)
    op.create_index("ix_lead_waiting", "lead", ["state", "due_at"])
    op.create_index("ix_lead_received_at", "lead", ["received_at"])


def checks():
    said = {
        "says_something": "text <> ''",
        "whole_point": "(lon IS NULL) = (lat IS NULL)",
        "reading_named": "(value IS NULL) = (pollutant = '')",
        "limit_of_a_reading": "limit_value IS NULL OR value IS NOT NULL",
        "triaged": "(state = 'new') = (triaged_at IS NULL)"
                   " AND (triaged_at IS NULL) = (triaged_by_id IS NULL)",
        "led_to_a_ticket": "(state IN ('ticket', 'linked')) = (issue_id IS NOT NULL)",
        "dismissed_with_reason": "state <> 'dismissed' OR reason <> ''",
    }  # fmt: skip
    return [sa.CheckConstraint(text, name=op.f(f"ck_lead_{name}")) for name, text in said.items()]


def picture():
    op.create_table(
        "lead_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.String(length=32), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("software", sa.String(length=120), nullable=False),
        sa.Column("dhash", sa.String(length=16), nullable=True),
        sa.Column("uploaded_at", Instant(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_picture_lead_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_lead_picture_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_picture")),
    )  # fmt: skip
    op.create_index(op.f("ix_lead_picture_sha256"), "lead_picture", ["sha256"])
    op.create_index("uq_lead_picture_bytes", "lead_picture", ["lead_id", "sha256"], unique=True)


def allow(table, codes):
    name, listed = f"ck_{table}_source", ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), f"source IN ({listed})")


def downgrade():
    """Tickets of the new sources become 其他."""
    for table in OF_SOURCES:
        op.execute(f"UPDATE {table} SET source = 'QT' WHERE source IN ('YG', 'LD', 'RX', 'MT')")  # noqa: S608 - words of this file
        allow(table, BEFORE)
    op.drop_table("lead_picture")
    op.drop_table("lead")
