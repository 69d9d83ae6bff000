"""The account of every cell of a sheet: read into a field, kept or sealed, reported, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from issues.exchange.reading.items import CellError, CellNotice
from issues.exchange.reading.layouts import Columns
from issues.exchange.workbook.sheet import Cell, Sheet, address
from issues.exchange.workbook.sheet_limits import Place
from issues.ground.secrecy import persons

LONGEST_QUOTE = 60
MOST_NAMED = 5
REST = (
    f"不再原样保留（正文中以“{persons.SEALED}”代替），经授权方可查看；"
    "不是举报人信息的，请改写后重新导入"
)


@dataclass(frozen=True, slots=True)
class Secret:
    """What a cell says of who complained: which of the complainant's fields, and the words."""

    kind: str
    text: str


@dataclass(slots=True)
class Journal:
    """`sealed` are the cells that tell of persons. `is_open`: none is, all are read as before.

    `meant`: what cells whose format hides something were taken for. `lines`: of a cell that is read
    line by line though its column is no field, how many were read and how many not.
    """

    sheet: Sheet
    columns: Columns
    errors: list[CellError] = field(default_factory=list)
    notices: list[CellNotice] = field(default_factory=list)
    read: set[Place] = field(default_factory=set)
    listed: set[Place] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    sealed: dict[Place, Secret] = field(default_factory=dict)
    meant: dict[Place, str] = field(default_factory=dict)
    lines: dict[Place, tuple[int, int]] = field(default_factory=dict)
    is_open: bool = False

    def take(self, name: str, row: int) -> Cell:
        """The cell of a field in a row; an empty one where the sheet has no such column."""
        if name not in self.columns.fields:
            return Cell(row, self.anchor_column)
        if name not in self.columns.joined and name not in self.columns.shares:
            return self._alone(self.sheet.cell(row, self.columns.fields[name].column))
        cells = [self.sheet.cell(row, column) for column in self.columns.sources(name)]
        full = [cell for cell in cells if not cell.is_empty and not cell.fault]
        self.read |= {(cell.row, cell.column) for cell in full}
        return self._part(name, full or cells)

    def _alone(self, cell: Cell) -> Cell:
        """One column is one field: nearly all of them."""
        if cell.value is not None and not cell.fault:
            self.read.add((cell.row, cell.column))
        return cell

    def _part(self, name: str, cells: list[Cell]) -> Cell:
        """What a field takes of one column, or of several put together, at the first that says it.

        A value that is no text, of one column alone, stays what it is.
        """
        first = cells[0]
        text = self.columns.share(name, "\n".join(cell.text for cell in cells if cell.text))
        return first if text == first.text else Cell(first.row, first.column, text or None)

    @property
    def anchor_column(self) -> int:
        """Where an error stands that belongs to a whole ticket."""
        heading = self.columns.fields.get("problem")
        return heading.column if heading else 1

    def has(self, name: str) -> bool:
        return name in self.columns.fields

    def error(self, cell: Cell, sentence: str, unknown: str = "") -> None:
        self.listed.add((cell.row, cell.column))
        heading = self.columns.heading(cell.column)
        words = brief(persons.masked(cell.text))
        told = CellError(cell.address, heading, words, sentence, unknown)
        self.errors.append(told)

    def notice(self, cell: Cell, sentence: str) -> None:
        heading = self.columns.heading(cell.column)
        told = CellNotice(cell.address, heading, brief(persons.masked(cell.text)), sentence)
        self.notices.append(told)

    def is_wrong(self, cell: Cell) -> bool:
        """An error has been told at it."""
        return any(error.cell == cell.address for error in self.errors)

    def tell(self, cell: Cell, meaning: str) -> None:
        """What a cell whose format hides something was taken for."""
        self.meant[cell.row, cell.column] = f"，{meaning}"

    def lacks(self, heading: str, hint: str = "请补上这一栏，或在配置中给出") -> None:
        """A column, or a constant in its place, without which no ticket can be made. Said once."""
        if heading not in self.missing:
            self.missing.add(heading)
            cell = address(self.columns.last_row, 1)
            sentence = f"表中没有“{heading}”一栏，{hint}"
            self.errors.append(CellError(cell, "表头", "", sentence))

    def keep(self, cells: Iterable[Cell]) -> None:
        self.listed |= {(cell.row, cell.column) for cell in cells}

    def guarded(self, cell: Cell) -> str:
        """The text of a field without the persons it names, who are sealed with all of it."""
        masked = cell.text if self.is_open else persons.masked(cell.text)
        if masked != cell.text:
            heading = self.columns.heading(cell.column)
            self.sealed[cell.row, cell.column] = Secret("note", f"{heading}：{cell.text}")
        return masked

    def kept(self, cells: Iterable[Cell]) -> list[Cell]:
        """Those of columns of no field that tell of nobody; the others are sealed."""
        open_ = []
        for cell in cells:
            heading = self.columns.heading(cell.column)
            if self.is_open or not persons.is_personal(heading, cell.text):
                open_.append(cell)
                continue
            kind = persons.kind_of(heading) or "note"
            text = f"{heading}：{cell.text}" if kind == "note" else cell.text
            self.sealed[cell.row, cell.column] = Secret(kind, text)
        return open_

    def sealed_of(self, rows: Iterable[int]) -> dict[str, str]:
        """What the rows of a ticket say of who complained, by the complainant's fields."""
        found: dict[str, list[str]] = {}
        columns = range(1, self.sheet.column_count + 1) if self.sealed else ()
        for place in ((row, column) for row in sorted(set(rows)) for column in columns):
            if secret := self.sealed.get(place):
                found.setdefault(secret.kind, []).append(secret.text)
        return {kind: "\n".join(dict.fromkeys(texts)) for kind, texts in found.items()}

    def report_sealed(self) -> None:
        """One notice a column, with its cells, and without a word of what they say."""
        by_column: dict[int, list[str]] = {}
        for row, column in sorted(self.sealed):
            by_column.setdefault(column, []).append(address(row, column))
        for column, cells in sorted(by_column.items()):
            shown = "、".join(cells[:MOST_NAMED]) + ("等" if len(cells) > MOST_NAMED else "")
            sentence = f"{shown}共{len(cells)}格含举报人信息，已转入严格保密的举报人一栏，{REST}"
            self.notices.append(CellNotice(cells[0], self.columns.heading(column), "", sentence))

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

    def report_looks(self) -> None:
        """What a number format hides or makes other than it is, and what lies over the cells.

        Of cells only below the heading, and not of those in error, covered or sealed: they say so,
        and of the sealed no word is said.
        """
        for place, cell in sorted(self.sheet.cells.items()):
            is_told = cell.look.told and not cell.fault and place not in self.sealed
            if is_told and place[0] > self.columns.last_row and not self.sheet.is_covered(*place):
                self.notice(cell, cell.look.told + self.meant.get(place, ""))
        for place, told in sorted(self.sheet.over.items()):
            heading = self.columns.heading(place[1])
            is_below = place[0] > self.columns.last_row
            for one in (one for one in told if is_below or one.is_text):
                is_of_persons = persons.kind_of(heading) is not None
                said = one.sealed() if is_of_persons else one.sentence
                words, sentence = persons.masked(one.words), persons.masked(said)
                self.notices.append(CellNotice(address(*place), heading, words, sentence))

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
