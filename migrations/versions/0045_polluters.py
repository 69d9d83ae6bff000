"""Pollution sources with their tickets; what a layer of the map is, since when and whose.

A layer from before says none of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045_polluters"
down_revision = "0044_handled_complaints"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "factory", "sewage", "outfall", "farm", "mine", "waste", "site", "service", "fuel", "other",
)
LAYERS = ("red_line", "reserve", "water", "no_farms", "farmland", "river", "other")
ROSTERS = ("units", "people")
STANDING = sa.text("ended_at IS NULL")
CODED = sa.text("code <> ''")
WHOLE = "layer_kind IS NULL OR (NOT is_boundary AND dated_on IS NOT NULL AND owner <> '')"


def _word(name, codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def _allow(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("roster") as batch:
        batch.drop_constraint(op.f("ck_roster_rosterkind"), type_="check")
        batch.create_check_constraint(op.f("ck_roster_rosterkind"), f"kind IN ({listed})")


def upgrade():
    _polluters()
    _ties()
    _allow((*ROSTERS, "polluters"))
    listed = ", ".join(f"'{kind}'" for kind in LAYERS)
    with op.batch_alter_table("map_sheet") as batch:
        batch.add_column(sa.Column("layer_kind", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("dated_on", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column("owner", sa.String(length=80), server_default="", nullable=False)
        )
        batch.add_column(
            sa.Column("document_number", sa.String(length=80), server_default="", nullable=False)
        )
        batch.create_check_constraint(op.f("ck_map_sheet_layerkind"), f"layer_kind IN ({listed})")
        batch.create_check_constraint(op.f("ck_map_sheet_layer_is_whole"), WHOLE)


def _polluters():
    op.create_table(
        "polluter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", _word("polluterkind", KINDS), nullable=False),
        sa.Column("region", sa.String(length=24), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("permits", sa.String(length=200), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("name <> '' AND region <> ''", name=op.f("ck_polluter_named")),
        sa.CheckConstraint(
            "code = '' OR length(code) = 18", name=op.f("ck_polluter_whole_code")
        ),
        sa.CheckConstraint(
            "(lon IS NULL) = (lat IS NULL)", name=op.f("ck_polluter_whole_point")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_polluter_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polluter")),
    )
    op.create_index(
        "uq_polluter_code", "polluter", ["code"], unique=True,
        sqlite_where=CODED, postgresql_where=CODED,
    )
    op.create_index("ix_polluter_point", "polluter", ["lat", "lon"])
    op.create_index(op.f("ix_polluter_name"), "polluter", ["name"])
    op.create_index(op.f("ix_polluter_region"), "polluter", ["region"])


def _ties():
    op.create_table(
        "polluter_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("polluter_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("tied_on", sa.Date(), nullable=False),
        sa.Column("tied_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["polluter_id"], ["polluter.id"], name=op.f("fk_polluter_tie_polluter_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_polluter_tie_issue_id")),
        sa.ForeignKeyConstraint(
            ["tied_by_id"], ["account.id"], name=op.f("fk_polluter_tie_tied_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polluter_tie")),
    )
    op.create_index(
        "uq_polluter_tie_standing", "polluter_tie", ["polluter_id", "issue_id"], unique=True,
        sqlite_where=STANDING, postgresql_where=STANDING,
    )
    op.create_index(op.f("ix_polluter_tie_polluter_id"), "polluter_tie", ["polluter_id"])
    op.create_index(op.f("ix_polluter_tie_issue_id"), "polluter_tie", ["issue_id"])


def downgrade():
    with op.batch_alter_table("map_sheet") as batch:
        batch.drop_constraint(op.f("ck_map_sheet_layer_is_whole"), type_="check")
        batch.drop_constraint(op.f("ck_map_sheet_layerkind"), type_="check")
        for column in ("document_number", "owner", "dated_on", "layer_kind"):
            batch.drop_column(column)
    op.execute("DELETE FROM roster WHERE kind = 'polluters'")
    _allow(ROSTERS)
    op.drop_table("polluter_tie")
    op.drop_table("polluter")
