"""What units are called besides; what is searched is read anew, with aliases and whole readings.

`ledger backfill` writes it: the mark of how far it had come goes back to the beginning.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_unit_aliases"
down_revision = "0026_long_work"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LIVE = sa.text("ended_at IS NULL")
SETTING = sa.table("setting", sa.column("key", sa.String), sa.column("value", sa.JSON))


def upgrade():
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("plain", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.Enum("short", "former", name="aliaskind", native_enum=False,
                                  create_constraint=True, length=32), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "text <> '' AND plain <> ''", name=op.f("ck_unit_alias_says_something")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_unit_alias_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
    )
    op.create_index("ix_unit_alias_unit_id", "unit_alias", ["unit_id"])
    op.create_index(
        "uq_unit_alias_plain", "unit_alias", ["plain"], unique=True,
        sqlite_where=LIVE, postgresql_where=LIVE,
    )  # fmt: skip
    op.execute(sa.update(SETTING).where(SETTING.c.key == "searched_to").values(value=0))


def downgrade():
    op.drop_index("uq_unit_alias_plain", "unit_alias")
    op.drop_index("ix_unit_alias_unit_id", "unit_alias")
    op.drop_table("unit_alias")
