"""A form as it was sent → the details of an act, by the act's own table of fields.

Names in a form: NAME, of a cell NAME-<row>-<sub>, of a change NAME-<sub>.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from issues.act_fields import Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.vocabulary import Action

SEVERAL = frozenset({"choices", "units", "evidences"})
YES = frozenset({"true", "on", "1"})
MOST_ROWS = 200
PAIR = frozenset({"deadline", "deadline_text"})
"""Two ways to say one thing: what changed of the pair says it, and the other is not sent."""
ONLY_CHANGED = frozenset({Action.EDIT, Action.AMEND, Action.REPORT_PROGRESS})
"""Forms drawn with what stands there now: what was left alone is no part of the act."""

Form = MultiDict[str, str]
Values = dict[str, Any]


def typed(fields: Iterable[Field], form: Form) -> Values:
    """What stands in each field, as strings, lists, flags, and lists or groups of those."""
    return {field.name: _value(field, form, field.name) for field in fields}


def _value(field: Field, form: Form, name: str) -> Any:
    if field.type in SEVERAL:
        return form.getlist(name)
    if field.type == "flag":
        return form.get(name, "") in YES
    if field.type == "rows":
        return _rows(field, form, name)
    if field.type == "changes":
        return {sub.name: _value(sub, form, f"{name}-{sub.name}") for sub in field.fields}
    return form.get(name, "")


def _rows(field: Field, form: Form, name: str) -> list[Values]:
    """The rows in their order; one with nothing in it is no row."""
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-[a-z_]+")
    found = (pattern.fullmatch(key) for key in form)
    places = {whole(one[1], 0, LARGEST_ID) for one in found if one}
    rows = (
        {sub.name: _value(sub, form, f"{name}-{place}-{sub.name}") for sub in field.fields}
        for place in sorted(places)[: MOST_ROWS + 1]
    )
    return [row for row in rows if any(row.values())]


def detail(
    action: Action, fields: Sequence[Field], said: Mapping[str, Any], standing: Mapping[str, Any]
) -> Values:
    """What the act is given of what was typed. `standing`: what the form was drawn with."""
    return changed(fields, said, standing if action in ONLY_CHANGED else {})


def changed(
    fields: Iterable[Field], said: Mapping[str, Any], standing: Mapping[str, Any]
) -> Values:
    """Only what differs from what stood there, rows by their id; of what did not, what is said."""
    found: Values = {}
    for field in fields:
        name, value = field.name, said[field.name]
        if name not in standing:
            if not _is_blank(value):
                found[name] = _without_blanks(value)
        elif field.type == "changes":
            found[name] = changed(field.fields, value, standing[name])
        elif has_ids(field):
            if rows := _changed_rows(field, value, standing[name]):
                found[name] = rows
        elif plain(value) != plain(standing[name]):
            found[name] = value
    return _one_of_pair(found, said) if standing else found


def _is_blank(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_is_blank(part) for part in value.values())
    return value in (None, "", [], False)


def _without_blanks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: part for name, part in value.items() if not _is_blank(part)}
    return value


def has_ids(field: Field) -> bool:
    return field.type == "rows" and any(sub.name == "id" for sub in field.fields)


def may_add(field: Field) -> bool:
    """Rows of what is there already, beside which new ones may be written."""
    return any(sub.name == "id" and not sub.required for sub in field.fields)


def _changed_rows(field: Field, rows: list[Values], before: list[Values]) -> list[Values]:
    return [row for _, row in _placed(field, rows, before)]


def _placed(field: Field, rows: list[Values], before: list[Values]) -> Iterator[tuple[int, Values]]:
    """What is part of the act of each row, with its line in the form; a new one has no id."""
    known = {str(row["id"]): row for row in before}
    parts = [sub for sub in field.fields if sub.name != "id"]
    for place, row in enumerate(rows):
        differs = changed(parts, row, known.get(str(row["id"]), {}))
        if differs:
            yield place, ({"id": row["id"]} if row["id"] else {}) | differs


def at_lines(
    fields: Sequence[Field],
    errors: Mapping[str, list[str]],
    said: Mapping[str, Any],
    standing: Mapping[str, Any],
) -> dict[str, list[str]]:
    """Faults of the rows that were part of the act, at the lines of the form they stand in."""
    return {
        ".".join(_at_line(fields, path.split("."), said, standing)): told
        for path, told in errors.items()
    }


def _at_line(
    fields: Sequence[Field], path: list[str], said: Mapping[str, Any], standing: Mapping[str, Any]
) -> list[str]:
    name, *rest = path
    field = next((one for one in fields if one.name == name and name in standing), None)
    if field is None or not rest:
        return path
    if field.type == "changes":
        return [name, *_at_line(field.fields, rest, said[name], standing[name])]
    place = whole(rest[0], 0, LARGEST_ID)
    if has_ids(field) and place is not None:
        sent = dict(enumerate(_placed(field, said[name], standing[name])))
        line, _ = sent.get(place, (rest[0], {}))
        return [name, str(line), *rest[1:]]
    return path


def plain(value: Any) -> Any:
    """Comparable whatever it is: line ends as a browser sends them, figures as text."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, list):
        parts = [plain(one) for one in value]
        return sorted(parts) if all(isinstance(part, str) for part in parts) else parts
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items() if name not in ("label", "without")}
    return value


def _one_of_pair(found: Values, said: Mapping[str, Any]) -> Values:
    touched = PAIR & found.keys()
    if not touched:
        return found
    if not any(found[name] for name in touched):
        return found | {name: said[name] for name in PAIR if name in said}
    return {name: value for name, value in found.items() if name not in PAIR or value}
