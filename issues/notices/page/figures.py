"""A figure is not torn from its unit, its sign or its number: 78 mg/L, ±0.5, 5%, 〔2026〕3号."""

from collections.abc import Sequence

from issues.notices.fonts.faces import Glyph

UNITS = (
    "平方公里", "平方千米", "立方米", "平方米", "微克", "毫克", "毫升", "毫米", "厘米", "公里",
    "千米", "公斤", "千克", "公顷", "小时", "分钟", "分贝", "摄氏度", "万元", "亿元", "人次",
    "百分点",
)  # fmt: skip
"""Units kept whole behind a figure; of any other word the first sign is kept with it."""
_SIGNS = frozenset("第±＋+－−<>＜＞≤≥≈＝=№〕￥¥$")
"""What stands before a figure and is nothing without it."""
_MANY = frozenset("十百千万亿余多")
_LONGEST = max(map(len, UNITS))
_NUMBER_WORDS = ("No.", "NO.", "no.", "No", "NO")


def is_measured(glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether the signs on both sides of this place, blanks apart, are of one quantity."""
    left, right = index - 1, index
    while left > 0 and glyphs[left].text.isspace():
        left -= 1
    while right < len(glyphs) - 1 and glyphs[right].text.isspace():
        right += 1
    before, after = glyphs[left].text, glyphs[right].text
    if after.isdecimal():
        return before in _SIGNS or _ends_with_no(glyphs, left)
    if after == "〔":
        return before.isalpha()
    if _is_amount(glyphs, left):
        parted = right - left > 1
        return _is_unit(glyphs[right]) and not (parted and glyphs[right].text.isalpha() and
                                                glyphs[right].wide)  # fmt: skip
    return _is_inside_unit(glyphs, left, right)


def _is_unit(glyph: Glyph) -> bool:
    return glyph.text.isalpha() or glyph.text in "℃℉%‰％°″′㎡㎥㎏"


def _is_amount(glyphs: Sequence[Glyph], last: int) -> bool:
    """Whether a figure ends here, with the words that count on: 3, 3.5, 12万, 300余."""
    while last > 0 and glyphs[last].text in _MANY:
        last -= 1
    return glyphs[last].text.isdecimal()


def _ends_with_no(glyphs: Sequence[Glyph], last: int) -> bool:
    ended = "".join(glyph.text for glyph in glyphs[max(0, last - 2) : last + 1])
    return ended.endswith(_NUMBER_WORDS)


def _is_inside_unit(glyphs: Sequence[Glyph], left: int, right: int) -> bool:
    """Whether this is the middle of 公里 in 2.4公里."""
    if right - left > 1:
        return False
    for start in range(left, max(left - _LONGEST + 1, 0), -1):
        if _is_amount(glyphs, start - 1):
            behind = "".join(g.text for g in glyphs[start : start + _LONGEST])
            inside = left - start + 1
            return any(behind.startswith(unit) and len(unit) > inside for unit in UNITS)
    return False
