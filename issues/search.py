"""Finding tickets by words: what is kept of a ticket, and the condition a question becomes.

Every word of the question must occur. A word of two characters or more is looked up by its pairs
of characters and then read in the text itself; a single character is read in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Text,
    TextClause,
    and_,
    bindparam,
    insert,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from extensions import db
from issues.ground import signs
from issues.models import Issue, Measure, SearchText
from issues.tickets.fields import SEARCHED

LONGEST_QUESTION = 100
MOST_GRAMS = 65_536
"""How many pairs are remembered as tokens: few are ever met, and again and again."""


_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd"
_BROKEN = re.compile(rf" (?=[{_WIDE}])|(?<=[{_WIDE}]) ")
"""A blank or a line end beside Chinese parts no words: one stands where a line was broken."""


def normal(words: str) -> str:
    """One spelling of width and case, without signs nobody sees; blanks between other scripts."""
    return _BROKEN.sub("", " ".join(_spelt(words).split()))


def _spelt(words: str) -> str:
    return unicodedata.normalize("NFKC", signs.folded(words).casefold())


def grams(words: str) -> list[str]:
    """The pairs of neighbouring characters of normal text, each once, as plain ASCII tokens."""
    return list(dict.fromkeys(map(_gram, words, words[1:])))


@lru_cache(MOST_GRAMS)
def _gram(one: str, two: str) -> str:
    return f"{ord(one):x}x{ord(two):x}"


def body_of(issue: Issue) -> str:
    """What may be searched of a ticket, one part a line. No person's contact is in it."""
    names = (name for reach in issue.reaches for name in (reach.unit.name, reach.unit.short_name))
    said = {field.column: getattr(issue, field.column) for field in SEARCHED}
    return put_together(issue.number, said, names, _measures(issue))


def put_together(
    number: str, said: Mapping[str, Any], names: Iterable[str], measures: Iterable[str]
) -> str:
    """The searched text of a ticket, its fields given by column."""
    fields = (said.get(field.column) for field in SEARCHED)
    parts = (number, *fields, *dict.fromkeys(names), *measures)
    return "\n".join(normal(part) for part in parts if part)


def _measures(issue: Issue) -> Iterable[str]:
    rows = select(Measure.text).where(Measure.issue_id == issue.id, Measure.dropped_at.is_(None))
    return db.session.scalars(rows.order_by(Measure.id))


def refresh(issue: Issue) -> None:
    """Bring what is searched in step with the ticket. Never commits."""
    db.session.flush()
    new = body_of(issue)
    kept = db.session.get(SearchText, issue.id)
    old = None if kept is None else kept.body
    if old == new:
        return
    if kept is None:
        db.session.add(SearchText(issue_id=issue.id, body=new))
    else:
        kept.body = new
    db.session.flush()
    _index(issue.id, old, new)


def index_new(bodies: Mapping[int, str]) -> None:
    """Tickets that are new to the search, many at once. Never commits."""
    rows = [{"issue_id": issue_id, "body": body} for issue_id, body in bodies.items()]
    db.session.execute(insert(SearchText), rows)
    if _is_sqlite():
        statement = text("INSERT INTO search_gram (rowid, grams) VALUES (:id, :g)")
        values = [{"id": i, "g": " ".join(grams(words))} for i, words in bodies.items()]
    else:
        statement = text("INSERT INTO search_gram (issue_id, grams) VALUES (:id, :g)").bindparams(
            bindparam("g", type_=ARRAY(String))
        )
        values = [{"id": i, "g": grams(words)} for i, words in bodies.items()]
    db.session.execute(statement, values)


def _index(issue_id: int, old: str | None, new: str) -> None:
    if _is_sqlite():
        if old is not None:
            _run(
                "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :id, :g)",
                id=issue_id, g=" ".join(grams(old)),
            )  # fmt: skip
        _run(
            "INSERT INTO search_gram (rowid, grams) VALUES (:id, :g)",
            id=issue_id, g=" ".join(grams(new)),
        )  # fmt: skip
        return
    statement = text(
        "INSERT INTO search_gram (issue_id, grams) VALUES (:id, :g)"
        " ON CONFLICT (issue_id) DO UPDATE SET grams = excluded.grams"
    ).bindparams(bindparam("g", type_=ARRAY(String)))
    db.session.execute(statement, {"id": issue_id, "g": grams(new)})


def _run(statement: str, **values: object) -> None:
    db.session.execute(text(statement), values)


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def finds(question: str) -> ColumnElement[bool]:
    """The condition on Issue that every word of the question occurs in its text."""
    words = _spelt(question[:LONGEST_QUESTION]).split()
    if not words:
        return true()
    rows = select(SearchText.issue_id).where(
        and_(*(SearchText.body.contains(word, autoescape=True) for word in words))
    )
    if pairs := list(dict.fromkeys(gram for word in words for gram in grams(word))):
        rows = rows.where(SearchText.issue_id.in_(_having(pairs)))
    return Issue.id.in_(rows)


def _having(pairs: Sequence[str]) -> TextClause:
    if _is_sqlite():
        found = text("SELECT rowid FROM search_gram WHERE search_gram MATCH :pairs")
        return found.bindparams(pairs=" ".join(pairs))
    found = text("SELECT issue_id FROM search_gram WHERE grams @> :pairs")
    return found.bindparams(bindparam("pairs", value=list(pairs), type_=ARRAY(Text)))
