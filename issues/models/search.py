"""What is searched of a ticket, as one plain text; the index over it is each database's own.

`search_gram` holds pairs of characters, since no built-in tokenizer finds a Chinese word of two:
FTS5 without a copy of the text on SQLite, an array with GIN on PostgreSQL.
"""

from sqlalchemy import DDL, ForeignKey, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model

CREATE_INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_gram USING fts5"
        "(grams, content='', columnsize=0, detail='none', tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE search_gram (issue_id INTEGER PRIMARY KEY"
        " REFERENCES search_text (issue_id) ON DELETE CASCADE, grams TEXT[] NOT NULL)",
        "CREATE INDEX ix_search_gram_grams ON search_gram USING gin (grams)",
    ),
}
DROP_INDEX = "DROP TABLE search_gram"


class SearchText(Model):
    """Written by issues/search.py alone."""

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


for _dialect, _statements in CREATE_INDEX.items():
    for _statement in _statements:
        event.listen(
            SearchText.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect)
        )
event.listen(SearchText.__table__, "before_drop", DDL(DROP_INDEX))
