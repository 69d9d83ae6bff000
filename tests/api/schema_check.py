"""As much of JSON Schema as the document uses, written by hand: a sentence for each fault."""

from datetime import date, datetime

TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
REF = "#/components/schemas/"
KNOWN = frozenset(
    {
        "$ref", "anyOf", "type", "title", "description", "enum", "format", "minLength", "maxLength",
        "minimum", "maxItems", "items", "properties", "required", "additionalProperties",
        "contentMediaType",
    }
)  # fmt: skip


def faults(value, schema, document, at="$"):
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)
        yield from faults(value, document["components"]["schemas"][name], document, at)
        return
    if "anyOf" in schema:
        yield from _of_any(value, schema["anyOf"], document, at)
        return
    if not _is_of(value, schema):
        yield f"{at}: {value!r} is not {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    yield from _in_form(value, schema, at)
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from faults(one, schema.get("items", {}), document, f"{at}[{place}]")
    if isinstance(value, dict):
        yield from _in_group(value, schema, document, at)


def _of_any(value, schemas, document, at):
    tries = [list(faults(value, one, document, at)) for one in schemas]
    if all(tries):
        yield from min(tries, key=len)


def _is_of(value, schema):
    types = schema.get("type")
    if types is None:
        return True
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[name]) for name in names)


def _in_form(value, schema, at):
    if not isinstance(value, str):
        return
    if schema.get("format") == "date" and date.fromisoformat(value).isoformat() != value:
        yield f"{at}: {value!r} is no day"
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        yield f"{at}: {value!r} has no offset"


def _in_group(value, schema, document, at):
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}.{name} is missing"
    for name, one in value.items():
        if name in properties:
            yield from faults(one, properties[name], document, f"{at}.{name}")
        elif schema.get("additionalProperties", True) is False:
            yield f"{at}.{name} is not in the schema"
        elif isinstance(schema.get("additionalProperties"), dict):
            more = schema["additionalProperties"]
            yield from faults(one, more, document, f"{at}.{name}")


def malformed(schema, document, at):
    """What is wrong with a schema itself: unknown words, names required and not there."""
    if not isinstance(schema, dict):
        yield f"{at} is no schema"
        return
    for word in set(schema) - KNOWN:
        yield f"{at}: the word {word!r} is not known"
    if (
        "$ref" in schema
        and schema["$ref"].removeprefix(REF) not in (document["components"]["schemas"])
    ):
        yield f"{at}: {schema['$ref']} points nowhere"
    for name in schema.get("required", ()):
        if name not in schema.get("properties", {}):
            yield f"{at}: {name} is required and not described"
    below = {**schema.get("properties", {})}
    below |= {f"anyOf[{place}]": one for place, one in enumerate(schema.get("anyOf", ()))}
    if "items" in schema:
        below["[]"] = schema["items"]
    for name, one in below.items():
        yield from malformed(one, document, f"{at}.{name}")
