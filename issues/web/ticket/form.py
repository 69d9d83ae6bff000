"""What was typed in the form of an act → its details: what differs from what stood there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from issues.act_fields import Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.vocabulary import Action
from issues.web.door.forms import Values, is_blank, without_blanks

PAIR = frozenset({"deadline", "deadline_text"})
"""Two ways to say one thing: what changed of the pair says it, and the other is not sent."""
ONLY_CHANGED = frozenset({Action.EDIT, Action.AMEND, Action.REPORT_PROGRESS, Action.RECORD_OUTCOME})
"""Forms drawn with what stands there now: what was left alone is no part of the act."""


def detail(
    action: Action, fields: Sequence[Field], said: Mapping[str, Any], current: Mapping[str, Any]
) -> Values:
    """What the act is given of what was typed. `current`: what the form was drawn with."""
    return changed(fields, said, current if action in ONLY_CHANGED else {})


def changed(fields: Iterable[Field], said: Mapping[str, Any], current: Mapping[str, Any]) -> Values:
    """Only what differs from what stood there, rows by their id; of what did not, what is said."""
    found: Values = {}
    for field in fields:
        name, value = field.name, said[field.name]
        if name not in current:
            if not is_blank(value):
                found[name] = without_blanks(value)
        elif field.type == "changes":
            found[name] = changed(field.fields, value, current[name])
        elif has_ids(field):
            if rows := _changed_rows(field, value, current[name]):
                found[name] = rows
        elif plain(value) != plain(current[name]):
            found[name] = value
    return _one_of_pair(found, said) if current else found


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
    current: Mapping[str, Any],
) -> dict[str, list[str]]:
    """Faults of the rows that were part of the act, at the lines of the form they stand in."""
    return {
        ".".join(_at_line(fields, path.split("."), said, current)): told
        for path, told in errors.items()
    }


def _at_line(
    fields: Sequence[Field], path: list[str], said: Mapping[str, Any], current: Mapping[str, Any]
) -> list[str]:
    name, *rest = path
    field = next((one for one in fields if one.name == name and name in current), None)
    if field is None or not rest:
        return path
    if field.type == "changes":
        return [name, *_at_line(field.fields, rest, said[name], current[name])]
    place = whole(rest[0], 0, LARGEST_ID)
    if has_ids(field) and place is not None:
        sent = dict(enumerate(_placed(field, said[name], current[name])))
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
