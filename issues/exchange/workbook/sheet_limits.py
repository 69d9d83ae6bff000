"""One pass over a worksheet's XML: its size, and the cells another reader would pass over."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from issues.exchange.workbook.package import DAMAGED, UnreadableWorkbook, judge_xml
from issues.ground.numbers import LARGEST_ID, whole

MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_CELLS = 400_000
MOST_ELEMENTS = 3_000_000
MOST_TEXT = 20_000_000
LONGEST_CELL = 32_767
"""What Excel itself allows in a cell."""

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_VALUES = {"v", "t"}
Place = tuple[int, int]


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class Scanned:
    """Places are (row, column) from 1. `faults`: error values and formulas never calculated."""

    faults: dict[Place, str] = field(default_factory=dict)
    cells: int = 0
    text: int = 0


def shared_lengths(data: bytes | None) -> list[int]:
    """The length of each shared string, in order. Raises where one is longer than a cell."""
    lengths: list[int] = []

    def start(name: str, _attributes: object) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)
            if lengths[-1] > 2 * LONGEST_CELL:
                raise UnreadableWorkbook(f"有单元格的文字超过{LONGEST_CELL}字，不予导入")

    if data:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.CharacterDataHandler = start, text
        judge_xml(data, parser)
    return lengths


def scan_sheet(data: bytes, shared: list[int]) -> Scanned:
    """Raises UnreadableWorkbook where the sheet is larger than the limits."""
    scanner = _Scanner(shared)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.characters
    judge_xml(data, parser)
    return scanner.found


class _Scanner:
    def __init__(self, shared: list[int]) -> None:
        self.found = Scanned()
        self.shared = shared
        self.elements = 0
        self.row = self.column = 0
        self.cell: dict[str, Any] | None = None
        self.has_formula = self.is_reading = False
        self.text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise UnreadableWorkbook("工作表的单元格过多，请删去多余的行和列后再导入")
        name = name.rpartition(":")[2]
        if name == "c":
            self._open(attributes)
        elif name == "row":
            self.row = _whole(attributes.get("r"), self.row + 1)
            self.column = 0
        elif self.cell is not None:
            self.has_formula = self.has_formula or name == "f"
            self.is_reading = name in _VALUES

    def characters(self, text: str) -> None:
        if self.is_reading:
            self.text += text

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in _VALUES:
            self.is_reading = False
        elif name == "c" and self.cell is not None:
            self._close(self.cell)
            self.cell = None

    def _open(self, attributes: dict[str, str]) -> None:
        self.cell = attributes
        self.has_formula, self.text = False, ""
        self.column += 1
        if "r" in attributes:
            match = _ADDRESS.fullmatch(attributes["r"])
            if match is None:
                raise UnreadableWorkbook(DAMAGED)
            self.column, self.row = column_number(match[1]), _whole(match[2], 0)

    def _close(self, cell: dict[str, str]) -> None:
        if not (self.text or self.has_formula):
            return
        place = (self.row, self.column)
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
            raise UnreadableWorkbook(
                f"工作表超过{MOST_ROWS}行或{MOST_COLUMNS}列，请删去多余的行和列后再导入"
            )
        kind = cell.get("t", "n")
        if kind == "e":
            self.found.faults[place] = f"单元格公式出错（{self.text}），请改正公式或填入文字"
        elif self.has_formula and not self.text and kind != "str":
            self.found.faults[place] = "公式没有计算结果，请在Excel中打开并保存，或填入数值"
        self._count(kind)

    def _count(self, kind: str) -> None:
        length = len(self.text)
        if kind == "s":
            index = _whole(self.text, -1)
            if not 0 <= index < len(self.shared):
                raise UnreadableWorkbook(DAMAGED)
            length = self.shared[index]
        self.found.cells += 1
        self.found.text += length
        if self.found.cells > MOST_CELLS or self.found.text > MOST_TEXT:
            raise UnreadableWorkbook("工作表内容过多，请分成几份导入")


def _whole(text: str | None, default: int) -> int:
    if text is None:
        return default
    number = whole(text, 0, LARGEST_ID)
    if number is None:
        raise UnreadableWorkbook(DAMAGED)
    return number
