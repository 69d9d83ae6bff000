"""The condition a question becomes: every word of it must occur in what the person may be told.

A word of two characters or more is looked up by its pairs of characters and then read in the text
itself; a single character is read in the texts of the ticket itself.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, TextClause, and_, bindparam, or_, select, text, true
from sqlalchemy.dialects.postgresql import ARRAY

from auth.actor import Actor
from extensions import db
from issues.models import Issue, SearchText
from issues.search.readers import Reader
from issues.search.spelling import grams, words_of
from issues.vocabulary import FoundIn

NAMING = tuple(
    kind.value for kind in (FoundIn.TICKET, FoundIn.UNIT, FoundIn.PERSON, FoundIn.MEASURE)
)
"""Where a single character is looked for: no index knows it, and every text would be read."""


def finds(question: str, actor: Actor) -> ColumnElement[bool]:
    """The condition on Issue. A question of nothing but blanks asks nothing."""
    words, told = words_of(question), Reader.of(actor).condition()
    if not words:
        return true()
    rows = (select(SearchText.issue_id).where(told, contains(word)) for word in words)
    return and_(*(Issue.id.in_(found) for found in rows))


def contains(word: str) -> ColumnElement[bool]:
    """The condition on SearchText that the word stands in it."""
    occurs = SearchText.body.contains(word, autoescape=True)
    pairs = grams(word)
    if not pairs:
        return and_(SearchText.kind.in_(NAMING), occurs)
    return and_(SearchText.id.in_(_having(pairs)), occurs)


def contains_any(words: Sequence[str]) -> ColumnElement[bool]:
    """The same of one of several words, for few texts that are at hand: no index is asked."""
    short = SearchText.kind.in_(NAMING)
    each = (SearchText.body.contains(word, autoescape=True) for word in words)
    return or_(*(
        occurs if grams(word) else and_(short, occurs)
        for word, occurs in zip(words, each, strict=True)
    ))  # fmt: skip


def _having(pairs: Sequence[str]) -> TextClause:
    if db.session.get_bind().dialect.name == "sqlite":
        found = text("SELECT rowid FROM search_gram WHERE search_gram MATCH :pairs")
        return found.bindparams(bindparam("pairs", value=" ".join(pairs), unique=True))
    found = text("SELECT text_id FROM search_gram WHERE grams @> :pairs")
    return found.bindparams(bindparam("pairs", value=list(pairs), type_=ARRAY(Text), unique=True))
