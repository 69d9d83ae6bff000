"""Places have rows of their own: the counties that units stood for, and their city.

No row tells the province: it is added on the page of the places.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033_regions"
down_revision = "0032_readings_of_a_ledger"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = ("province", "city", "county", "zone", "township", "village", "grid", "river")
UNIT = sa.table(
    "unit", sa.column("code", sa.String), sa.column("short_name", sa.String),
    sa.column("kind", sa.String), sa.column("position", sa.Integer),
)  # fmt: skip
SETTING = sa.table("setting", sa.column("key", sa.String), sa.column("value", sa.JSON))
COUNTY = "县（区）"


def upgrade():
    region = op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="regionkind", native_enum=False,
                                  create_constraint=True, length=32), nullable=False),
        sa.Column("parent", sa.String(length=24), nullable=False, server_default=""),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("code <> '' AND name <> ''", name=op.f("ck_region_named")),
        sa.CheckConstraint("code <> parent", name=op.f("ck_region_lies_in_another")),
        sa.CheckConstraint(
            "path LIKE '%' || code || '/'", name=op.f("ck_region_path_ends_here")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )  # fmt: skip
    op.create_index("ix_region_parent", "region", ["parent"])
    op.create_index("ix_region_path", "region", ["path"])
    rows = _places(op.get_bind())
    if rows:
        op.bulk_insert(region, rows)


def _places(connection):
    """City and counties, from the units that stood for them. A city of one name, one code."""
    counties = connection.execute(
        sa.select(UNIT.c.code, UNIT.c.short_name)
        .where(UNIT.c.kind == COUNTY)
        .order_by(UNIT.c.position)
    ).all()
    if not counties:
        return []
    named = connection.scalar(sa.select(SETTING.c.value).where(SETTING.c.key == "city"))
    city = f"{counties[0].code[:4]}00"
    rows = [_row(city, named if isinstance(named, str) else city, "city", "", f"{city}/", 1)]
    return rows + [
        _row(one.code, one.short_name, "county", city, f"{city}/{one.code}/", place)
        for place, one in enumerate(counties, start=1)
    ]


def _row(code, name, kind, parent, path, position):
    return {
        "code": code, "name": name, "kind": kind, "parent": parent, "path": path,
        "position": position,
    }  # fmt: skip


def downgrade():
    op.drop_index("ix_region_path", "region")
    op.drop_index("ix_region_parent", "region")
    op.drop_table("region")
