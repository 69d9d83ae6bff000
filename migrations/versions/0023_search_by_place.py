"""What is searched is kept by the kind of place it stands in and by who may be told of it.

What was searched before stays found as the ticket's own text; `ledger backfill` adds the rest.
"""

import sqlalchemy as sa
from alembic import op

from issues.search.spelling import grams

revision = "0023_search_by_place"
down_revision = "0022_export_profiles"
branch_labels = None
depends_on = None

AT_ONCE = 500
GRAMS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_gram USING fts5"
        "(grams, content='', columnsize=0, detail='none', tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE search_gram ({key} INTEGER PRIMARY KEY"
        " REFERENCES search_text ({of}) ON DELETE CASCADE, grams TEXT[] NOT NULL)",
        "CREATE INDEX ix_search_gram_grams ON search_gram USING gin (grams)",
    ),
}
KEEP = {
    "sqlite": "INSERT INTO search_gram (rowid, grams) VALUES (:id, :g)",
    "postgresql": "INSERT INTO search_gram ({key}, grams) VALUES (:id, :g)",
}
OLD = sa.table("search_old", sa.column("issue_id", sa.Integer), sa.column("body", sa.Text))
NEW = sa.table(
    "search_text", sa.column("id", sa.Integer), sa.column("issue_id", sa.Integer),
    sa.column("kind", sa.String), sa.column("audience", sa.String),
    sa.column("unit_id", sa.Integer), sa.column("body", sa.Text),
)  # fmt: skip
BEFORE = ("ticket", "unit", "measure")
"""The kinds that were searched when there were none."""


def upgrade():
    op.execute("DROP TABLE search_gram")
    _set_aside()
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_search_text_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
    )
    place = ["issue_id", "kind", "audience", "unit_id"]
    op.create_index("uq_search_text_place", "search_text", place, unique=True)
    _create_grams("text_id", "id")
    op.execute(
        "INSERT INTO search_text (issue_id, kind, audience, unit_id, body)"
        " SELECT issue_id, 'ticket', 'open', 0, body FROM search_old ORDER BY issue_id"
    )
    op.execute("DROP TABLE search_old")
    for rows in _portions(sa.select(NEW.c.id, NEW.c.body), NEW.c.id):
        _index(rows, "text_id")


def downgrade():
    """One text a ticket again, of what was searched then; none of it is for some alone."""
    op.execute("DROP TABLE search_gram")
    op.execute("DELETE FROM setting WHERE key = 'searched_to'")
    op.drop_index("uq_search_text_place", "search_text")
    _set_aside()
    op.create_table(
        "search_text",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_search_text_issue_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_search_text")),
    )
    _create_grams("issue_id", "issue_id")
    was = sa.table("search_old", *(sa.column(column.name) for column in NEW.c))
    texts = sa.select(was.c.issue_id, was.c.body).where(
        was.c.kind.in_(BEFORE), was.c.audience == "open", was.c.unit_id == 0
    )
    together = {}
    for row in op.get_bind().execute(texts.order_by(was.c.issue_id, was.c.id)):
        together.setdefault(row.issue_id, []).append(row.body)
    old = sa.table("search_text", *(sa.column(column.name) for column in OLD.c))
    rows = [{"issue_id": i, "body": "\n".join(each)} for i, each in together.items()]
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        op.bulk_insert(old, some)
        _index([(row["issue_id"], row["body"]) for row in some], "issue_id")
    op.execute("DROP TABLE search_old")


def _set_aside():
    """With the names its key and its reference bear, which the next table takes."""
    op.rename_table("search_text", "search_old")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_old DROP CONSTRAINT pk_search_text CASCADE")
        op.execute("ALTER TABLE search_old DROP CONSTRAINT fk_search_text_issue_id")


def _create_grams(key, of):
    for statement in GRAMS[op.get_bind().dialect.name]:
        op.execute(statement.format(key=key, of=of))


def _index(rows, key):
    bind = op.get_bind()
    if not rows:
        return
    is_sqlite = bind.dialect.name == "sqlite"
    said = KEEP[bind.dialect.name].format(key=key)
    told = [
        {"id": id_, "g": " ".join(grams(body)) if is_sqlite else grams(body)} for id_, body in rows
    ]
    bind.execute(sa.text(said), told)


def _portions(query, key):
    """The rows of a query some at a time, by their key."""
    bind, last = op.get_bind(), 0
    while rows := bind.execute(query.where(key > last).order_by(key).limit(AT_ONCE)).all():
        yield rows
        last = rows[-1][0]
