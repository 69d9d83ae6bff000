"""The data rows of a sheet cut into tickets, with the notes under them set aside."""

import re
from dataclasses import dataclass, field

from issues.exchange.reading.layouts import COMPLAINTS
from issues.exchange.workbook.cell_account import Journal
from issues.exchange.workbook.sheet import Cell, plain

IDENTITY = ("order", "number", "case_number", "problem")
_NOTE = re.compile(
    r"(?:注|说明|备注|填表说明|填报说明)(?:[:.\d]|$)"
    r"|(?:填表人|填报人|审核人|审批人|联系人|负责人|联系电话|填报日期)[:(]"
)
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)")


@dataclass(slots=True)
class Block:
    """The rows of one ticket."""

    rows: list[int]


@dataclass(slots=True)
class Cut:
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def cut(journal: Journal) -> Cut:
    found = Cut()
    identity: dict[str, str] = {}
    for row in range(journal.columns.last_row + 1, journal.sheet.row_count + 1):
        cells = [c for c in journal.sheet.row(row) if not journal.sheet.is_covered(row, c.column)]
        if not cells:
            continue
        if _set_aside(journal, cells, found):
            continue
        here = {name: _text(journal, name, row) for name in IDENTITY}
        if _is_new(journal, here, identity):
            identity = here
            found.blocks.append(Block([row]))
        elif found.blocks:
            found.blocks[-1].rows.append(row)
    return found


def _text(journal: Journal, name: str, row: int) -> str:
    heading = journal.columns.fields.get(name)
    return journal.sheet.cell(row, heading.column).text if heading else ""


def _is_new(journal: Journal, here: dict[str, str], before: dict[str, str]) -> bool:
    """A row that names a ticket other than the one above. Names repeated row by row are one.

    Not where a ticket has no more than one row.
    """
    named = {name: text for name, text in here.items() if text}
    if journal.columns.layout is COMPLAINTS or not journal.has("m_text"):
        return bool(named)
    return any(text != before.get(name) for name, text in named.items())


def _set_aside(journal: Journal, cells: list[Cell], found: Cut) -> bool:
    first = plain(cells[0].text)
    if _NOTE.match(first):
        found.notes.append(" ".join(cell.text for cell in cells))
    elif _TOTAL.match(first):
        journal.notice(cells[0], "合计行没有导入")
    else:
        return False
    journal.keep(cells)
    return True
