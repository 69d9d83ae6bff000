"""Every sheet of a package looked through before it is read, by its name."""

from dataclasses import dataclass, field
from itertools import pairwise
from xml.parsers import expat

from issues.exchange.looks.styles import Book, read_book
from issues.exchange.pictures.parts import in_cells
from issues.exchange.workbook import pictures
from issues.exchange.workbook.package import DAMAGED, Package, UnreadableWorkbook, judge_xml
from issues.exchange.workbook.sheet_limits import Place, Scanned, Shared, scan_sheet, shared_strings

MOST_SHEETS = 50


@dataclass(frozen=True, slots=True)
class Looked:
    """`over`: what floats over the cells."""

    cells: Scanned = field(default_factory=Scanned)
    over: dict[Place, list[pictures.Over]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Through:
    """`names` are what WPS calls pictures in cells, `lie_in` the parts pictures in cells lie in."""

    book: Book
    sheets: dict[str, Looked]
    names: dict[str, str]
    lie_in: dict[str, str]

    def looked(self, sheet: str) -> Looked:
        return self.sheets.get(sheet) or Looked()


def look_through(package: Package) -> Through:
    """Each sheet is held against the limits; cells nobody needs are cut out of its part."""
    shared = shared_strings(_part(package, "xl/sharedstrings.xml"))
    book = read_book(_part(package, "xl/styles.xml"), package.parts["xl/workbook.xml"])
    looked = {
        name: Looked(_scan(package, name, shared, book), pictures.over_cells(package, name))
        for name in list(package.parts)
        if name.lower().startswith("xl/worksheets/")
    }
    if len(looked) > MOST_SHEETS:
        raise UnreadableWorkbook(f"工作簿超过{MOST_SHEETS}个工作表，请只留要导入的一个")
    targets = {
        relation.get("Id"): relation.get("Target", "").lstrip("/").removeprefix("xl/")
        for relation in _elements(package.parts.get("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    sheets = {
        sheet.get("name", ""): looked.get(f"xl/{targets.get(_relation(sheet))}", Looked())
        for sheet in _elements(package.parts["xl/workbook.xml"], "sheet")
    }
    asked = [key for sheet in looked.values() for key in sheet.cells.pictures.values()]
    return Through(book, sheets, pictures.names_in_cells(package), in_cells(package, asked))


def _scan(package: Package, name: str, shared: Shared, book: Book) -> Scanned:
    data = package.parts[name]
    found = scan_sheet(data, shared, book)
    if spans := found.spans():
        if b"\0" in data[:4]:
            raise UnreadableWorkbook(DAMAGED)
        package.parts[name] = _without(data, spans)
    return found


def _without(data: bytes, spans: list[tuple[int, int]]) -> bytes:
    edges = [(0, 0), *spans, (len(data), len(data))]
    return b"".join(data[before[1] : after[0]] for before, after in pairwise(edges))


def _part(package: Package, wanted: str) -> bytes | None:
    return next((data for name, data in package.parts.items() if name.lower() == wanted), None)


def _relation(sheet: dict[str, str]) -> str | None:
    return next((value for name, value in sheet.items() if name.endswith(":id")), None)


def _elements(data: bytes | None, wanted: str) -> list[dict[str, str]]:
    """The attributes of each element of that name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    if data:
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        judge_xml(data, parser)
    return found
