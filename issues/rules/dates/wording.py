"""The words of a date as they are compared: half-width, without blanks, figures for numerals."""

import re

QUOTED = 30

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = str.maketrans(
    {
        "、": ",", "·": ".", "—": "-", "–": "-", "−": "-", "‐": "-", "―": "-", "〜": "~",
        "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "〇": "零", "○": "零",
        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_NUMERALS = re.compile(r"[零一二两三四五六七八九十\dOo]+(?=年|月|日|号|天|周|个|季|星期)")
_FROM_TO_QUARTER = re.compile(r"(?<=年)第?([一二三1-3])(?:-+|[~,至到])第?([二三四2-4])季")
_FROM_TO_MONTH = re.compile(r"(?<=年)(\d{1,2})(?:-+|[~至到])(\d{1,2})月", re.ASCII)
_DIGITS = dict(zip("零一二三四五六七八九", "0123456789", strict=True)) | {
    "两": "2", "O": "0", "o": "0",
}  # fmt: skip


class UnreadableDeadline(ValueError):
    """Words that are no deadline; `sentence` says in Chinese what is wrong with them."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def plain(text: object) -> str:
    """Half-width, in figures, without spaces, midnight and a full stop at the end."""
    if not isinstance(text, str):
        raise UnreadableDeadline(f"认不出时限“{brief(text)}”：应是文字或日期，不是数字")
    words = text.translate(_WIDE).translate(_MARKS).strip()
    words = re.sub(r"\s+", "", _MIDNIGHT.sub("", words))
    words = re.sub(r"(?<=\d)。(?=\d)", ".", words, flags=re.ASCII).replace("。", ";")
    words = _FROM_TO_QUARTER.sub(r"\1季度至\2季", words)
    words = _NUMERALS.sub(_in_figures, words).replace("元月", "1月").rstrip(".,;")
    words = _FROM_TO_MONTH.sub(r"\1月至\2月", words)
    if not words:
        raise UnreadableDeadline("没有填写时限")
    return words


def brief(text: object) -> str:
    """What a refusal quotes: a whole paragraph in the wrong cell is cut short."""
    words = str(text)
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"


def _in_figures(match: re.Match[str]) -> str:
    """二零二五 is 2025, 三十一 is 31; what is no such numeral stays as it is."""
    words = match[0]
    if not re.search(r"[零一二两三四五六七八九十]", words):
        return words
    tens, ten, ones = words.partition("十")
    if not ten:
        return "".join(_DIGITS.get(sign, sign) for sign in words)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return words
    return f"{_DIGITS.get(tens, tens) or 1}{_DIGITS.get(ones, ones) or 0}"
