"""What a caller sent: a JSON body, the version it knows, the words of its query. Bounded."""

from collections.abc import Collection
from datetime import date
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from issues.ground import signs
from issues.ground.documents import Unreadable, details_of, group_of, with_tabs
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete
from issues.ground.secrecy import marking
from issues.queries.register.narrowing import read_day

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
NO_GROUP = "no group of names"
"""Stands for a body that is no JSON, or no group of names: whoever reads details refuses it."""
NO_VERSION = -1
UNKNOWN_NAME = "没有这个查询参数"


def body() -> Any:
    """The names and values that were sent; an empty body holds none. Raises 413, 415, Marked.

    What cannot be read is handed on as NO_GROUP, so that it is refused in its turn: after the
    right, the status and the version.
    """
    data = request.get_data(cache=True)
    if not data:
        return {}
    if request.mimetype not in (JSON, MERGE_PATCH):
        raise UnsupportedMediaType
    try:
        group = dict(group_of(details_of(data, len(data))))
    except Unreadable:
        return NO_GROUP
    marking.confirm(confirmed=group.pop(marking.CONFIRMED, None) is True)
    marking.refuse(marking.texts_in(group))
    return group


def as_sent(name: str) -> str:
    """The words of one name of the body with their tabs; once the body has been read."""
    return with_tabs(request.get_data(cache=True), name)


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


def word_of(name: str) -> str:
    """The words under this name in the query, without what nobody sees. Raises Incomplete."""
    words = signs.clean(request.args.get(name, "")).strip()
    if wrong := signs.fault(words):
        raise Incomplete({name: [wrong]})
    return words


def day_of(name: str) -> date | None:
    """The day under this name in the query. Raises Incomplete."""
    raw = signs.bare(request.args.get(name, "")).strip()
    if not raw:
        return None
    found = read_day(raw)
    if found is None:
        raise Incomplete({name: ["应写作2025-11-25的样子"]})
    return found


def number_of(name: str, default: int, *, least: int = 0, most: int) -> int:
    """The whole number under this name in the query. Raises Incomplete."""
    raw = signs.bare(request.args.get(name, "")).strip()
    if not raw:
        return default
    number = whole(raw, least, LARGEST_ID)
    if number is None:
        raise Incomplete({name: [f"应是不小于{least}的整数"]})
    return min(number, most)
