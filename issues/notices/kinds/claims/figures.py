"""Days and counts as officials write them, read out of a clause."""

import re
from fractions import Fraction

from issues.ground.numbers import whole
from issues.notices.kinds.claims.claim import Day

_FIGURES = "零一二三四五六七八九"
_SAME = str.maketrans("〇两○０１２３４５６７８９", "零二零0123456789")
_MOST = 9999
_NUMBER = r"(?:\d{1,4}|[零〇○一二两三四五六七八九十]{1,4})"
DAY = (
    rf"(?:(?:(?P<y>{_NUMBER})年|[今本去当]年)?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    rf"(?:(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号])?"
    r"|(?P<yy>\d{4})[-./](?P<mm>\d{1,2})[-./](?P<dd>\d{1,2}))"
)
TIMES = rf"(?:第?{_NUMBER}|多|数|好几|几)(?:次|回|张|块)|再次|屡次|屡屡|[两二三]度"
"""A count of acts; what counts papers is in `deeds`."""
_FIGURE = "[零〇○一二两三四五六七八九十百]{1,9}"
_WRITTEN = re.compile(rf"{_FIGURE}(?=余?(?:天|项|件|名|[万亿]?元)|个(?:百分点|多?月))")
_SHARE = re.compile(rf"百分之({_FIGURE}|[\d.]+)")
_WIDTHS = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_TIMES = re.compile(rf"(?P<nth>第)?(?P<n>{_NUMBER})(?:次|回|张|块|份|封|度)")
_MORE = re.compile(r"(?:多|数|好几|几)(?:次|回|份|封)|再次|屡次|屡屡")
_DAY = re.compile(DAY)


def _digit(sign: str) -> str:
    return str(_FIGURES.index(sign)) if sign in _FIGURES else sign


def number_of(text: str) -> int:
    """十二 and 12 as 12; digits in a row (二〇二五) as a year."""
    text = text.translate(_SAME)
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        return (number_of(hundreds) or 1) * 100 + number_of(rest)
    if "十" not in text:
        return whole("".join(_digit(sign) for sign in text), 0, _MOST) or 0
    tens, _, ones = text.partition("十")
    head = _FIGURES.index(tens) if tens else 1
    return head * 10 + (_FIGURES.index(ones) if ones else 0)


def day_of(found: re.Match[str]) -> Day:
    """Of a match of DAY."""
    parts = found.groupdict()
    told = (parts["y"] or parts["yy"], parts["m"] or parts["mm"], parts["d"] or parts["dd"])
    return Day(*(number_of(part) if part else 0 for part in told))


def days_in(text: str) -> list[tuple[Day, int, int]]:
    """Each day with where it begins and ends."""
    return [(day_of(found), found.start(), found.end()) for found in _DAY.finditer(text)]


def times_in(text: str) -> tuple[int, bool, bool]:
    """How often, whether that is the least (多次), whether it is the so manieth (第二次)."""
    if found := _TIMES.search(text):
        return number_of(found["n"]), False, bool(found["nth"])
    if found := _MORE.search(text):
        return 2, True, found.group() == "再次"
    return 0, False, False


def figure_in(text: str) -> Fraction:
    """The first figure, whole or with decimals."""
    found = re.search(r"\d+(?:\.\d+)?", text)
    return Fraction(found.group()) if found else Fraction(0)


def plain(text: str) -> str:
    """The same words one way: figures as digits of one width, 已 for 已经."""
    text = _SHARE.sub(lambda found: f"{_digits(found[1])}%", text.translate(_WIDTHS))
    return re.sub(r"[业早]已|已经(?!过)", "已", _WRITTEN.sub(lambda found: _digits(found[0]), text))


def _digits(figure: str) -> str:
    return figure if re.match("[0-9]", figure) else str(number_of(figure))


A_DAY = rf"(?>{re.sub(r'[?]P<[a-z]+>', '?:', DAY)})"
DAY_OF = rf"{A_DAY}(?![底前之以上中下内])"
"""A day on which something was. Whole: 12月 of 12月20日前 is none."""


def often(noun: str) -> str:
    """Three of it, it three times."""
    gap = "[^，。；：、未不]"
    return rf"(?:{TIMES}){gap}{{0,4}}(?:{noun})|(?:{noun})[^，。；：、未不\d]{{0,4}}(?:{TIMES})"
