"""The bodies of the acts as JSON Schemas, made from the same table that checks them."""

from collections.abc import Callable, Sequence
from typing import Any

from issues.act_fields import FIELDS, Field, fields_of
from issues.act_fields.details import MOST_ROWS
from issues.api.openapi.words import Schema, array, or_null
from issues.ground.secrecy.marking import CONFIRMED
from issues.vocabulary import Action

BODY = "Body_"
NOT_SECRET: Schema = {"type": "boolean", "title": "已核对带密级字样的内容，确认不涉密"}


def of_fields(fields: Sequence[Field]) -> Schema:
    """Only these names; those not required may be left out or null."""
    schema: Schema = {
        "type": "object",
        "properties": {field.name: _of(field) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    return schema | ({"required": required} if required else {})


def confirmable(schema: Schema) -> Schema:
    """The same, where whoever sends it may say that what looks marked as secret is not."""
    if "anyOf" in schema:
        return schema | {"anyOf": [confirmable(each) for each in schema["anyOf"]]}
    if "properties" not in schema:
        return schema
    return schema | {"properties": schema["properties"] | {CONFIRMED: NOT_SECRET}}


def of_acts() -> dict[str, Schema]:
    """One body an act, by name."""
    return {
        f"{BODY}{action.value}": confirmable(of_fields(fields_of(action))) | {"title": action.label}
        for action in FIELDS
    }


def name_of(action: Action) -> str:
    return f"{BODY}{action.value}"


def _of(field: Field) -> Schema:
    schema = _TYPES[field.type](field) | {"title": field.label}
    if field.hint:
        schema["description"] = field.hint
    return schema if field.required else or_null(schema)


def _text(field: Field) -> Schema:
    schema: Schema = {"type": "string", "maxLength": field.limit}
    return schema | ({"minLength": field.least} if field.least else {})


def _choice(field: Field) -> Schema:
    """A figure may be sent as a number or as text."""
    codes: list[Any] = [code for code, _ in field.choices]
    if all(code.isdigit() for code in codes):
        return {"type": ["string", "integer"], "enum": [*codes, *map(int, codes)]}
    return {"type": "string", "enum": codes}


def _many(items: Schema) -> Schema:
    return array(items) | {"maxItems": MOST_ROWS}


def _plain(type_: str, **more: Any) -> Callable[[Field], Schema]:
    return lambda _field: {"type": type_, **more}


def _changes(field: Field) -> Schema:
    return of_fields(field.fields)


def _either(*types: str) -> Callable[[Field], Schema]:
    return lambda _field: {"type": list(types)}


_TYPES: dict[str, Callable[[Field], Schema]] = {
    "text": _text,
    "long_text": _text,
    "deadline": _text,
    "region": _plain("string"),
    "place": _text,
    "unit": _plain("string"),
    "account": _plain("string"),
    "issue": _plain("string"),
    "date": _plain("string", format="date"),
    "moment": _plain("string", format="date-time"),
    "integer": _plain("integer", minimum=0),
    "evidence": _plain("integer", minimum=0),
    "decimal": _either("number", "string"),
    "flag": _plain("boolean"),
    "choice": _choice,
    "choices": lambda field: _many(_choice(field)),
    "units": lambda _field: _many({"type": "string"}),
    "evidences": lambda _field: _many({"type": "integer", "minimum": 0}),
    "names": lambda _field: _many({"type": "string", "maxLength": 40}),
    "rows": lambda field: _many(of_fields(field.fields)),
    "changes": _changes,
}
