"""What a caller sent: a JSON body, the version it knows, the words of its query. Bounded."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from issues.ground.refusals import Incomplete
from issues.queries.register.narrowing import read_day

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
NO_GROUP = "no group of names"
"""Stands for a body that is no JSON, or no group of names: whoever reads details refuses it."""
MOST_DEPTH = 20
MOST_DIGITS = 9
NO_VERSION = -1
UNKNOWN_NAME = "没有这个查询参数"


def body() -> Any:
    """The names and values that were sent; an empty body holds none. Raises 413, 415.

    What cannot be read is handed on as NO_GROUP, so that it is refused in its turn: after the
    right, the status and the version.
    """
    data = request.get_data(cache=True)
    if not data:
        return {}
    if request.mimetype not in (JSON, MERGE_PATCH):
        raise UnsupportedMediaType
    try:
        value = json.loads(data, parse_constant=_refuse_constant, object_pairs_hook=_refuse_twice)
        _refuse_deep(value)
    except (ValueError, RecursionError):
        return NO_GROUP
    return value if isinstance(value, dict) else NO_GROUP


def _refuse_constant(word: str) -> Any:
    raise ValueError(word)


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name given twice would let one reader see what another does not."""
    group = dict(pairs)
    if len(group) != len(pairs):
        raise ValueError("a name is given twice")
    return group


def _refuse_deep(value: Any) -> None:
    """Nothing nests without end, and no text holds what no database keeps."""
    level = [value]
    for _ in range(MOST_DEPTH):
        below = []
        for one in level:
            if isinstance(one, str):
                _refuse_unkept(one)
            elif isinstance(one, Mapping):
                below += [*one, *one.values()]
            elif isinstance(one, list):
                below += one
        level = below
        if not level:
            return
    raise ValueError("nested too deep")


def _refuse_unkept(text: str) -> None:
    text.encode()
    if "\0" in text:
        raise ValueError("NUL")


def known_version(current: int) -> int | None:
    """The version the caller names by If-Match; None where it names none, or any."""
    tags = request.if_match
    if "If-Match" not in request.headers or tags.star_tag:
        return None
    return current if tags.contains(str(current)) else NO_VERSION


def refuse_unknown(known: Collection[str]) -> None:
    """A name in the query that is not known would silently widen the answer. Raises Incomplete."""
    unknown = {name: [UNKNOWN_NAME] for name in request.args if name not in known}
    if unknown:
        raise Incomplete(unknown, "有不认识的查询参数。")


def day_of(name: str) -> date | None:
    """The day under this name in the query. Raises Incomplete."""
    raw = request.args.get(name, "").strip()
    if not raw:
        return None
    found = read_day(raw)
    if found is None:
        raise Incomplete({name: ["应写作2025-11-25的样子"]})
    return found


def number_of(name: str, default: int, *, least: int = 0, most: int) -> int:
    """The whole number under this name in the query. Raises Incomplete."""
    raw = request.args.get(name, "").strip()
    if not raw:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) <= MOST_DIGITS and int(raw) >= least):
        raise Incomplete({name: [f"应是不小于{least}的整数"]})
    return min(int(raw), most)
