"""A county has a centre with people of its own, and a ticket may be handed to it."""

import sqlalchemy as sa
from alembic import op

revision = "0038_county_centres"
down_revision = "0037_rosters"
branch_labels = None
depends_on = None

ROLES = (
    "office", "head", "inspector", "reporter", "unit_leader", "leader", "performance",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip
OF_COUNTIES = ("county_office", "county_head")
RELATIONS = (
    "primary", "responsible", "lead", "supporting", "acceptance", "supervising", "measure",
    "territorial",
)  # fmt: skip
OF_CENTRES = ("centre", "task")
A_CENTRE = sa.text("kind = '县级指挥中心'")


def _allow(table, column, words):
    listed = ", ".join(f"'{word}'" for word in words)
    name = op.f(f"ck_{table}_{column}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({listed})")


def upgrade():
    _allow("role_grant", "role", (*ROLES, *OF_COUNTIES))
    _allow("pair_request", "role", (*ROLES, *OF_COUNTIES))
    _allow("issue_unit", "relation", (*RELATIONS, *OF_CENTRES))
    op.create_index(
        "uq_unit_centre", "unit", ["region"], unique=True,
        sqlite_where=A_CENTRE, postgresql_where=A_CENTRE,
    )  # fmt: skip


def downgrade():
    """What the words before cannot say goes: the history tells of it."""
    op.drop_index("uq_unit_centre", "unit")
    op.execute(sa.text("DELETE FROM issue_unit WHERE relation IN ('centre', 'task')"))
    op.execute(sa.text("DELETE FROM role_grant WHERE role IN ('county_office', 'county_head')"))
    _allow("issue_unit", "relation", RELATIONS)
    _allow("pair_request", "role", ROLES)
    _allow("role_grant", "role", ROLES)
