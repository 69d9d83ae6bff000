"""Which problem each imported ticket is, and what is searched, in the spelling texts are compared
in: full and half width, signs nobody sees, and a word that is broken over two lines.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from issues.ground.signs import folded
from issues.search.spelling import grams, normal

revision = "0014_one_spelling"
down_revision = "0013_unit_kinds_in_full_width"
branch_labels = None
depends_on = None

AT_ONCE = 500
ISSUE = sa.table(
    "issue",
    sa.column("id", sa.Integer),
    sa.column("source", sa.String),
    sa.column("region", sa.String),
    sa.column("place", sa.Text),
    sa.column("problem", sa.Text),
    sa.column("imported_on", sa.Date),
)
IDENTITY = sa.table(
    "import_identity", sa.column("issue_id", sa.Integer), sa.column("digest", sa.String)
)
SEARCHED = sa.table("search_text", sa.column("issue_id", sa.Integer), sa.column("body", sa.Text))
FORGET = "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :id, :g)"
KEEP = "INSERT INTO search_gram (rowid, grams) VALUES (:id, :g)"
CHANGE = "UPDATE search_gram SET grams = :g WHERE issue_id = :id"


def upgrade():
    op.create_table(
        "import_identity",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_import_identity_issue_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_import_identity")),
    )
    op.create_index(
        op.f("ix_import_identity_digest"), "import_identity", ["digest"], unique=False
    )
    _tell_apart()
    _fold()


def _tell_apart():
    imported = sa.select(ISSUE).where(ISSUE.c.imported_on.is_not(None)).order_by(ISSUE.c.id)
    for rows in _portions(imported, ISSUE.c.id):
        op.bulk_insert(IDENTITY, [{"issue_id": r.id, "digest": _identity(r)} for r in rows])


def _identity(row):
    told = ["".join(folded(text).split()).casefold() for text in (row.place, row.problem)]
    text = json.dumps([row.source, row.region, *told], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _fold():
    bind = op.get_bind()
    for rows in _portions(sa.select(SEARCHED), SEARCHED.c.issue_id):
        for row in rows:
            new = "\n".join(map(normal, row.body.split("\n")))
            if new != row.body:
                here = SEARCHED.c.issue_id == row.issue_id
                bind.execute(sa.update(SEARCHED).where(here).values(body=new))
                _index(bind, row.issue_id, row.body, new)


def _index(bind, issue_id, old, new):
    if bind.dialect.name == "sqlite":
        bind.execute(sa.text(FORGET), {"id": issue_id, "g": " ".join(grams(old))})
        bind.execute(sa.text(KEEP), {"id": issue_id, "g": " ".join(grams(new))})
    else:
        bind.execute(sa.text(CHANGE), {"id": issue_id, "g": grams(new)})


def _portions(query, key):
    """The rows of a query some at a time, by their key."""
    bind, last = op.get_bind(), 0
    while rows := bind.execute(query.where(key > last).order_by(None).order_by(key).limit(AT_ONCE)).all():
        yield rows
        last = rows[-1][0]


def downgrade():
    op.drop_index(op.f("ix_import_identity_digest"), table_name="import_identity")
    op.drop_table("import_identity")
