"""The measures of one ticket, row by row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.exchange.reading.items import MeasureRead
from issues.exchange.reading.unit_names import UnitsRead
from issues.exchange.workbook.cells import Fields, Need
from issues.exchange.workbook.sheet import Cell
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import Deadline
from issues.vocabulary import LASTING, DeadlineKind

COLUMNS = (
    "m_no", "m_text", "m_units", "m_start", "m_deadline", "m_target", "m_confirmed",
    "m_unit_of_target", "m_progress", "m_done",
)  # fmt: skip
_SUFFIX = "责任单位"


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a measure by its own words: its cell, or the end of its text."""

    text: str
    cell: Cell
    read: UnitsRead


def rows_of_measures(fields: Fields, rows: list[int]) -> list[int]:
    """Those rows of a ticket where any column of measures holds something."""
    journal = fields.journal
    columns = [journal.columns.fields[name].column for name in COLUMNS if journal.has(name)]
    return [
        row
        for row in rows
        if any(not journal.sheet.cell(row, column).is_empty for column in columns)
    ]


def answering(fields: Fields, row: int) -> Answering:
    cell = fields.journal.take("m_text", row)
    text, names = split_units(cell.text)
    if fields.journal.has("m_units"):
        own = fields.journal.take("m_units", row)
        if own.text:
            return Answering(cell.text, own, fields.units(own))
    return Answering(text, cell, fields.units_in(cell, names))


def split_units(text: str) -> tuple[str, str]:
    """A measure's words, and the names in （责任单位：…） at their end, "" where there is none."""
    whole = text.rstrip(" 。.;；\n")
    start = max(whole.rfind("（" + _SUFFIX), whole.rfind("(" + _SUFFIX))
    if start < 0 or whole[-1] not in ")）":
        return text, ""
    return text[:start].rstrip(), whole[start + 1 : -1]


def read_measure(
    fields: Fields, row: int, no: int, who: Answering, primary: str, assigned: date | None
) -> MeasureRead:
    """One row. `primary` answers where the row names nobody, or only 各县（区）."""
    unit = who.read.primary or primary
    confirmed = fields.figure("m_confirmed", row)
    return MeasureRead(
        row=row,
        no=_no(fields, row, no),
        text=_needed(fields, row, who.text),
        original=fields.journal.take("m_text", row).text,
        unit=unit,
        other_units=tuple(code for code in who.read.codes if code != unit),
        start=fields.day("m_start", row),
        deadline=fields.deadline("m_deadline", row, assigned) if _dated(fields) else None,
        target=_target(fields, row),
        confirmed=confirmed,
        unit_of_target=fields.text("m_unit_of_target", row),
        progress=fields.text("m_progress", row),
        done=fields.yes("m_done", row, Need.YES),
    )


def _dated(fields: Fields) -> bool:
    return fields.journal.has("m_deadline")


def _no(fields: Fields, row: int, no: int) -> int:
    """Its place among the ticket's measures. A cell that says otherwise is pointed out."""
    cell = fields.journal.take("m_no", row)
    if cell.text and fields.count("m_no", row) not in {None, no}:
        fields.journal.notice(cell, f"措施序号不连续，按顺序记为{no}")
    return no


def _needed(fields: Fields, row: int, text: str) -> str:
    if not text:
        fields.journal.error(fields.journal.take("m_text", row), "没有填写整改措施")
    return text


def _target(fields: Fields, row: int) -> Decimal | None:
    target = fields.figure("m_target", row)
    cell = fields.journal.take("m_target", row)
    if target is not None and target == 0:
        fields.journal.error(cell, "目标值应大于0，没有数量的措施请留空")
    if target is None and cell.is_empty and fields.journal.take("m_confirmed", row).text:
        fields.journal.notice(cell, "填了完成值没有目标值，这项措施不按数量计进度")
    return target


def check_dates(fields: Fields, measures: list[MeasureRead], deadline: Deadline) -> None:
    """A measure may not end after its ticket, nor before it starts (docs/rules.md, submit_plan)."""
    due = None if deadline.kind == DeadlineKind.BY_MEASURES else deadline.on
    for measure in measures:
        if measure.deadline is None or measure.deadline.on is None:
            continue
        on = measure.deadline.on
        cell = fields.journal.take("m_deadline", measure.row)
        if due and on > due:
            _too_late(
                fields, cell, f"措施时限{written(on)}晚于问题的整改时限{written(due)}", deadline
            )
        elif measure.start and measure.start > on:
            fields.journal.error(cell, f"完成时限{written(on)}早于启动时间{written(measure.start)}")


def _too_late(fields: Fields, cell: Cell, sentence: str, deadline: Deadline) -> None:
    """Where the ticket lasts on after its day, a measure may belong to that time."""
    if deadline.kind in LASTING:
        fields.journal.notice(cell, f"{sentence}，按长期坚持阶段的措施导入")
    else:
        fields.journal.error(cell, f"{sentence}，请改正其中一处")
