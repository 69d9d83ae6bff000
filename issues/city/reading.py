"""What was typed into the lines of a section: what each means, or what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from issues.city.centres import lines_in
from issues.city.lines import Line, is_said
from issues.city.sections import Needs, Section
from issues.city.words import Words
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete

MOST_LINES = 20
Sent = str | list[str]
EMPTY: Mapping[str, Any] = {"lines": [], "integer": None}


class _Wrong(ValueError):
    """Its text is the Chinese sentence."""


def read(section: Section, sent: Mapping[str, Sent], words: Words) -> dict[str, Any]:
    """What each line means; what was left empty says nothing. Raises Incomplete."""
    found, errors = {}, {}
    for line in lines_in(section):
        try:
            found[line.key] = _read(line, sent.get(line.key, ""), words)
        except _Wrong as wrong:
            errors[line.key] = [f"{line.label}{wrong}"]
    if errors:
        raise Incomplete(errors)
    return found


def read_one(line: Line, sent: Sent, words: Words) -> Any:
    """The same of one line. Raises Incomplete."""
    try:
        return _read(line, sent, words)
    except _Wrong as wrong:
        raise Incomplete({line.key: [f"{line.label}{wrong}"]}) from wrong


def _read(line: Line, given: Sent, words: Words) -> Any:
    if isinstance(given, list):
        return _chosen(line, given)
    text = given.strip()
    return _READERS.get(line.type, _fitting)(line, text) if text else _empty(line, words)


def _empty(line: Line, words: Words) -> Any:
    is_kept = line.type == "integer" or line.needs is not Needs.NOTHING
    if is_kept and is_said(line, words):
        raise _Wrong("已经填写过，不能留空")
    return EMPTY.get(line.type, "")


def _number(line: Line, text: str) -> int:
    number = whole(text, 1, line.limit)
    if number is None:
        raise _Wrong(f"应是1到{line.limit}的整数")
    return number


def _choice(line: Line, text: str) -> str:
    if text not in dict(line.choices):
        raise _Wrong("不是可以选择的内容")
    return text


def _chosen(line: Line, given: list[str]) -> list[str]:
    """In the order they are offered; at least one."""
    known = [code for code, _label in line.choices]
    if not given or not set(given) <= set(known):
        raise _Wrong("至少选择一个" if not given else "不是可以选择的内容")
    return [code for code in known if code in given]


def _several(line: Line, text: str) -> list[str]:
    rows = list(dict.fromkeys(row.strip() for row in text.splitlines() if row.strip()))
    if len(rows) > MOST_LINES:
        raise _Wrong(f"最多{MOST_LINES}行")
    return [_fitting(line, row) for row in rows]


def _fitting(line: Line, text: str) -> str:
    if len(text) > line.limit:
        raise _Wrong(f"最多{line.limit}字")
    if "\n" in text or "\r" in text:
        raise _Wrong("只能写一行")
    if line.shape and not re.fullmatch(line.shape, text):
        raise _Wrong(line.asks)
    return text


def typed(line: Line, value: Any) -> str:
    """A value as one would type it; what is chosen by its labels."""
    if line.type == "choices":
        return "、".join(label for code, label in line.choices if code in (value or ()))
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


_READERS: Mapping[str, Callable[[Line, str], Any]] = {
    "lines": _several, "integer": _number, "choice": _choice,
}  # fmt: skip
