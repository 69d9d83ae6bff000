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


def formal(text: str) -> str:
    """Half-width marks beside Chinese made full-width; figures such as 2,400 and 12:30 are kept."""
    text = _MARK.sub(lambda found: found.group().translate(_FULL), " ".join(text.split()))
    return _BRACKETS.sub(lambda found: _bracket(text, found), text)


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
    """In “ ”, quotation marks inside turned into ‘ ’."""
    inner = formal(text).replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def listed(items: Iterable[str]) -> str:
    return "、".join(item for item in items if item)


def basis_of(facts: Mapping[str, Any]) -> str:
    return listed(map(formal, facts.get("basis") or [])) or "有关规定"
