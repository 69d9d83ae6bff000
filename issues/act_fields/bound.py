"""Between which days a day of a form may lie: one bound that the form says and the act refuses.

A field whose meaning alone tells it says so itself (`when`): what has happened is not of tomorrow,
what is owed is not of yesterday. Bounds reckoned from a row stand beside what reads the row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from issues.act_fields.field import COMING, PAST, Field
from issues.ground import clock
from issues.rules.dates.bounds import Bound, from_today, until_today

_OF = {PAST: until_today, COMING: from_today}


def bound_of(field: Field, today: date) -> Bound | None:
    """By what the field means; None where any day is taken."""
    reckon = _OF.get(field.when)
    return reckon(field.label, today) if reckon else None


def beyond_today(
    fields: Iterable[Field], given: Mapping[str, Any], today: date
) -> dict[str, list[str]]:
    """The days that lie beyond what their fields mean, those within rows left to who reads rows."""
    found = {}
    for field in fields:
        day, bound = _day(given.get(field.name)), bound_of(field, today)
        if day is not None and bound is not None and (said := bound.why_not(day)):
            found[field.name] = [said]
    return found


def _day(value: Any) -> date | None:
    return clock.day_of(value) if isinstance(value, datetime) else value


def as_meant(fields: Sequence[Field], today: date) -> tuple[Field, ...]:
    """The fields with the days they take today, where no row has said others."""
    return bounded(fields, dict(_meant(fields, today)))


def _meant(fields: Iterable[Field], today: date, before: str = "") -> Iterator[tuple[str, Bound]]:
    for field in fields:
        bound = bound_of(field, today)
        if bound is not None and field.first is field.last is None:
            yield before + field.name, bound
        yield from _meant(field.fields, today, f"{before}{field.name}.")


def bounded(fields: Sequence[Field], bounds: Mapping[str, Bound]) -> tuple[Field, ...]:
    """The fields with these days, by path (`measures.deadline`), and the words."""
    for path, bound in bounds.items():
        fields = _bounded(fields, path.split("."), bound)
    return tuple(fields)


def _bounded(fields: Sequence[Field], path: Sequence[str], bound: Bound) -> tuple[Field, ...]:
    return tuple(_of(one, path[1:], bound) if one.name == path[0] else one for one in fields)


def _of(field: Field, rest: Sequence[str], bound: Bound) -> Field:
    """A row's cell has no room for words: its list says them."""
    if not rest:
        hint = _joined(field.hint, bound.hint)
        return replace(field, first=bound.first, last=bound.last, hint=hint)
    inner = replace(field, fields=_bounded(field.fields, rest, bound))
    if field.type != "rows":
        return inner
    label = next(sub.label for sub in field.fields if sub.name == rest[0])
    return replace(inner, hint=_joined(field.hint, f"{label}：{bound.hint}"))


def _joined(own: str, said: str) -> str:
    return "".join(filter(None, (own if not own or own.endswith("。") else f"{own}。", said)))
