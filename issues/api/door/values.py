"""Values as JSON writes them: days, moments with their offset, figures as numbers."""

from datetime import date, datetime
from decimal import Decimal

from issues.ground import clock


def day(value: date | None) -> str | None:
    """YYYY-MM-DD."""
    return None if value is None else value.isoformat()


def moment(value: datetime | None) -> str | None:
    """RFC 3339, in Shanghai, whole seconds."""
    return None if value is None else clock.local(value).isoformat(timespec="seconds")


def figure(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
