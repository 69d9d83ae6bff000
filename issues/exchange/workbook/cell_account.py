"""The account of every cell of a sheet: read into a field, kept otherwise, reported, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from issues.exchange.reading.items import CellError, CellNotice
from issues.exchange.reading.layouts import Columns
from issues.exchange.workbook.sheet import Cell, Sheet, address
from issues.exchange.workbook.sheet_limits import Place

LONGEST_QUOTE = 60


@dataclass(slots=True)
class Journal:
    sheet: Sheet
    columns: Columns
    errors: list[CellError] = field(default_factory=list)
    notices: list[CellNotice] = field(default_factory=list)
    read: set[Place] = field(default_factory=set)
    listed: set[Place] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def take(self, name: str, row: int) -> Cell:
        """The cell of a field in a row; an empty one where the sheet has no such column."""
        heading = self.columns.fields.get(name)
        if heading is None:
            return Cell(row, self.anchor_column)
        cell = self.sheet.cell(row, heading.column)
        if not cell.is_empty and not cell.fault:
            self.read.add((cell.row, cell.column))
        return cell

    @property
    def anchor_column(self) -> int:
        """Where an error stands that belongs to a whole ticket."""
        heading = self.columns.fields.get("problem")
        return heading.column if heading else 1

    def has(self, name: str) -> bool:
        return name in self.columns.fields

    def error(self, cell: Cell, sentence: str) -> None:
        self.listed.add((cell.row, cell.column))
        heading = self.columns.heading(cell.column)
        self.errors.append(CellError(cell.address, heading, brief(cell.text), sentence))

    def notice(self, cell: Cell, sentence: str) -> None:
        heading = self.columns.heading(cell.column)
        self.notices.append(CellNotice(cell.address, heading, brief(cell.text), sentence))

    def lacks(self, heading: str, hint: str = "请补上这一栏，或在配置中给出") -> None:
        """A column, or a constant in its place, without which no ticket can be made. Said once."""
        if heading not in self.missing:
            self.missing.add(heading)
            cell = address(self.columns.last_row, 1)
            sentence = f"表中没有“{heading}”一栏，{hint}"
            self.errors.append(CellError(cell, "表头", "", sentence))

    def keep(self, cells: Iterable[Cell]) -> None:
        self.listed |= {(cell.row, cell.column) for cell in cells}

    def report_faults(self) -> None:
        """Error values, formulas without a result and text hidden under a merged range."""
        for place, cell in sorted(self.sheet.cells.items()):
            if place[0] <= self.columns.last_row:
                continue
            if self.sheet.is_covered(*place):
                self.listed.add(place)
                self.notice(cell, "这一格被合并单元格盖住，内容没有导入")
            elif cell.fault:
                self.error(cell, cell.fault)

    def report_cleaned(self) -> None:
        """Texts that are read without what nobody sees in them. A cell in error says so itself."""
        for place, names in sorted(self.sheet.cleaned.items()):
            cell = self.sheet.cells.get(place) or Cell(*place)
            if not cell.fault:
                told = f"工作表“{self.sheet.name}”：清理了看不见的字符，{names}"
                self.notice(cell, told)

    def data_places(self) -> set[Place]:
        return {place for place in self.sheet.cells if place[0] > self.columns.last_row}

    def leave_nothing(self) -> None:
        """Report whatever no field has asked for."""
        for place in sorted(self.data_places() - self.read - self.listed):
            self.error(self.sheet.cells[place], "这一格没有归入任何问题，请移到对应的行、列或删去")


def brief(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
