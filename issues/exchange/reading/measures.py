"""The measures of one ticket, row by row."""

from dataclasses import dataclass
from datetime import date

from issues.exchange.looks.shown import HIDDEN
from issues.exchange.parts.own_words import day_among, day_in_bracket, day_in_words, split_units
from issues.exchange.parts.several import deadline_column, measures_in, paired
from issues.exchange.reading.items import MeasureRead
from issues.exchange.reading.unit_names import UnitsRead
from issues.exchange.reading.words.target_cells import Told, is_words, told_by
from issues.exchange.workbook.amounts import unit_of
from issues.exchange.workbook.cells import Fields, Need
from issues.exchange.workbook.sheet import Cell, plain
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import Deadline, UnreadableDeadline, read_deadline
from issues.vocabulary import LASTING, DeadlineKind

COLUMNS = (
    "m_no", "m_text", "m_units", "m_start", "m_deadline", "m_target", "m_confirmed",
    "m_unit_of_target", "m_progress", "m_done",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answering:
    """One measure of a row: its words, and who answers for it by them or by its cell.

    `original` is what stands in the cell of it, `deadline` what it says of its own, `place` its
    place among the several of a row.
    """

    row: int
    text: str
    original: str
    cell: Cell
    read: UnitsRead
    deadline: str = ""
    place: int = 0
    is_of_several: bool = False


def rows_of_measures(fields: Fields, rows: list[int]) -> list[int]:
    """Those rows of a ticket where any column of measures holds something."""
    journal = fields.journal
    columns = [journal.columns.fields[name].column for name in COLUMNS if journal.has(name)]
    return [
        row
        for row in rows
        if any(not journal.sheet.cell(row, column).is_empty for column in columns)
    ]


def answering(fields: Fields, row: int, *, is_alone: bool, is_ours: bool) -> list[Answering]:
    """Who answers for what a row says: one measure, or each of those that its cell numbers."""
    texts = measures_in(fields, row, is_alone=is_alone, is_ours=is_ours)
    names = paired(fields, "m_units", row, len(texts))
    days = paired(fields, deadline_column(fields), row, len(texts))
    is_several = len(texts) > 1
    found = []
    for place, original in enumerate(texts):
        text, cell, read, own = _answering(fields, row, original, names[place])
        if is_several:
            own = days[place] or own or day_in_words(original, fields.policy)
        found.append(Answering(row, text, original, cell, read, own, place, is_several))
    return found


def _answering(
    fields: Fields, row: int, original: str, names: str
) -> tuple[str, Cell, UnitsRead, str]:
    """The words, who answers and by what cell, and the deadline in a bracket at the end."""
    journal = fields.journal
    rest, day = day_in_bracket(original, fields.policy)
    text, said = split_units(rest)
    said, among = day_among(said, fields.policy)
    if journal.has("m_units") and (own := journal.take("m_units", row)).text:
        return original, own, fields.units_in(own, names or own.text), day or among
    cell = journal.take("m_text", row)
    return (text if said else original), cell, fields.units_in(cell, said), day or among


def read_measure(
    fields: Fields, no: int, who: Answering, primary: str, assigned: date | None
) -> MeasureRead:
    """`primary` answers where the words name nobody, or only 各县（区）."""
    row, unit = who.row, who.read.primary or primary
    confirmed = fields.figure("m_confirmed", row)
    told = _target(fields, who)
    return MeasureRead(
        row=row,
        no=_no(fields, who, no),
        text=_needed(fields, row, who.text),
        original=who.original,
        unit=unit,
        other_units=tuple(code for code in who.read.codes if code != unit),
        start=fields.day("m_start", row),
        deadline=_deadline(fields, who, assigned),
        target=told.count,
        confirmed=confirmed,
        unit_of_target=_unit_of_target(fields, row) or told.unit,
        progress=fields.text("m_progress", row),
        done=fields.yes("m_done", row, Need.YES),
        sense=told.sense,
        aims=told.aims,
    )


def _deadline(fields: Fields, who: Answering, assigned: date | None) -> Deadline | None:
    """Its column's, but what one of several says of its own comes first."""
    cell = fields.journal.take("m_deadline", who.row)
    if who.deadline and (who.is_of_several or cell.is_empty):
        try:
            return read_deadline(who.deadline, assigned, fields.policy)
        except UnreadableDeadline as wrong:
            cell = fields.journal.take(deadline_column(fields), who.row)
            fields.journal.error(cell, wrong.sentence)
            return None
    if not fields.journal.has("m_deadline") or fields.journal.is_wrong(cell):
        return None
    deadline = fields.deadline("m_deadline", who.row, assigned)
    if who.deadline and deadline:
        own = read_deadline(who.deadline, assigned, fields.policy)
        if own.on != deadline.on:
            fields.journal.notice(cell, f"措施中写的时限是“{who.deadline}”，按本栏导入，请核对")
    return deadline


def _no(fields: Fields, who: Answering, no: int) -> int:
    """Its place among the ticket's measures. A cell that says otherwise is pointed out."""
    cell = fields.journal.take("m_no", who.row)
    if who.place == 0 and cell.text and fields.count("m_no", who.row) not in {None, no}:
        fields.journal.notice(cell, f"措施序号不连续，按顺序记为{no}")
    return no


def _needed(fields: Fields, row: int, text: str) -> str:
    if not text:
        fields.journal.error(fields.journal.take("m_text", row), "没有填写整改措施")
    return text


def _unit_of_target(fields: Fields, row: int) -> str:
    """The cell's own, else that of the figures' format or percent sign."""
    own = fields.text("m_unit_of_target", row)
    for name in ("m_target", "m_confirmed"):
        cell = fields.journal.take(name, row)
        unit = unit_of(cell)
        if own and unit and plain(own) != unit:
            sentence = f"这一格的数带有单位“{unit}”，与单位“{own}”不一致，请改正其中一处"
            fields.journal.error(cell, sentence)
        own = own or unit
    return own


def _target(fields: Fields, who: Answering) -> Told:
    """What the cell says, its faults told at it."""
    cell = fields.journal.take("m_target", who.row)
    if cell.is_empty or not fields.journal.has("m_target"):
        if fields.journal.take("m_confirmed", who.row).text:
            fields.journal.notice(cell, "填了完成值没有目标值，这项措施不按数量计进度")
        return Told()
    told = told_by(cell, _unit_of_target(fields, who.row), who.text)
    if told is None or not is_words(cell):
        figure = fields.figure("m_target", who.row)
        told = Told() if figure is None else told or Told(count=figure)
    if told.count == 0 and cell.look.told == HIDDEN:
        return Told()
    fault = told.fault or (told.count == 0 and "目标值应大于0，没有数量的措施请留空")
    if fault:
        fields.journal.error(cell, fault)
    if told.notice:
        fields.journal.notice(cell, told.notice)
    return told


def check_dates(fields: Fields, measures: list[MeasureRead], deadline: Deadline) -> None:
    """A measure may not end after its ticket, nor before it starts (docs/rules.md, submit_plan)."""
    due = None if deadline.kind == DeadlineKind.BY_MEASURES else deadline.on
    for measure in measures:
        if measure.deadline is None or measure.deadline.on is None:
            continue
        on = measure.deadline.on
        cell = fields.journal.take("m_deadline", measure.row)
        if cell.is_empty or _is_elsewhere(cell, measure.deadline):
            cell = fields.journal.take("m_text", measure.row)
        if due and on > due:
            _too_late(
                fields, cell, f"措施时限{written(on)}晚于问题的整改时限{written(due)}", deadline
            )
        elif measure.start and measure.start > on:
            fields.journal.error(cell, f"完成时限{written(on)}早于启动时间{written(measure.start)}")


def _is_elsewhere(cell: Cell, deadline: Deadline) -> bool:
    """A deadline in the measure's own words, beside a cell that says another."""
    is_words = isinstance(cell.value, str) and not cell.look.kept
    return is_words and deadline.text not in cell.text


def _too_late(fields: Fields, cell: Cell, sentence: str, deadline: Deadline) -> None:
    """Where the ticket lasts on after its day, a measure may belong to that time."""
    if deadline.kind in LASTING:
        fields.journal.notice(cell, f"{sentence}，按长期坚持阶段的措施导入")
    else:
        fields.journal.error(cell, f"{sentence}，请改正其中一处")
