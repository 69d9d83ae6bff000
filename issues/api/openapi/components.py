"""The JSON Schema of a shape, read off its declaration."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from issues.api.openapi.words import Schema, array, group, or_null, ref
from issues.ground.shape import Shape, plain
from issues.vocabulary import Word

_TYPES: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


@dataclass(frozen=True, slots=True)
class Given:
    """A named shape whose schema and values come of a table of their own."""

    name: str
    schema: Schema


Named = type[Shape] | Given


class Page(Shape):
    """One page of a list."""

    items: Annotated[list[Any], "本页内容"]
    next: Annotated[str | None, "下一页的 after；没有下一页时为 null"]
    total: Annotated[int, "总数"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list of these."""

    of: Named


Answer = Named | Listing


def schema_of(answer: Answer) -> Schema:
    """What a call answers, a named shape by its name."""
    if isinstance(answer, Listing):
        page = _group(Page)
        page["properties"]["items"]["items"] = schema_of(answer.of)
        return page
    if isinstance(answer, Given):
        return ref(answer.name)
    return ref(answer.__name__) if answer.heading else _group(answer)


def components(*answers: Answer) -> dict[str, Schema]:
    """Every named shape these are made of, by name."""
    found: dict[str, Schema] = {}
    for answer in answers:
        one = answer.of if isinstance(answer, Listing) else answer
        if isinstance(one, Given):
            found[one.name] = one.schema
            continue
        found |= components(*_within(one))
        if one.heading:
            found[one.__name__] = _group(one)
    return found


def _within(shape: type[Shape]) -> Iterator[type[Shape]]:
    """The shapes this one holds."""
    level = list(get_type_hints(shape).values())
    while level:
        hint = level.pop()
        if isinstance(hint, type) and get_origin(hint) is None and issubclass(hint, Shape):
            yield hint
        level += get_args(hint)


def _group(shape: type[Shape]) -> Schema:
    """All names without a default are always there, and no others unless it is open."""
    hints = get_type_hints(shape, include_extras=True)
    found, always = {}, []
    for one in fields(shape):  # type: ignore[arg-type]  # made one by Shape itself
        name, hint = one.name.rstrip("_"), hints[one.name]
        if one.default is MISSING:
            always.append(name)
            found[name] = _of(hint)
        else:
            meant, *said = get_args(hint)
            found[name] = _meaning(_beside_none(get_args(meant)), *said)
        if "title" not in found[name]:
            raise TypeError(f"{shape.__name__}.{name} does not say what it means")
    schema = group(found, shape.heading) | {"required": always}
    return schema | ({"additionalProperties": True} if shape.is_open else {})


def _of(hint: Any) -> Schema:
    """Of a type, or of a type with its meaning and perhaps the codes it is narrowed to."""
    origin, within = get_origin(hint), get_args(hint)
    if origin is Annotated:
        meant, title, *narrowed = within
        return _meaning(meant, title, *narrowed)
    if origin in _MADE_OF:
        return _MADE_OF[origin](within)
    if issubclass(hint, Shape):
        return schema_of(hint)
    if issubclass(hint, Word):
        return _codes(hint)
    return dict(_TYPES[hint])


def _meaning(meant: Any, title: str, narrowed: Iterable[str] | None = None) -> Schema:
    if narrowed is None:
        return _of(meant) | {"title": title}
    schema = _codes(narrowed) | {"title": title}
    return or_null(schema) if NoneType in get_args(meant) else schema


def _codes(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [plain(word) for word in words]}


def _many(within: tuple[Any, ...]) -> Schema:
    return array({} if within[0] is Any else _of(within[0]))


def _by_name(within: tuple[Any, ...]) -> Schema:
    each = {} if within[1] is Any else {"additionalProperties": _of(within[1])}
    return {"type": "object"} | each


def _or_null(within: tuple[Any, ...]) -> Schema:
    return or_null(_of(_beside_none(within)))


def _beside_none(within: tuple[Any, ...]) -> Any:
    return next(one for one in within if one is not NoneType)


_MADE_OF: dict[Any, Callable[[tuple[Any, ...]], Schema]] = {
    UnionType: _or_null,
    Union: _or_null,
    list: _many,
    dict: _by_name,
    Literal: _codes,
}
