"""Workbooks of units and people are kept until they are confirmed; roles are asked for in them."""

import sqlalchemy as sa
from alembic import op

revision = "0037_rosters"
down_revision = "0036_contacts_of_units"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = ("units", "people")
ROLES = (
    "office", "head", "inspector", "reporter", "unit_leader", "leader", "performance", "sysadmin",
    "county_office", "county_head",
    "secadmin", "auditor",
)  # fmt: skip


def _word(name, words):
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("rosterkind", KINDS), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (reason = '')",
            name=op.f("ck_roster_confirmed_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_roster_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
    )
    op.create_index(op.f("ix_roster_key_id"), "roster", ["key_id"])
    op.create_table(
        "role_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", _word("role", ROLES), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (reason = '')",
            name=op.f("ck_role_request_decided_with_a_reason"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> user_id",
            name=op.f("ck_role_request_not_to_self"),
        ),
        sa.CheckConstraint(
            "decided_at IS NOT NULL OR NOT is_granted",
            name=op.f("ck_role_request_granted_is_decided"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_role_request_user_id")),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["roster.id"], name=op.f("fk_role_request_roster_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_role_request_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_role_request_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_request")),
    )
    for name in ("user_id", "roster_id"):
        op.create_index(op.f(f"ix_role_request_{name}"), "role_request", [name])
    op.create_index(
        "uq_role_request_waiting", "role_request", ["user_id", "role"], unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def downgrade():
    op.drop_table("role_request")
    op.drop_table("roster")
