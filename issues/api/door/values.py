"""Values as JSON writes them: days, moments with their offset, figures as numbers."""

from datetime import date, datetime
from decimal import Decimal

from issues.ground.shape import plain


def day(value: date | None) -> str | None:
    """YYYY-MM-DD."""
    return plain(value)


def moment(value: datetime | None) -> str | None:
    """RFC 3339, in Shanghai, whole seconds."""
    return plain(value)


def figure(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    return plain(value)
