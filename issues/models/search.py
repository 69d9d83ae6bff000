"""What is searched of a ticket, as plain texts; the index over them is each database's own.

`search_gram` holds pairs of characters, since no built-in tokenizer finds a Chinese word of two:
FTS5 without a copy of the text on SQLite, an array with GIN on PostgreSQL. Its rows go by the id
of the text.
"""

from sqlalchemy import DDL, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model

CREATE_INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_gram USING fts5"
        "(grams, content='', columnsize=0, detail='none', tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE search_gram (text_id INTEGER PRIMARY KEY"
        " REFERENCES search_text (id) ON DELETE CASCADE, grams TEXT[] NOT NULL)",
        "CREATE INDEX ix_search_gram_grams ON search_gram USING gin (grams)",
    ),
}
DROP_INDEX = "DROP TABLE search_gram"
NOBODY = 0
"""As the unit of a text that is for no one unit: NULL would be unlike itself."""


class SearchText(Model):
    """What one kind of place tells one audience. Written by issues/search/index.py alone.

    `kind` is a FoundIn, `audience` an Audience; `unit_id` the addressee, of what only it may find.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    kind: Mapped[str] = mapped_column(String(10))
    audience: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[int] = mapped_column(default=NOBODY)
    body: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("uq_search_text_place", "issue_id", "kind", "audience", "unit_id", unique=True),
    )


for _dialect, _statements in CREATE_INDEX.items():
    for _statement in _statements:
        event.listen(
            SearchText.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect)
        )
event.listen(SearchText.__table__, "before_drop", DDL(DROP_INDEX))
