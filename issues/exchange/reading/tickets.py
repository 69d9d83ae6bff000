"""One ticket from its rows."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from issues.exchange.parts.several import deadline_of_several
from issues.exchange.reading import measures as steps
from issues.exchange.reading.complaints import counted, handling, read_complaint
from issues.exchange.reading.items import ComplaintRead, ItemRead, MeasureRead
from issues.exchange.reading.layouts import COMPLAINTS
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.status import StatusRead, check_days, read_status, start_of
from issues.exchange.reading.ticket_texts import Tellings, read_tellings
from issues.exchange.reading.unit_roles import Units, read_region, read_units
from issues.exchange.reading.words.target_columns import check
from issues.exchange.workbook.cells import Fields, Need
from issues.exchange.workbook.sheet import Cell
from issues.exchange.workbook.sheet_limits import column_letters
from issues.rules.dates.deadlines import Deadline
from issues.vocabulary import DeadlineKind, Status


@dataclass(frozen=True, slots=True)
class Reading:
    """What every ticket of a sheet is read with. `filled_on` is the sheet's 填报时间.

    `ours` are the columns whose content the system works out itself.
    """

    fields: Fields
    profile: Profile
    today: date
    filled_on: date | None
    ours: frozenset[int] = frozenset()


class _Draft(NamedTuple):
    tellings: Tellings
    units: Units
    assigned: date | None
    deadline: Deadline | None
    plan: list[MeasureRead]
    region: tuple[str | None, str]
    status: StatusRead
    complaint: ComplaintRead | None


def read_ticket(reading: Reading, rows: list[int]) -> ItemRead | None:
    """None where one of its cells is in error; the journal says which."""
    fields, row = reading.fields, rows[0]
    errors = fields.journal.errors
    before = len(errors)
    draft = _draft(reading, rows)
    starts = _starts(reading, row, draft)
    texts = draft.tellings.texts
    texts = texts | {"remark": _below(fields, rows, texts["remark"])}
    extra = _extra(reading, rows)
    if draft.status.claimed_on is None and (claim := fields.journal.take("claimed_on", row)).text:
        extra["申请验收日期"] = claim.text
    if draft.deadline is None or draft.region[0] is None or len(errors) > before:
        return None
    deadline = _by_latest(draft.deadline, draft.plan)
    steps.check_dates(fields, draft.plan, deadline)
    check_days(fields, row, draft.assigned, deadline, draft.status, reading.filled_on)
    if len(errors) > before:
        return None
    return ItemRead(
        row=row,
        **(draft.tellings._asdict() | {"texts": texts}),
        **draft.units._asdict(),
        **draft.status._asdict(),
        region=draft.region[0],
        region_text=draft.region[1],
        assigned_on=draft.assigned,
        deadline=deadline,
        measures=tuple(draft.plan),
        complaint=draft.complaint,
        extra=extra,
        sealed=fields.journal.sealed_of(rows),
        starts=starts,
    )


def _draft(reading: Reading, rows: list[int]) -> _Draft:
    """Every part is read, whatever is wrong with another, so that all errors are told at once."""
    fields, profile, row = reading.fields, reading.profile, rows[0]
    is_complaint = fields.journal.columns.layout is COMPLAINTS
    complaint = read_complaint(fields, row) if is_complaint else None
    tellings = read_tellings(fields, row, profile)
    measure_rows = steps.rows_of_measures(fields, rows)
    is_alone, is_ours = len(measure_rows) == 1, bool(fields.journal.take("number", row).text)
    answering = [
        who
        for each in measure_rows
        for who in steps.answering(fields, each, is_alone=is_alone, is_ours=is_ours)
    ]
    reads = [who.read for who in answering]
    region = read_region(fields, row, reads, profile)
    units = read_units(fields, row, reads, profile, region[0])
    assigned = _assigned(fields, row, tellings.order, profile)
    deadline = _deadline(fields, row, assigned, complaint, profile)
    plan = [
        steps.read_measure(fields, no, who, units.primary_unit, assigned)
        for no, who in enumerate(answering, start=1)
    ]
    if complaint and deadline:
        plan = [handling(row, units.primary_unit, assigned, deadline, complaint)]
    status = read_status(fields, row, plan, complaint, deadline, profile, reading.today)
    return _Draft(tellings, units, assigned, deadline, plan, region, status, complaint)


def _assigned(fields: Fields, row: int, order: str, profile: Profile) -> date | None:
    """None for one that is yet to be assigned, too."""
    is_draft = profile.start_of(row) is Status.DRAFT
    if fields.journal.has("assigned_on"):
        return fields.day("assigned_on", row, Need.NO if is_draft else Need.YES)
    day = profile.assigned_of(order)
    if day is None and profile.assigned_on:
        cell = fields.journal.take("order", row)
        fields.journal.error(cell, f"配置中没有以“{order}”开头的序号对应的交办日期")
    elif day is None and not is_draft:
        fields.journal.lacks("交办日期")
    return day


def _starts(reading: Reading, row: int, draft: _Draft) -> Status | None:
    """Whoever is past being assigned was so on some day."""
    profile, journal = reading.profile, reading.fields.journal
    starts = start_of(draft.status, profile.start_of(row))
    is_told = draft.assigned is not None or profile.start_of(row) is not Status.DRAFT
    if starts is None and not is_told and journal.has("assigned_on"):
        journal.error(journal.take("assigned_on", row), "不是待交办的，请填写交办日期")
    elif starts is None and not is_told:
        journal.lacks("交办日期")
    return starts


def _deadline(
    fields: Fields,
    row: int,
    assigned: date | None,
    complaint: ComplaintRead | None,
    profile: Profile,
) -> Deadline | None:
    if fields.journal.has("deadline"):
        several = deadline_of_several(fields, row, assigned)
        return several or fields.deadline("deadline", row, assigned)
    if profile.deadline is None:
        fields.journal.lacks("整改时限")
        return None
    if assigned is None:
        if profile.start_of(row) is Status.DRAFT:
            fields.journal.lacks("交办日期", "整改时限按交办之日起的天数计，请给出交办日期")
        return None
    return counted(assigned, profile.deadline.days_for(complaint.outcome if complaint else ""))


def _by_latest(deadline: Deadline, plan: list[MeasureRead]) -> Deadline:
    """按序时进度 takes the day of its latest measure."""
    days = [m.deadline.on for m in plan if m.deadline and m.deadline.on]
    if deadline.kind != DeadlineKind.BY_MEASURES or not days:
        return deadline
    return Deadline(deadline.kind, max(days), deadline.text)


def _below(fields: Fields, rows: list[int], remark: str) -> str:
    """Cells of the ticket's own columns beside its later rows: repeated, a remark, or an error."""
    journal = fields.journal
    own = [name for name in journal.columns.fields if name not in steps.COLUMNS]
    remarks = [remark] if remark else []
    for row in rows[1:]:
        for name in own:
            here = journal.take(name, row)
            if here.is_empty or here.text == journal.take(name, rows[0]).text:
                continue
            if name == "remark":
                remarks.append(journal.guarded(here))
            else:
                journal.error(
                    here, f"与第{rows[0]}行是同一个问题，内容却不一致，请并入第{rows[0]}行"
                )
    return "\n".join(remarks)


def _extra(reading: Reading, rows: list[int]) -> dict[str, str]:
    """What stands in columns of no known field, by heading, so that no cell is lost.

    Cells that tell of persons are left out: the journal seals them.
    """
    fields, journal = reading.fields, reading.fields.journal
    known = journal.columns.known
    found: dict[str, list[str]] = {}
    for row in rows:
        cells = [c for c in journal.sheet.row(row) if c.column not in known and not c.fault]
        cells = [c for c in cells if not journal.sheet.is_covered(row, c.column)]
        journal.keep(cells)
        for cell in (one for one in journal.kept(cells) if one.column not in reading.ours):
            check(journal, cell, _called(fields, cell), reading.today)
            found.setdefault(_called(fields, cell), []).append(cell.text)
    return {name: "\n".join(texts) for name, texts in found.items()}


def _called(fields: Fields, cell: Cell) -> str:
    """A column's heading; with its letters where another column has the same, or none has one."""
    text = fields.journal.columns.heading(cell.column)
    same = [h for h in fields.journal.columns.named.values() if h.text == text]
    is_plain = len(same) == 1
    return text if is_plain else f"{text}（{column_letters(cell.column)}列）"
