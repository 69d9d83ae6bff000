"""Two people at one form: who comes second keeps what was typed and takes over what was left alone.

`base` is what the form was drawn with; it travels in the form. What both have changed is a clash:
the second sees both and ticks where the other's is to stand.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from issues import regions
from issues.act_fields import Field
from issues.act_fields.wording import in_words
from issues.ground.documents import Unreadable, json_of
from issues.queries.ground import names as units
from issues.web.door import forms
from issues.web.door.forms import Values
from issues.web.ticket.form import changed, has_ids, may_add, plain

BASE, THEIRS = "base", "theirs"
EMPTY = "（空）"
MOST_BASE = 2 * 1024 * 1024
DEEPEST = 6
"""Levels a form's own picture has at most: form, changes, rows, row, units, unit."""


class Clash(NamedTuple):
    """One thing two people changed. `path` is its name in the form."""

    path: str
    label: str
    now: str
    mine: str


def written(current: Mapping[str, Any]) -> str:
    return json.dumps(current, ensure_ascii=False)


def base_of_form() -> Values | None:
    """None where the sender kept none we could have written: then everything typed has changed."""
    try:
        base = json_of(forms.carried(BASE), MOST_BASE, DEEPEST)
    except Unreadable:
        return None
    return base if isinstance(base, dict) else None


def merge(
    fields: Sequence[Field], base: Values, said: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[Values, list[Clash]]:
    """What the form is drawn with on the newest version, and what both have changed."""
    under_way = _Merge(frozenset())
    return under_way.fields(fields, base, said, now), under_way.clashes


def chosen(
    fields: Sequence[Field], said: Mapping[str, Any], now: Mapping[str, Any], theirs: Sequence[str]
) -> Mapping[str, Any]:
    """What was typed, with the ticked things as they stand now."""
    return _Merge(frozenset(theirs)).fields(fields, now, said, now) if theirs else said


class _Merge:
    def __init__(self, theirs: frozenset[str]) -> None:
        self.theirs = theirs
        self.clashes: list[Clash] = []

    def fields(
        self, fields: Sequence[Field], base: Mapping[str, Any], said: Mapping[str, Any],
        now: Mapping[str, Any], at: str = "", place: str = "",
    ) -> Values:  # fmt: skip
        return {
            field.name: self._one(
                field,
                (base.get(field.name), said.get(field.name), now.get(field.name)),
                f"{at}{field.name}",
                place,
            )
            for field in fields
        }

    def _one(self, field: Field, held: tuple[Any, Any, Any], path: str, place: str) -> Any:
        base, said, now = held
        if field.type == "changes":
            was, mine, there = (one if isinstance(one, dict) else {} for one in held)
            return self.fields(field.fields, was, mine, there, f"{path}-", place)
        if has_ids(field) and isinstance(now, list):
            return self._rows(field, held, path)
        if path in self.theirs or (plain(said) == plain(base) and now is not None):
            return now
        if plain(now) not in (plain(base), plain(said)):
            told = _shown(field, now), _shown(field, said)
            self.clashes.append(Clash(path, f"{place}{field.label}", *told))
        return said

    def _rows(self, field: Field, held: tuple[Any, Any, Any], path: str) -> list[Values]:
        """The rows that are there now, each by its id, and the new ones.

        One that is gone needs nothing more, but where rows may be added, what was typed into it
        is kept as a new one.
        """
        before, mine = (_by_id(rows) for rows in held[:2])
        parts = [sub for sub in field.fields if sub.name != "id"]
        found = []
        for row in held[2]:
            key, label = str(row["id"]), row.get("label", "")
            old, own = before.get(key, {}), mine.get(key, row)
            place = f"措施{label.partition('.')[0]} "
            found.append(row | self.fields(parts, old, own, row, f"{path}-{key}-", place))
        return found + (_added(field, held) if may_add(field) else [])


def _added(field: Field, held: tuple[Any, Any, Any]) -> list[Values]:
    base, said, now = held
    before, there = _by_id(base), _by_id(now)
    found = []
    for row in said if isinstance(said, list) else []:
        key = str(row["id"] or "")
        is_typed = not row.get("dropped") and changed(field.fields, row, before.get(key, {}))
        if not key or (key not in there and is_typed):
            found.append(row | {"id": "", "dropped": False})
    return found


def _by_id(rows: Any) -> dict[str, Values]:
    is_rows = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    return {str(row.get("id")): row for row in rows} if is_rows else {}


def _shown(field: Field, value: Any) -> str:
    """A value as a person reads it."""
    if field.type == "flag":
        return in_words(field, bool(value))
    parts = value if isinstance(value, list) else [value]
    if any(isinstance(part, dict) for part in parts):
        return "\n".join("、".join(str(v) for v in part.values() if v) for part in parts) or EMPTY
    words = [str(part) for part in parts if part not in (None, "")]
    if field.type in ("unit", "units", "region") and words:
        names = units.names()
        words = [names.region(w) if field.type == "region" else names.unit(w) for w in words]
    if field.type == "place":
        words = [regions.words_of([w])[w] for w in words]
    return in_words(field, words) or EMPTY
