"""Marks of secrecy (密级): what looks like one, and the question that is asked before it is kept.

This product is not for classified matter. Words that mark it are told before a text or a file is
kept by whatever door; whoever has looked and says that it is not secret goes on. Ordinary words
(保守秘密, 商业机密) mark nothing.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from issues.ground import signs
from issues.ground.refusals import Refusal

logger = logging.getLogger(__name__)

CONFIRMED = "not_secret"
"""The name under which a form, a call or a multipart part says so."""
ASKED = "确认不涉密，继续"
_GRADE = r"(?:绝\s*密|机\s*密|秘\s*密)"
_OPEN = r"(?:公开|无|非密|不涉密|普通|一般|[-—/])"
PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"{_GRADE}\s*[★☆*✩]",
        rf"{_GRADE}\s*级(?!别)",
        rf"密\s*级\s*:\s*(?!\s|$|{_OPEN})",
        rf"[\[【〔(]\s*{_GRADE}\s*[\]】〕)]",
        rf"^\s*{_GRADE}\s*$",
        rf"^\s*{_GRADE}[\s_-]+(?=关于|[一-鿿]*(?:文件|通知|报告|纪要|函)\b)",
        r"内部\s*(?:资料|文件|材料)[\s,，;；]*(?:注意|妥善)保[存管]",
    )
)
"""On folded text: one spelling of full and half width."""
LONGEST_SHOWN = 20

_confirmed: ContextVar[bool] = ContextVar("not_secret", default=False)


class Marked(Refusal):
    """Something looks like marked as secret. Nothing was kept."""

    status = 422

    def __init__(self, found: Mapping[str, str]) -> None:
        """`found`: by field (or by a place in words), what looks like a mark."""
        errors = {
            name: [f"{'' if name.isascii() else name}含有疑似密级标志“{mark}”"]
            for name, mark in found.items()
        }
        super().__init__(
            "本系统不得存储、处理涉密内容。以下内容带有疑似密级标志，没有保存。"
            f"涉密的请立即停止录入，按保密规定处理；核对后确实不涉密的，选“{ASKED}”。",
            errors | {CONFIRMED: ["核对后确认不涉密的，勾选确认或写明 true 再提交"]},
        )


def confirm(*, confirmed: bool) -> None:
    """What the person at hand says of everything that is sent now."""
    _confirmed.set(confirmed)


def mark_in(text: str) -> str:
    """What in the text looks like a mark; "" where nothing does. Every mark has an ideograph."""
    if text.isascii():
        return ""
    folded = signs.folded(text)
    found = next((one for pattern in PATTERNS if (one := pattern.search(folded))), None)
    return " ".join(found[0].split())[:LONGEST_SHOWN] if found else ""


def refuse(texts: Iterable[tuple[str, str]]) -> None:
    """Raises Marked, by the names the texts are given with, unless it was confirmed."""
    found = {name: mark for name, text in texts if (mark := mark_in(text))}
    if found and not _confirmed.get():
        raise Marked(found)
    if found:
        logger.info("looks marked as secret, confirmed not to be: %s", sorted(found))


def texts_in(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document, by its path in it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from texts_in(one, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from texts_in(one, f"{path}.{place}")
