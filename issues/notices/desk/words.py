"""Two texts compared word by word: a figure or a Latin word is one, a Chinese character is one."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"[A-Za-z0-9.,%/]+|\s+|.", re.DOTALL)
LEAST_KEPT = 2
"""A single character kept between two changes only tears a sentence: it is changed with them."""
Kind = Literal["same", "old", "new"]


class Part(NamedTuple):
    kind: Kind
    text: str


def compared(before: str, after: str) -> list[Part]:
    """Joined, what is same and old is `before`, what is same and new is `after`."""
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Part] = []
    old, new = "", ""
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for place, (what, a0, a1, b0, b1) in enumerate(steps):
        is_torn = 0 < place < len(steps) - 1 and a1 - a0 < LEAST_KEPT
        if what == "equal" and not is_torn:
            found += _changed(old, new)
            old, new = "", ""
            found.append(Part("same", "".join(left[a0:a1])))
        else:
            old, new = old + "".join(left[a0:a1]), new + "".join(right[b0:b1])
    return found + _changed(old, new)


def _changed(old: str, new: str) -> list[Part]:
    return [Part(kind, text) for kind, text in (("old", old), ("new", new)) if text]  # type: ignore[arg-type]
