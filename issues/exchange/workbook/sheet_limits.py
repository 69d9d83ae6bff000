"""One pass over a worksheet's XML: its size, and the cells another reader would pass over."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from issues.exchange.looks.formats import Format
from issues.exchange.looks.shown import LONG_DIGITS
from issues.exchange.looks.styles import Book
from issues.exchange.workbook.package import DAMAGED, UnreadableWorkbook, judge_xml
from issues.exchange.workbook.pictures import picture_of
from issues.exchange.workbook.places import Place, column_number
from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole

MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_CELLS = 400_000
MOST_ELEMENTS = 3_000_000
MOST_TEXT = 20_000_000
LONGEST_CELL = 32_767
"""What Excel itself allows in a cell."""
LONGEST_BLANK, LONGEST_FORMULA = 200, 300

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_VALUES = {"v", "t"}
_NUMBERS, _TEXTS = {"n", "d"}, {"s", "str", "inlineStr"}


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class Scanned:
    """Places are (row, column) from 1. `faults`: error values and formulas never calculated.

    `numbers` are numbers with a format of their own, as the file says them; `hidden` texts their
    format hides; `pictures` what the cell says of the picture in it. `blanks` are cells in which no
    text is seen, with the bytes they take.
    """

    faults: dict[Place, str] = field(default_factory=dict)
    numbers: dict[Place, tuple[str, Format]] = field(default_factory=dict)
    hidden: set[Place] = field(default_factory=set)
    pictures: dict[Place, str] = field(default_factory=dict)
    blanks: list[tuple[Place, int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    text: int = 0

    def spans(self) -> list[tuple[int, int]]:
        """The bytes of pictures, and of the blank cells beyond all that hold anything."""
        return [
            (start, end)
            for (row, column), start, end in self.blanks
            if (row, column) in self.pictures or row > self.last_row or column > self.last_column
        ]


@dataclass(slots=True)
class Shared:
    """The shared strings in order: how long each is, and which show nothing."""

    lengths: list[int] = field(default_factory=list)
    blanks: set[int] = field(default_factory=set)


def is_blank(text: str) -> bool:
    if not text or text[0].isalnum():
        return not text
    return len(text) <= LONGEST_BLANK and not signs.bare(text).strip()


def shared_strings(data: bytes | None) -> Shared:
    """Raises UnreadableWorkbook where one is longer than a cell."""
    reader = _SharedReader()
    if data:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
        parser.CharacterDataHandler = reader.characters
        judge_xml(data, parser)
    return reader.shared


class _SharedReader:
    def __init__(self) -> None:
        self.shared = Shared()
        self.text = ""

    def start(self, name: str, _attributes: object) -> None:
        if name.rpartition(":")[2] == "si":
            self.shared.lengths.append(0)
            self.text = ""

    def end(self, name: str) -> None:
        lengths = self.shared.lengths
        if name.rpartition(":")[2] == "si" and lengths[-1] <= LONGEST_BLANK and is_blank(self.text):
            self.shared.blanks.add(len(lengths) - 1)

    def characters(self, data: str) -> None:
        lengths = self.shared.lengths
        if not lengths:
            return
        lengths[-1] += len(data)
        if lengths[-1] <= LONGEST_BLANK:
            self.text += data
        if lengths[-1] > 2 * LONGEST_CELL:
            raise UnreadableWorkbook(f"有单元格的文字超过{LONGEST_CELL}字，不予导入")


def scan_sheet(data: bytes, shared: Shared, book: Book) -> Scanned:
    """Raises UnreadableWorkbook where the sheet is larger than the limits."""
    parser = expat.ParserCreate()
    scanner = _Scanner(shared, book, data, parser)
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.characters
    judge_xml(data, parser)
    return scanner.found


class _Scanner:
    def __init__(
        self, shared: Shared, book: Book, data: bytes, parser: expat.XMLParserType
    ) -> None:
        self.found = Scanned()
        self.shared, self.book = shared, book
        self.data, self.parser = data, parser
        self.elements = 0
        self.row = self.column = 0
        self.cell: dict[str, str] | None = None
        self.begun = 0
        self.reading = ""
        self.has_formula = False
        self.text = self.formula = ""

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
            self.reading = name

    def characters(self, text: str) -> None:
        if self.reading in _VALUES:
            self.text += text
        elif self.reading == "f":
            self.formula = (self.formula + text)[:LONGEST_FORMULA]

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.reading = ""
        if name == "c" and self.cell is not None:
            self._close(self.cell)
            self.cell = None

    def _open(self, attributes: dict[str, str]) -> None:
        self.cell = attributes
        self.has_formula, self.text, self.formula = False, "", ""
        self.begun = self.parser.CurrentByteIndex
        self.column += 1
        if "r" in attributes:
            match = _ADDRESS.fullmatch(attributes["r"])
            if match is None:
                raise UnreadableWorkbook(DAMAGED)
            self.column, self.row = column_number(match[1]), _whole(match[2], 0)

    def _close(self, cell: dict[str, str]) -> None:
        if not (self.text or self.has_formula):
            return
        place, kind = (self.row, self.column), cell.get("t", "n")
        self._count(kind)
        if picture := picture_of(self.formula, self.text, kind, cell.get("vm")):
            self.found.pictures[place] = picture
            self._leave_out(place)
        elif self._shows_nothing(kind):
            self._leave_out(place)
        else:
            self._take(place, kind, self.book.format(cell.get("s", "0")))

    def _leave_out(self, place: Place) -> None:
        end = self.data.find(b">", self.parser.CurrentByteIndex) + 1
        self.found.blanks.append((place, self.begun, end))

    def _shows_nothing(self, kind: str) -> bool:
        if kind == "s":
            return _whole(self.text, -1) in self.shared.blanks
        return kind in _TEXTS and is_blank(self.text)

    def _take(self, place: Place, kind: str, style: Format) -> None:
        row, column = place
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise UnreadableWorkbook(
                f"工作表超过{MOST_ROWS}行或{MOST_COLUMNS}列，请删去多余的行和列后再导入"
            )
        self.found.last_row = max(self.found.last_row, row)
        self.found.last_column = max(self.found.last_column, column)
        is_unknown = self.has_formula and kind != "str"
        if kind == "e":
            self.found.faults[place] = f"单元格公式出错（{self.text}），请改正公式或填入文字"
        elif is_unknown and (not self.text or (self.book.is_uncalculated and self.text == "0")):
            self.found.faults[place] = "公式没有计算结果，请在Excel中打开并保存，或填入数值"
        elif kind in _NUMBERS:
            if not style.is_plain or len(self.text) >= LONG_DIGITS or kind == "d":
                self.found.numbers[place] = self.text, style
        elif style.hides_text:
            self.found.hidden.add(place)

    def _count(self, kind: str) -> None:
        length = len(self.text)
        if kind == "s":
            index = _whole(self.text, -1)
            if not 0 <= index < len(self.shared.lengths):
                raise UnreadableWorkbook(DAMAGED)
            length = self.shared.lengths[index]
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
