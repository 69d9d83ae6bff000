"""What was sent in a form, read by the table of its fields. No other room reads the request's form.

`typed` is what stands in each field, without what nobody sees (issues/ground/signs.py), to be
drawn again where it is refused; `read` is what it means, or Incomplete with every fault at its
field. Names in a form: NAME, of a cell NAME-<row>-<sub>, of a change NAME-<sub>. What a form
carries that no person types (the version it was drawn from, its key, its filter) is read by
`carried`, `number` and `lists`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete
from issues.models import Issue

SEVERAL = frozenset({"choices", "units", "evidences"})
YES = frozenset({"true", "on", "1"})
MOST_ROWS = 200

Form = MultiDict[str, str]
Values = dict[str, Any]


def typed(fields: Iterable[Field], form: Form | None = None) -> Values:
    """What stands in each field, as strings, lists, flags, and lists or groups of those."""
    sent = request.form if form is None else form
    return {field.name: _value(field, sent, field.name) for field in fields}


def worded(fields: Iterable[Field]) -> Values:
    """The same, of words that no reader of details reads after. Raises Incomplete, as `read`."""
    fields = tuple(fields)
    said = typed(fields)
    words = ((one, said[one.name]) for one in fields if isinstance(said[one.name], str))
    told = ((one, signs.fault(text)) for one, text in words if one.type != "password")
    if errors := {one.name: [f"{one.label}{wrong}"] for one, wrong in told if wrong}:
        raise Incomplete(errors)
    return said


def given(fields: Iterable[Field]) -> Values:
    """What was typed, without what was left empty: the raw details of an act."""
    said = typed(fields)
    return {name: without_blanks(value) for name, value in said.items() if not is_blank(value)}


def read(fields: Sequence[Field], issue: Issue | None = None) -> Values:
    """What the form says, by the types of its fields; what was left empty is None.

    Raises Incomplete, every fault at its field.
    """
    return read_details(fields, given(fields), issue)


def is_shown(field: Field) -> bool:
    """Whether the form that was sent held this field at all, or one of its cells."""
    return any(name.partition("-")[0] == field.name for name in request.form)


def files(name: str) -> list[FileStorage]:
    """The files that were chosen; a field left empty sends one without a name."""
    return [file for file in request.files.getlist(name) if file.filename]


def file(name: str) -> FileStorage | None:
    """The one file that was chosen, if any."""
    return next(iter(files(name)), None)


def everything() -> list[tuple[str, str]]:
    """Every word of the form in its order, to be sent once more as it is."""
    return list(request.form.items(multi=True))


def chosen() -> dict[str, str]:
    """The name of the first file of each field that has one."""
    return {name: file.filename for name, file in request.files.items() if file.filename}


def carried(name: str, default: str = "") -> str:
    """One word of the form that no person typed."""
    return request.form.get(name, default)


def marked(name: str) -> list[str]:
    """The words of one name, as of rows that were ticked in a list."""
    return request.form.getlist(name)


def wants_json() -> bool:
    """Asked by a script of the page, not by its form."""
    return request.accept_mimetypes.best == "application/json"


def number(name: str) -> int | None:
    """A version, a place or a key the form was drawn with; None where it carries none."""
    return whole(carried(name), 0, LARGEST_ID)


def lists() -> dict[str, list[str]]:
    """All words by their names, of a form that carries a filter of a page along."""
    return request.form.to_dict(flat=False)


def _value(field: Field, form: Form, name: str) -> Any:
    if field.type in SEVERAL:
        return [signs.clean(one) for one in form.getlist(name)]
    if field.type == "flag":
        return form.get(name, "") in YES
    if field.type == "rows":
        return _rows(field, form, name)
    if field.type == "changes":
        return {sub.name: _value(sub, form, f"{name}-{sub.name}") for sub in field.fields}
    said = form.get(name, "")
    return said if field.type == "password" else signs.clean(said)


def _rows(field: Field, form: Form, name: str) -> list[Values]:
    """The rows in their order; one with nothing in it is no row."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,4}})-[a-z_]+")
    found = (whole(row[1], 0, LARGEST_ID) for key in form if (row := pattern.fullmatch(key)))
    places = {place for place in found if place is not None}
    rows = (
        {sub.name: _value(sub, form, f"{name}-{place}-{sub.name}") for sub in field.fields}
        for place in sorted(places)[: MOST_ROWS + 1]
    )
    return [row for row in rows if any(row.values())]


def is_blank(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(is_blank(part) for part in value.values())
    return value in (None, "", [], False)


def without_blanks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: part for name, part in value.items() if not is_blank(part)}
    return value
