"""Signs that nobody sees, or that look like others: what becomes of each, at every door.

- Zero width, direction marks, soft hyphens, joiners, variation selectors, fillers, tags: dropped.
  A picture sign made of several (a family, a flag of a region) so comes apart into those it is
  made of: nothing official is written with one, and a document has no shape for any.
- A blank of any width, and a tab, is one plain blank; a line end of any kind is a line feed.
- A radical that looks like an ideograph, as PDF readers copy it, is that ideograph.
- Everything is kept in NFC. Nothing else is changed: an ideograph of any plane stays what it is,
  and so does the width of a sign.
- What turns the order of the signs around it, a control sign, a sign of nobody's or of somebody's
  own making is refused where it stands (`fault`): taken out, the text might say something else.
  Where nothing can be refused (a file's name, a question to the search, the text of a document
  drawn from old records) it is dropped as well (`bare`).
"""

import re
import unicodedata

_DROPPED = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x2060, 0x2065), (0x206A, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xFFFC, 0xFFFC),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""What Unicode says is not drawn at all, and the mark of a picture that did not come along."""
_BLANKS = "\t\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u2800\u3000"
_LINE_ENDS = "\r\v\f\u0085\u2028\u2029"
_KANGXI = range(0x2F00, 0x2FD6)
_RADICALS = dict(
    zip(
        "⺟⺠⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "母民羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
"""Of the other radicals, those that are a whole character of everyday text."""
_BECOMES = (
    {chr(code): "" for first, last in _DROPPED for code in range(first, last + 1)}
    | dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
    | _RADICALS
)
_CHANGED = re.compile(
    "["
    + "".join(f"{chr(first)}-{chr(last)}" for first, last in _DROPPED)
    + _BLANKS + _LINE_ENDS + chr(_KANGXI[0]) + "-" + chr(_KANGXI[-1]) + "".join(_RADICALS)
    + "]"
)  # fmt: skip

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_IDEOGRAPHS = range(0x20000, 0x40000)
"""Two planes kept for ideographs alone: those named after this Python was made are in them too."""
_NO_SIGN = 0xFFFE
_TOLD_BEFORE = 6


def clean(text: str) -> str:
    """The text as a person sees it. What is to be refused still stands in it."""
    seen = _CHANGED.sub(lambda found: _BECOMES[found[0]], text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", seen)


def bare(text: str) -> str:
    """The same without what would be refused."""
    seen = clean(text)
    if seen.replace("\n", "").isprintable():
        return seen
    kept = "".join(sign for sign in seen if not _is_unfit(sign))
    return unicodedata.normalize("NFC", kept)


def folded(text: str) -> str:
    """How texts are compared: one spelling of full and half width too. Never what is kept."""
    return unicodedata.normalize("NFKC", bare(text))


def places(text: str) -> int:
    """How wide a text stands, in places of a narrow sign."""
    return len(text) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def fault(text: str) -> str:
    """What of a clean text is refused, and where in it it stands; "" where nothing is."""
    if text.replace("\n", "").isprintable():
        return ""
    for place, sign in enumerate(text):
        if _is_unfit(sign):
            before = bare(text[:place]).rpartition("\n")[2][-_TOLD_BEFORE:]
            where = f"在“{before}”之后" if before.strip() else "在开头"
            return f"含有{called(sign)}（U+{ord(sign):04X}，{where}），请删去后重新输入"
    return ""


def _is_unfit(sign: str) -> bool:
    if sign.isprintable() or sign == "\n":
        return False
    is_late = unicodedata.category(sign) == "Cn" and ord(sign) in _IDEOGRAPHS
    return not (is_late and ord(sign) & _NO_SIGN != _NO_SIGN)


def called(sign: str) -> str:
    """What a sign that is refused is called."""
    if sign in _TURNING:
        return "改变文字方向的控制字符"
    return {
        "Cc": "不可见的控制字符", "Cf": "不可见的控制字符", "Co": "自造字",
    }.get(unicodedata.category(sign), "无法识别的字符")  # fmt: skip
