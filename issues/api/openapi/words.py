"""The few words JSON Schemas are written with here."""

from collections.abc import Iterable
from typing import Any

from issues.vocabulary import Word

Schema = dict[str, Any]

REF = "#/components/schemas/"


def ref(name: str) -> Schema:
    return {"$ref": REF + name}


def text(title: str, **more: Any) -> Schema:
    return {"type": "string", "title": title, **more}


def whole_number(title: str) -> Schema:
    return {"type": "integer", "title": title}


def number(title: str) -> Schema:
    return {"type": "number", "title": title}


def flag(title: str) -> Schema:
    return {"type": "boolean", "title": title}


def a_day(title: str) -> Schema:
    return {"type": "string", "format": "date", "title": title}


def one_of(title: str, words: type[Word] | Iterable[str]) -> Schema:
    codes = [word.value if isinstance(word, Word) else word for word in words]
    return {"type": "string", "enum": codes, "title": title}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    types = schema["type"]
    changed = schema | {"type": [*([types] if isinstance(types, str) else types), "null"]}
    if "enum" in schema:
        changed["enum"] = [*schema["enum"], None]
    return changed


def array(items: Schema, title: str = "") -> Schema:
    return {"type": "array", "items": items} | ({"title": title} if title else {})


def group(properties: dict[str, Schema], title: str = "") -> Schema:
    """All names are always there, and no others."""
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return schema | ({"title": title} if title else {})
