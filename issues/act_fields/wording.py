"""A field's value as a person reads it: on a page, in a dossier, in the history, in a ledger."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from auth.models import Unit, User
from issues.ground import clock
from issues.rules.dates.days import written

NAMED: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "是" if value else "否"),
    (Unit, lambda unit: unit.name),
    (User, lambda user: user.display_name),
    (Mapping, lambda kept: str(kept.get("name", ""))),
)


class Worded(Protocol):
    """What of a field its value's words depend on."""

    @property
    def type(self) -> str: ...
    @property
    def choices(self) -> tuple[tuple[str, str], ...]: ...


def in_words(field: Worded, value: Any) -> str:
    """As a row holds it, as the history kept it (days as ISO text, names) or as it was typed.

    Empty where nothing stands in it; what is no day stays as it was typed.
    """
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list | tuple):
        return "、".join(in_words(field, one) for one in value)
    for kind, named in NAMED:
        if isinstance(value, kind):
            return named(value)
    if field.type in _TIMES:
        try:
            return _TIMES[field.type](value)
        except ValueError:
            return str(value)
    return dict(field.choices).get(value, str(value))


def _day(value: date | str) -> str:
    return written(value if isinstance(value, date) else date.fromisoformat(value))


def _moment(value: datetime | str) -> str:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


_TIMES: dict[str, Callable[[Any], str]] = {"date": _day, "moment": _moment}
