"""Facts turned into the Chinese of official documents."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_FULL = str.maketrans(",;:!?", "，；：！？")
_HANZI = r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’]"
_MARK = re.compile(rf"(?:(?<={_HANZI})[,;:!?]|[,;:!?](?={_HANZI})|[,;](?=$))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_CHINESE = re.compile(_HANZI)
_STOPS = frozenset("，。；：、！？…—,;:!?")
_OPEN, _CLOSED = "“‘", "”’"


def formal(text: str) -> str:
    """Half-width marks beside Chinese made full-width; figures such as 2,400 and 12:30 are kept.

    Lines become one: where a line ends without a stop, a semicolon parts it from the next.
    """
    text = _MARK.sub(lambda found: found.group().translate(_FULL), _run_on(text))
    return _BRACKETS.sub(lambda found: _bracket(text, found), text)


def paragraphs(text: str) -> list[str]:
    """The lines a person typed, each made formal by itself; empty ones are left out."""
    return [formal(line) for line in text.splitlines() if line.strip()]


def _run_on(text: str) -> str:
    """The numbers of a list are kept: 1. 管网破损；2. 污水直排."""
    told = ""
    for line in (" ".join(one.split()) for one in text.splitlines()):
        if not told or not line:
            told += line
        elif _CHINESE.match(told[-1]) or _CHINESE.match(line[0]):
            told += line if told[-1] in _STOPS else f"；{line}"
        else:
            told += f" {line}"
    return told


def _bracket(text: str, found: re.Match[str]) -> str:
    start, end = found.span()
    around = text[max(0, start - 1) : start] + found.group(1) + text[end : end + 1]
    return f"（{found.group(1)}）" if _CHINESE.search(around) else found.group()


def day(iso: str | None) -> str:
    """2025-12-03 as 2025年12月3日; nothing for no day."""
    if not iso:
        return ""
    on = date.fromisoformat(iso[:10])
    return f"{on.year}年{on.month}月{on.day}日"


def sentence(text: str) -> str:
    return f"{formal(text).rstrip('。；，. ')}。"


def clause(text: str) -> str:
    return formal(text).rstrip("。；，. ")


def quoted(text: str) -> str:
    """In “ ”, quotation marks inside in turn ‘ ’ and “ ” (GB/T 15834-2011, 4.8.3.2)."""
    return f"“{_inside(formal(text))}”"


def quoted_paragraphs(text: str) -> list[str]:
    """Each begins with its mark, the last alone ends with one (GB/T 15834-2011, 4.8.3.4)."""
    told = [_inside(line) for line in paragraphs(text)]
    return [f"“{line}" for line in told[:-1]] + [f"“{line}”" for line in told[-1:]]


def _inside(text: str) -> str:
    """The marks of a text that stands in “ ” itself; where they are not in pairs, all are ‘ ’."""
    depth, found = 1, []
    for sign in text:
        if sign in _OPEN:
            found.append(_OPEN[depth % 2])
            depth += 1
        elif sign in _CLOSED:
            depth -= 1
            found.append(_CLOSED[depth % 2])
        else:
            found.append(sign)
        if depth < 1:
            break
    return "".join(found) if depth == 1 else text.replace("“", "‘").replace("”", "’")


def listed(items: Iterable[str]) -> str:
    return "、".join(item for item in items if item)


def basis_of(facts: Mapping[str, Any]) -> str:
    return listed(map(formal, facts.get("basis") or [])) or "有关规定"
