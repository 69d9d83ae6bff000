"""包保: keepers, and the places and tickets they keep. The three old texts stay where they are."""

import sqlalchemy as sa
from alembic import op

revision = "0052_keepers"
down_revision = "0051_scores"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LEVELS = ("area", "section", "household")
ROSTERS = ("units", "people", "polluters", "leads")
IN_USE = sa.text("ended_at IS NULL")
OF_A_PLACE = sa.text("until_on IS NULL AND issue_id IS NULL")
OF_A_TICKET = sa.text("until_on IS NULL AND issue_id IS NOT NULL")


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("roster") as batch:
        batch.drop_constraint(op.f("ck_roster_rosterkind"), type_="check")
        batch.create_check_constraint(op.f("ck_roster_rosterkind"), f"kind IN ({listed})")


def upgrade():
    _keepers()
    _keepings()
    _allow((*ROSTERS, "keepers"))


def _keepers():
    op.create_table(
        "keeper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_keeper_named")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_keeper_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_keeper_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeper")),
    )
    op.create_index(
        "uq_keeper_account", "keeper", ["account_id"], unique=True,
        sqlite_where=IN_USE, postgresql_where=IN_USE,
    )
    op.create_index(op.f("ix_keeper_name"), "keeper", ["name"])


def _keepings():
    op.create_table(
        "keeping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                *LEVELS, name="keeperlevel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("region", sa.String(length=24), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(region = '') = (issue_id IS NOT NULL)", name=op.f("ck_keeping_of_one_thing")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_keeping_forward")
        ),
        sa.ForeignKeyConstraint(["keeper_id"], ["keeper.id"], name=op.f("fk_keeping_keeper_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_keeping_issue_id")),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["account.id"], name=op.f("fk_keeping_given_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeping")),
    )
    op.create_index(
        "uq_keeping_place", "keeping", ["keeper_id", "level", "region"], unique=True,
        sqlite_where=OF_A_PLACE, postgresql_where=OF_A_PLACE,
    )
    op.create_index(
        "uq_keeping_ticket", "keeping", ["keeper_id", "level", "issue_id"], unique=True,
        sqlite_where=OF_A_TICKET, postgresql_where=OF_A_TICKET,
    )
    op.create_index(op.f("ix_keeping_keeper_id"), "keeping", ["keeper_id"])
    op.create_index(op.f("ix_keeping_region"), "keeping", ["region"])
    op.create_index(op.f("ix_keeping_issue_id"), "keeping", ["issue_id"])


def downgrade():
    op.execute("DELETE FROM roster WHERE kind = 'keepers'")
    _allow(ROSTERS)
    op.drop_table("keeping")
    op.drop_table("keeper")
