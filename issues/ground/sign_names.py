"""What was taken out of a text or put in its place, in words a person can look for."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from issues.ground import signs

_VARIATION = (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_NAMES = {
    "\u200b": "零宽空格", "\u200c": "零宽不连字符", "\u200d": "零宽连字符", "\u2060": "零宽连字符",
    "\ufeff": "字节顺序标记", "\u00ad": "软连字符", "\ufffc": "图片占位符",
    "\t": "制表符", "\u00a0": "不间断空格", "\u202f": "不间断空格", "\u3000": "全角空格",
    **dict.fromkeys("\u061c\u200e\u200f\u206a\u206b\u206c\u206d\u206e\u206f", "方向标记"),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", "填充符"),
    **dict.fromkeys(map(chr, _VARIATION), "变体选择符"),
}  # fmt: skip
_OTHERS = {" ": "特殊空格", "\n": "特殊换行符"}


def name_of(sign: str) -> str:
    """What a sign that is not kept as it stands is called."""
    if sign in _NAMES:
        return _NAMES[sign]
    if becomes := signs.bare(sign):
        return _OTHERS.get(becomes, f"形近字“{sign}”（改为“{becomes}”）")
    return signs.called(sign) if signs.fault(sign) else f"不可见字符U+{ord(sign):04X}"


def told(text: str) -> str:
    """What cleaning takes out of a text, by name and count; "" where it changes nothing to tell.

    How a line ends and how an accent is composed is nobody's writing, and is not told.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if signs.bare(plain) == plain:
        return ""
    counted = Counter(name_of(sign) for sign in plain if signs.bare(sign) != sign)
    return "、".join(f"{name}{count}处" for name, count in counted.items())


def told_by_place(rows: Iterable[Iterable[Any]]) -> dict[tuple[int, int], str]:
    """The same for each text of a sheet, by its row and column; those it changes alone."""
    return {
        (row, column): names
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value and isinstance(value, str) and (names := told(value))
    }
