"""The forms of a notice: its fields with their values and faults, and what a form sent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request

from issues.act_fields import Field
from issues.web.guards import NOT_OF_THE_ACT

_ROW = re.compile(r"([a-z_]+)-(\d{1,3})-([a-z_]+)")
TICKED = frozenset({"evidence"})
NOT_WORDS = NOT_OF_THE_ACT | {"version"}


def drawn(
    fields: Sequence[Field], values: Mapping[str, Any], errors: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """As the template draws them. A fault in a row is told at its field."""
    return [
        {
            "name": field.name,
            "type": field.type,
            "label": field.label,
            "required": field.required,
            "choices": field.choices,
            "fields": [drawn_sub(sub) for sub in field.fields],
            "hint": field.hint,
            "limit": field.limit,
            "value": values.get(field.name, ""),
            "errors": list(_at(field.name, errors)),
        }
        for field in fields
    ]


def drawn_sub(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "label": field.label,
        "required": field.required,
        "choices": field.choices,
        "limit": field.limit,
    }


def _at(name: str, errors: Mapping[str, Sequence[str]]) -> Iterable[str]:
    for place, sentences in errors.items():
        if place == name:
            yield from sentences
        elif place.startswith(f"{name}."):
            row = place.split(".")[1]
            yield from (f"第{int(row) + 1}行:{sentence}" for sentence in sentences)


def sent() -> dict[str, Any]:
    """What the form holds, as an act takes it: lines of rows gathered, empty lines left out."""
    values: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for name, value in request.form.items():
        row = _ROW.fullmatch(name)
        if name in TICKED:
            values[name] = request.form.getlist(name)
            continue
        if row:
            field, place, sub = row.groups()
            rows.setdefault(field, {}).setdefault(int(place), {})[sub] = value
        elif name not in NOT_WORDS:
            values[name] = value
    for field, lines in rows.items():
        values[field] = [
            line for _, line in sorted(lines.items()) if any(map(str.strip, line.values()))
        ]
    return values


def version() -> int | None:
    """The version the form was drawn from."""
    raw = request.form.get("version", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 9 else None  # noqa: PLR2004
