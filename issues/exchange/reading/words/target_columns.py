"""The columns of a ticket's targets and of its readings: each line read, or said that it is not."""

from datetime import date

from issues.exchange.ticket_targets import HEADING, READ, READINGS, told_in
from issues.exchange.workbook.cell_account import Journal, brief
from issues.exchange.workbook.sheet import Cell
from issues.exchange.workbook.sheet_limits import column_letters
from issues.rules.targets.reading_lines import CONFIRMED, UnreadableReading, read

TOO_LATE = "采样日期不能晚于今天"
NO_TARGET = "没有读作目标，原样保留在补充信息中"
AS_TARGETS, AS_READINGS = "读作本事项的目标", "读作监测数据，登记后待审核"
NOT_BELIEVED = f"，其中的“{CONFIRMED}”不作为本系统的审核结论"
LEFT = "，其余{}行原样保留在补充信息中"


def check(journal: Journal, cell: Cell, heading: str, today: date) -> None:
    """A cell of these columns: a bad reading is an error, what is no target is told and kept."""
    if heading == READINGS:
        _check_readings(journal, cell, today)
    elif heading == HEADING:
        aims, left = told_in(cell.text)
        for line in left:
            journal.notice(cell, f"“{brief(line)}”{NO_TARGET}")
        journal.lines[cell.row, cell.column] = (len(aims), len(left))


def _check_readings(journal: Journal, cell: Cell, today: date) -> None:
    lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
    for line in lines:
        try:
            on = read(line).on
        except UnreadableReading as wrong:
            journal.error(cell, f"“{brief(line)}”：{wrong.sentence}")
            continue
        if on > today:
            journal.error(cell, f"“{brief(line)}”：{TOO_LATE}")
    journal.lines[cell.row, cell.column] = (len(lines), 0)


def sentence_of(journal: Journal, column: int) -> str:
    """What became of one of these columns as a whole; "" for any other, or one not read at all."""
    heading = journal.columns.heading(column)
    counts = {place: told for place, told in journal.lines.items() if place[1] == column}
    taken = sum(one for one, _ in counts.values())
    if heading not in READ or not taken:
        return ""
    left = sum(one for _, one in counts.values())
    what = AS_TARGETS if heading == HEADING else AS_READINGS
    if heading == READINGS and any(CONFIRMED in journal.sheet.cells[one].text for one in counts):
        what += NOT_BELIEVED
    how_many = "项" if heading == HEADING else "条"
    more = LEFT.format(left) if left else ""
    return f"{column_letters(column)}列“{heading}”共{taken}{how_many}，{what}{more}"
