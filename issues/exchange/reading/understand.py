"""A sheet into tickets: which ledger it is, what each row says, and where each cell has gone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from issues.exchange.matching.recognise import NO_HEADING, which
from issues.exchange.pictures.found import pictures_of
from issues.exchange.reading.extra_columns import columns_of_ours
from issues.exchange.reading.items import CellNotice, ItemRead, Understood
from issues.exchange.reading.layouts import Columns, find_columns
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.tickets import Reading, read_ticket
from issues.exchange.reading.unit_names import Directory, UnitName
from issues.exchange.reading.words.published import without_star
from issues.exchange.reading.words.target_columns import sentence_of
from issues.exchange.workbook.block_cells import cells_of
from issues.exchange.workbook.blocks import Block, Cut, cut
from issues.exchange.workbook.cell_account import Journal
from issues.exchange.workbook.cells import Fields
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import Cell, Sheet, address, plain, read_sheets
from issues.exchange.workbook.sheet_limits import column_letters
from issues.ground import under_way
from issues.ground.batches import without_collecting
from issues.rules.dates.deadlines import UnreadableDeadline, read_day
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy

_FILLED = re.compile(r"(?:填报时间|填报日期|填表时间|截止时间)[:]?(.*)")
_UNIT_LINE = re.compile(r"填报单位(?:\(盖章\))?[:]?(.*)")
_UNIQUE = (("number", "编号"), ("case_number", "受理编号"), ("order", "序号"))
MOST_ERRORS = 1000
_WORKED_OUT, _KEPT = "由系统计算，没有导入", "不是台账的栏目，内容原样保留在补充信息中"
_LEFT_OUT = "按格式的规定没有导入"


class Above(NamedTuple):
    """What stands over the heading."""

    title: str
    unit_line: str
    filled_on: date | None


@without_collecting()
def read_ledger(
    content: bytes,
    units: Sequence[UnitName],
    *,
    today: date,
    policy: Policy,
    profile: Profile | None = None,
    calendar: Workdays | None = None,
    kept: Sequence[Profile] = (),
) -> Understood:
    """The first sheet that is a ledger, by its words or by a layout that is kept.

    Raises UnreadableWorkbook where none is.
    """
    under_way.tell("读取工作簿")
    sheets = read_sheets(content)
    sheet, columns, profile, by = which(sheets, profile, kept, Directory(units))
    others = [other.name for other in sheets if other is not sheet]
    read = partial(
        understand, units=units, today=today, policy=policy, profile=profile, calendar=calendar,
        columns=columns if columns.called else None,
    )  # fmt: skip
    understood = replace(read(sheet, other_sheets=others), recognised=by)
    if any(item.sealed for item in understood.items):
        understood = replace(understood, unsealed=read(sheet, is_open=True).items)
    if not sheet.written:
        return understood
    written = read(sheet.as_written())
    return replace(understood, as_written=written.items)


def understand(
    sheet: Sheet,
    units: Sequence[UnitName],
    *,
    today: date,
    policy: Policy,
    profile: Profile | None = None,
    calendar: Workdays | None = None,
    columns: Columns | None = None,
    other_sheets: Sequence[str] = (),
    is_open: bool = False,
) -> Understood:
    """Every error of the sheet at once. Raises UnreadableWorkbook where it has no known heading."""
    columns = columns or find_columns(sheet)
    if columns is None:
        raise UnreadableWorkbook(NO_HEADING)
    journal = Journal(sheet, columns, is_open=is_open)
    journal.notices += [CellNotice("", "", n, f"工作表“{n}”没有导入") for n in other_sheets]
    above = _above(sheet, columns, journal, today)
    journal.report_faults()
    parts = cut(journal)
    ours = columns_of_ours(sheet, columns)
    fields = Fields(journal, Directory(units), policy, calendar)
    items = _read(Reading(fields, profile or Profile(), today, above.filled_on, ours), parts.blocks)
    if not parts.blocks:
        journal.lacks("问题", "表头下面没有数据")
    journal.report_looks()
    journal.report_cleaned()
    return _result(journal, above, items, parts)


def _read(reading: Reading, blocks: Sequence[Block]) -> list[ItemRead]:
    """The tickets, every cell accounted for; none where a heading is missing that all need."""
    journal = reading.fields.journal
    for heading in journal.columns.missing:
        journal.lacks(heading, "请补上这一栏，叫法不同的在“核对栏目”中指明")
    if journal.columns.missing:
        journal.listed |= journal.data_places()
        return []
    items = _read_tickets(reading, blocks)
    _check_unique(journal, blocks)
    _leave_out(journal)
    _name_unknown_columns(journal, reading.ours)
    journal.report_sealed()
    journal.leave_nothing()
    return items


def _read_tickets(reading: Reading, blocks: Sequence[Block]) -> list[ItemRead]:
    """Stops where the errors are more than anybody would mend one by one."""
    items, journal = [], reading.fields.journal
    for block in under_way.counted("识别表中的问题", blocks):
        if len(journal.errors) >= MOST_ERRORS:
            cell = journal.take("problem", block.rows[0])
            journal.error(
                cell, f"错误已超过{MOST_ERRORS}处，这一行以后没有再检查，请改正后重新导入"
            )
            journal.listed |= {place for place in journal.data_places() if place[0] >= cell.row}
            break
        if item := read_ticket(reading, block.rows):
            items.append(item)
    return items


def _result(journal: Journal, above: Above, items: list[ItemRead], parts: Cut) -> Understood:
    wrong = {error.cell for error in journal.errors}
    data = journal.data_places()
    read = data & journal.read
    listed = data & journal.listed - read
    layout, called = journal.columns.layout, journal.columns.called
    return Understood(
        sheet=journal.sheet.name,
        layout=layout.key,
        layout_name=f"《{called}》" if called else layout.name,
        **above._asdict(),
        headings=tuple(
            (address(journal.columns.last_row, h.column), h.text)
            for h in sorted(journal.columns.fields.values(), key=lambda h: h.column)
        ),
        items=tuple(i for i in items if not wrong & _identity_cells(journal, i.row)),
        tickets=len(parts.blocks),
        errors=tuple(journal.errors),
        notices=tuple(journal.notices),
        notes=tuple(parts.notes),
        cells_total=len(data),
        cells_read=len(read),
        cells_listed=len(listed),
        others=tuple(dict.fromkeys(h.text for h in journal.columns.others.values() if h.text)),
        letters={h.text: column_letters(h.column) for h in journal.columns.others.values()},
        unread=tuple(address(*place) for place in sorted(data - read - listed)),
        missing=tuple(sorted(journal.missing)),
        cells=cells_of(journal, parts.blocks),
        pictures=pictures_of(journal, parts.blocks),
    )


def _identity_cells(journal: Journal, row: int) -> set[str]:
    fields = journal.columns.fields
    return {address(row, fields[name].column) for name, _ in _UNIQUE if name in fields}


def _above(sheet: Sheet, columns: Columns, journal: Journal, today: date) -> Above:
    title, unit_line, filled_on = "", "", None
    for row in range(1, columns.first_row):
        for cell in sheet.row(row):
            words = plain(cell.text)
            if match := _FILLED.match(words):
                filled_on = _filled_on(journal, cell, match[1], today)
            elif match := _UNIT_LINE.match(words):
                unit_line = match[1]
            else:
                title = title or cell.text
    if filled_on is None:
        journal.notices.append(CellNotice("", "", "", "没有填报时间，按导入当天计"))
    return Above(title, unit_line, filled_on)


def _filled_on(journal: Journal, cell: Cell, words: str, today: date) -> date | None:
    try:
        filled_on = read_day(words)
    except UnreadableDeadline as wrong:
        journal.error(cell, f"填报时间：{wrong.sentence}")
        return None
    if filled_on > today:
        journal.notice(cell, "填报时间晚于今天，请核对")
    return filled_on


def _check_unique(journal: Journal, blocks: Sequence[Block]) -> None:
    for name, called in _UNIQUE:
        seen: dict[str, int] = {}
        for block in blocks:
            cell = journal.take(name, block.rows[0])
            words, _ = without_star(plain(cell.text))
            if words and words in seen:
                both = f"：第{seen[words]}行和第{cell.row}行是同一信访件，请只留一行"
                more = both if name == "case_number" else ""
                journal.error(cell, f"{called}与第{seen[words]}行重复{more}")
            elif words:
                seen[words] = cell.row


def _leave_out(journal: Journal) -> None:
    """The columns that the layout leaves out, and nothing else reads."""
    places = journal.data_places() - journal.read
    left = [journal.sheet.cells[place] for place in places if place[1] in journal.columns.left]
    journal.keep(left)


def _name_unknown_columns(journal: Journal, ours: frozenset[int]) -> None:
    """One notice for each column that is kept as it stands, or is the system's own."""
    for column in sorted({column for _, column in journal.listed}):
        known = journal.columns.known - journal.columns.left
        kept = journal.listed - journal.sealed.keys()
        cells = [p for p in kept if p[1] == column and p[0] > journal.columns.last_row]
        if column in known or not cells:
            continue
        heading = journal.columns.heading(column)
        place = address(journal.columns.last_row, column)
        what = _WORKED_OUT if column in ours else _KEPT
        what = _LEFT_OUT if column in journal.columns.left else what
        kept_so = f"{column_letters(column)}列“{heading}”{what}"
        sentence = sentence_of(journal, column) or kept_so
        journal.notices.append(CellNotice(place, heading, "", sentence))
