"""What holds for all cells of a workbook: the number format of each style, how days are counted."""

from typing import NamedTuple
from xml.parsers import expat

from issues.exchange.looks.formats import Format
from issues.exchange.workbook.package import judge_xml
from issues.ground.numbers import LARGEST_ID, whole

GENERAL = Format("General")
_TRUE = frozenset({"1", "true"})
_LISTS = frozenset({"cellXfs", "numFmts"})
_MONTH, _DAY, _MONTH_DAY = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _DAY, 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: _MONTH, 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 41: "#,##0;-#,##0", 42: '"¥"#,##0;"¥"-#,##0',
    43: "#,##0.00;-#,##0.00", 44: '"¥"#,##0.00;"¥"-#,##0.00', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _MONTH, 51: _MONTH_DAY, 52: _MONTH,
    53: _MONTH_DAY, 54: _MONTH_DAY, 55: _MONTH, 56: _MONTH_DAY, 57: _MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""Codes that no workbook spells out, as Chinese programs show them.

55 and 56 are a time to some and a month or a day of one to others. A day that is no time is read as
the latter: what is kept besides is told.
"""


class Book(NamedTuple):
    """`formats` by the number of the style.

    `is_1904`: days count from 1904. `is_uncalculated`: whoever wrote it left every formula
    to be worked out on opening.
    """

    formats: list[Format]
    is_1904: bool = False
    is_uncalculated: bool = False

    def format(self, style: str) -> Format:
        number = whole(style, 0, LARGEST_ID)
        known = number is not None and number < len(self.formats)
        return self.formats[number or 0] if known else GENERAL


def read_book(styles: bytes | None, workbook: bytes) -> Book:
    reader = _Reader()
    for part in (styles, workbook):
        if part:
            parser = expat.ParserCreate()
            parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
            judge_xml(part, parser)
    codes = _BUILT_IN | reader.codes
    known = {number: Format(code) for number, code in codes.items()}
    formats = [known.get(number, GENERAL) for number in reader.numbers]
    return Book(formats, reader.is_1904, reader.is_uncalculated)


class _Reader:
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.numbers: list[int] = []
        self.is_1904 = self.is_uncalculated = False
        self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        number = whole(attributes.get("numFmtId", "0"), 0, LARGEST_ID) or 0
        if name in _LISTS:
            self.inside = name
        elif name == "xf" and self.inside == "cellXfs":
            self.numbers.append(number)
        elif name == "numFmt" and self.inside == "numFmts" and attributes.get("formatCode"):
            self.codes[number] = attributes["formatCode"]
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in _TRUE
        elif name == "calcPr":
            self.is_uncalculated = attributes.get("fullCalcOnLoad") in _TRUE

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] in _LISTS:
            self.inside = ""
