"""Column types all tables share: words, instants, exact figures."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Enum, String, Text, cast, or_
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from issues.vocabulary import Word


def word(kind: type[Word], *, length: int = 32) -> Enum:
    """A vocabulary word as text with a CHECK, so that a new word is no change of type."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=length,
        values_callable=lambda words: [item.value for item in words],
        name=kind.__name__.lower(),
    )


def holds_word(column: Any, word: Word) -> ColumnElement[bool]:
    """That a JSON list holds the word, as it is or escaped to ASCII."""
    kept = cast(column, Text)
    escaped = word.value.encode("unicode_escape").decode("ascii")
    return or_(
        kept.contains(f'"{word.value}"', autoescape=True),
        kept.contains(f'"{escaped}"', autoescape=True),
    )


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; always aware on the Python side.

    A moment without a zone is refused: the machine's own zone would be guessed for it.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value.isoformat()} names no zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal figure kept as its own digits: SQLite would make a float of it."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else format(Decimal(value), "f")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)
