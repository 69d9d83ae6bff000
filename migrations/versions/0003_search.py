"""The text that is searched of each ticket, the index of its pairs of characters, and the order
of the register.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_search"
down_revision = "0002_history_only_grows"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE search_gram USING fts5"
    "(grams, content='', columnsize=0, detail='none', tokenize='ascii')",
)
POSTGRESQL = (
    "CREATE TABLE search_gram (issue_id INTEGER PRIMARY KEY"
    " REFERENCES search_text (issue_id) ON DELETE CASCADE, grams TEXT[] NOT NULL)",
    "CREATE INDEX ix_search_gram_grams ON search_gram USING gin (grams)",
)


def upgrade():
    op.create_table(
        "search_text",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_search_text_issue_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_search_text")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    op.create_index("ix_issue_urgency", "issue", ["red_from", "yellow_from", "id"])


def downgrade():
    op.drop_index("ix_issue_urgency", "issue")
    op.execute("DROP TABLE search_gram")
    op.drop_table("search_text")
