"""Places read from a workbook: all of them, or none with each wrong cell named. Never commits."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import xlsxwriter
from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit, regions
from issues.exchange.import_report import RowsRefused
from issues.exchange.reading.items import CellError
from issues.exchange.workbook.cell_account import brief
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import Cell, Sheet, plain, read_sheets
from issues.ground import clock
from issues.ground.secrecy import algorithms
from issues.models import Region
from issues.territory import changing, wording
from issues.territory.gazetteer import Gazetteer, Known
from issues.vocabulary import RegionAct, RegionKind, Subject

HEADINGS = ("上级区域", "类别", "名称", "代码")
NEEDED = HEADINGS[:3]
SHEET = "区域"
LOOKED_FOR_HEADING = 10
MOST_ROWS = 20_000
EXAMPLES = (("第一镇", "村（社区）", "第一村", ""), ("第一镇第一村", "网格", "第1网格", ""))
HOW = (
    "名称，同名的写成“县（区）名乡镇名”，或写代码",
    "、".join(kind.label for kind in RegionKind if kind not in wording.ABOVE_TOWNS),
    "最多40个字",
    "可不填，由系统编号",
)


_CHOSEN = frozenset({RegionKind.PROVINCE, RegionKind.CITY})


class Line(NamedTuple):
    """A place to be made and the row that tells of it."""

    row: int
    code: str
    name: str
    kind: RegionKind
    parent: str


@dataclass(slots=True)
class Read:
    """What a sheet says. `here` is how many of its places are here already."""

    lines: list[Line] = field(default_factory=list)
    here: int = 0
    errors: list[CellError] = field(default_factory=list)

    @property
    def told(self) -> str:
        return f"新增{len(self.lines)}个区域，已有{self.here}个，不会重复写入"


def understand(content: bytes) -> Read:
    """Writes nothing. Raises UnreadableWorkbook."""
    sheet = read_sheets(content)[0]
    columns, heading = _columns(sheet)
    if sheet.row_count - heading > MOST_ROWS:
        raise UnreadableWorkbook(f"一次最多导入{MOST_ROWS}行，请分成几份导入。")
    return _Reader(sheet, columns, heading).read()


def bring_in(actor: Actor, content: bytes) -> Read:
    """Every place of the sheet that is not here. Raises NotAllowed, RowsRefused."""
    if actor is not SYSTEM:
        wording.require(actor)
    read = understand(content)
    if read.errors:
        raise RowsRefused(tuple(read.errors))
    made: dict[str, Region] = {}
    for one in read.lines:
        above = made.get(one.parent) or changing.find(one.parent)
        made[one.code] = regions.add(one.code, one.name, one.kind, above)
    top = regions.city()
    if made and top is not None:
        detail = {"区域": len(made), "工作簿摘要": algorithms.digest(algorithms.SHA256, content)}
        audit.record(Subject.REGION, top.id, RegionAct.IMPORT, actor, at=clock.now(), detail=detail)
    return read


def sample() -> bytes:
    """An empty workbook with the headings, how to fill in each, and two lines to follow."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    bold = book.add_format({"bold": True, "border": 1})
    for place, heading in enumerate(HEADINGS):
        sheet.set_column(place, place, 28)
        sheet.write_string(0, place, heading, bold)
        sheet.write_comment(0, place, HOW[place])
    for row, example in enumerate(EXAMPLES, start=1):
        for place, words in enumerate(example):
            sheet.write_string(row, place, words)
    kinds = [kind.label for kind in RegionKind if kind not in wording.ABOVE_TOWNS]
    sheet.data_validation(1, 1, MOST_ROWS, 1, {"validate": "list", "source": kinds})
    book.close()
    return target.getvalue()


def _columns(sheet: Sheet) -> tuple[dict[str, int], int]:
    """Where each heading stands, and in which row."""
    for row in range(1, min(sheet.row_count, LOOKED_FOR_HEADING) + 1):
        found = {plain(cell.text): cell.column for cell in sheet.row(row)}
        columns = {one: found[plain(one)] for one in HEADINGS if plain(one) in found}
        if all(one in columns for one in NEEDED):
            return columns, row
    raise UnreadableWorkbook(f"表中没有“{'、'.join(NEEDED)}”几栏，请下载空表对照。")


class _Reader:
    """One sheet against the places that are here and those of the rows above."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int], heading: int) -> None:
        self.sheet, self.columns, self.heading = sheet, columns, heading
        self.known = Gazetteer.read()
        self.codes = set(db.session.scalars(select(Region.code)))
        self.last: dict[str, int] = {}
        self.found = Read()

    def read(self) -> Read:
        for row in range(self.heading + 1, self.sheet.row_count + 1):
            cells = [cell for cell in self.sheet.row(row) if not cell.is_empty]
            if cells:
                self._line(row)
        return self.found

    def _line(self, row: int) -> None:
        before = len(self.found.errors)
        cells = {name: self.sheet.cell(row, self._place(name)) for name in HEADINGS}
        for cell in cells.values():
            if cell.fault:
                self._wrong(cell, cell.fault)
        above = self._above(cells["上级区域"])
        kind = self._kind(cells["类别"], above)
        name = self._name(cells["名称"])
        if above is None or kind is None or not name or len(self.found.errors) > before:
            return
        same = self.known.find(f"{self._path(above)}{name}", above.code)
        if any(one.path == f"{above.path}{one.code}{regions.STEP}" for one in same):
            self.found.here += 1
            return
        code = self._code(cells["代码"], kind, above)
        if code:
            path = f"{above.path}{code}{regions.STEP}"
            self.known.add(Known(code, name, kind, path))
            self.codes.add(code)
            self.found.lines.append(Line(row, code, name, kind, above.code))

    def _place(self, heading: str) -> int:
        return self.columns.get(heading) or self.sheet.column_count + 1

    def _path(self, place: Known) -> str:
        steps = place.path.split(regions.STEP)[:-1]
        return "".join(one.name for code in steps if (one := self.known.by_code.get(code)))

    def _above(self, cell: Cell) -> Known | None:
        found = self.known.find(cell.text)
        if not cell.text:
            self._wrong(cell, "没有填写上级区域")
        elif not found:
            self._wrong(cell, f"没有名为“{brief(cell.text)}”的区域，上级区域应先建立或写在前面的行")
        elif len(found) > 1:
            paths = "、".join(self._path(one) for one in found[:3])
            self._wrong(cell, f"有{len(found)}处叫“{brief(cell.text)}”（{paths}），请写全或写代码")
        return found[0] if len(found) == 1 else None

    def _kind(self, cell: Cell, above: Known | None) -> RegionKind | None:
        words = plain(cell.text)
        kind = next((one for one in RegionKind if plain(one.label) == words), None)
        if kind is None:
            known = "、".join(one.label for one in RegionKind)
            self._wrong(cell, f"没有“{brief(cell.text)}”这个类别，可填：{known}")
        elif kind in _CHOSEN:
            self._wrong(cell, f"{kind.label}区域请在“区域”页选定城市时建立")
        elif above is not None and kind not in wording.BELOW[above.kind]:
            self._wrong(cell, f"{above.kind.label}之下不能直接是{kind.label}")
        return kind

    def _name(self, cell: Cell) -> str:
        if not 0 < len(cell.text) <= wording.LONGEST_NAME or "\n" in cell.text:
            self._wrong(cell, f"请填写名称，一行，最多{wording.LONGEST_NAME}个字")
            return ""
        return cell.text

    def _code(self, cell: Cell, kind: RegionKind, above: Known) -> str:
        code = cell.text
        if not code and kind not in wording.ABOVE_TOWNS:
            return self._own_code(kind, above)
        if not wording.CODE.fullmatch(code) or len(code) > wording.LONGEST_CODE:
            self._wrong(cell, "代码应为6位、9位或12位区划代码，或自编代码，如110105-001")
            return ""
        if code in self.codes:
            self._wrong(cell, f"代码“{code}”已有区域使用")
            return ""
        return code

    def _own_code(self, kind: RegionKind, above: Known) -> str:
        """The next number of a parent that no place has had."""
        number = max(self.last.get(above.code, 0) + 1, changing.FIRST.get(kind, 1))
        while changing.numbered(above.code, number) in self.codes:
            number += 1
        self.last[above.code] = number
        return changing.numbered(above.code, number)

    def _wrong(self, cell: Cell, sentence: str) -> None:
        heading = next((name for name, at in self.columns.items() if at == cell.column), "代码")
        told = CellError(cell.address, heading, brief(cell.text), sentence)
        if told.cell not in {one.cell for one in self.found.errors}:
            self.found.errors.append(told)
