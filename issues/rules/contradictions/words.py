"""Words as the rules read them: sign for sign as long as the text, so that a place is a place."""

import re
from functools import lru_cache

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_MARKS = frozenset(",。;!?\n\r()、:")
LONGEST_CLAUSE = 200
MOST_KEPT = 256
"""Texts whose reading is kept in each process: a ticket is read again with each new one."""
NOT_YET = re.compile(
    r"未|没有?|无法|不能|难以|预计|计划|拟|将|力争|确保|争取|要求|须|应|待|若|如果"
)
"""What makes a day or a count no report of what is."""


@lru_cache(maxsize=MOST_KEPT)
def plain(text: str) -> str:
    """Half-width; no sign more and no sign less. Several rules look at one text in turn."""
    return text.translate(_WIDE)


def clause_start(words: str, place: int) -> int:
    """Where the clause that holds a place begins, after the mark before it."""
    least = max(0, place - LONGEST_CLAUSE)
    return next((at for at in range(place, least, -1) if words[at - 1] in _MARKS), least)


def clause_end(words: str, place: int) -> int:
    most = min(len(words), place + LONGEST_CLAUSE)
    return next((at for at in range(place, most) if words[at] in _MARKS), most)


def sentence_start(words: str, place: int) -> int:
    return max(words.rfind(mark, 0, place) for mark in "。;!?\n\r") + 1
