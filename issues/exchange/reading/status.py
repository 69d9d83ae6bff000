"""How far a ticket has come: the status an import gives it, and the days that belong to it."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from issues.exchange.reading.items import ComplaintRead, MeasureRead
from issues.exchange.reading.layouts import COMPLAINTS, FINDINGS
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.words.published import OUTCOMES
from issues.exchange.workbook.cells import Fields, Need
from issues.exchange.workbook.sheet import plain
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import Deadline
from issues.vocabulary import LASTING, STRUCK_OFF, Status

AWAITING = "待验收"
TO_ASSIGN = frozenset({"待交办", "未交办", "拟交办"})
STAGE_CLOSED = frozenset({"已销号", "已办结", "已完成销号", "验收销号"})
"""Stages that say so where no column asks whether a problem is struck off."""


class StatusRead(NamedTuple):
    stage: str
    status: Status
    claimed_on: date | None
    closed_on: date | None
    interim: bool
    marked_import_dates: bool


def read_status(
    fields: Fields,
    row: int,
    plan: Sequence[MeasureRead],
    complaint: ComplaintRead | None,
    deadline: Deadline | None,
    profile: Profile,
    today: date,
) -> StatusRead:
    stage = complaint.outcome if complaint else fields.text("stage", row)
    claimed_on = fields.day("claimed_on", row)
    closed_on = fields.day("closed_on", row)
    status = _status(fields, row, plan, stage, claimed_on)
    if not asks_closing(fields) and (closed_on or plain(stage) in STAGE_CLOSED):
        status = Status.CLOSED
    is_marked = False
    if status in STRUCK_OFF:
        status = Status.STANDING if deadline and deadline.kind in LASTING else Status.CLOSED
        if closed_on is None:
            by_deadline = deadline.on if profile.closed_on == "deadline" and deadline else None
            closed_on, is_marked = by_deadline or today, True
    elif closed_on is not None:
        cell = fields.journal.take("closed_on", row)
        fields.journal.error(cell, "没有销号的问题不应有销号日期，请改正其中一处")
    if status not in STRUCK_OFF | {Status.FIRST_ACCEPTANCE}:
        claimed_on = None
    interim = complaint is not None and stage == "阶段性办结"
    return StatusRead(stage, status, claimed_on, closed_on, interim, is_marked)


def _status(
    fields: Fields,
    row: int,
    plan: Sequence[MeasureRead],
    stage: str,
    claimed_on: date | None,
) -> Status:
    """What an import makes of each layout; CLOSED stands for 已销号 of any kind."""
    layout = fields.journal.columns.layout
    if layout is COMPLAINTS:
        return OUTCOMES.get(stage, Status.RECTIFYING)
    if layout is FINDINGS or not fields.journal.has("closed"):
        is_closed = bool(plan) and all(measure.done for measure in plan)
    else:
        is_closed = fields.yes("closed", row, Need.YES)
    if is_closed:
        return Status.CLOSED
    if stage == AWAITING and claimed_on:
        return Status.FIRST_ACCEPTANCE
    if stage == AWAITING and fields.journal.has("claimed_on"):
        cell = fields.journal.take("claimed_on", row)
        fields.journal.error(cell, "整改阶段为待验收的，请填写申请验收日期")
    elif claimed_on:
        cell = fields.journal.take("claimed_on", row)
        fields.journal.notice(cell, "整改阶段不是待验收，申请验收日期只记入补充信息")
    return Status.RECTIFYING


def asks_closing(fields: Fields) -> bool:
    """Whether the sheet says of every ticket whether it is struck off."""
    journal = fields.journal
    told = journal.has("closed") or journal.has("m_done")
    return told or journal.columns.layout in (FINDINGS, COMPLAINTS)


def start_of(read: StatusRead, chosen: Status) -> Status | None:
    """Where a ticket begins that is not ended, checked or told of: None is where it stands.

    A stage that says so leads; a choice is for those of whom the sheet says nothing.
    """
    stage = plain(read.stage)
    if read.status is not Status.RECTIFYING or read.interim:
        return None
    if stage in TO_ASSIGN or (not stage and chosen is Status.DRAFT):
        return Status.DRAFT
    return None


def check_days(
    fields: Fields,
    row: int,
    assigned: date | None,
    deadline: Deadline,
    read: StatusRead,
    filled_on: date | None,
) -> None:
    """The days of a ticket stand in the order assigned, claimed, closed, filled in."""
    if assigned and deadline.on and deadline.on < assigned and fields.journal.has("deadline"):
        cell = fields.journal.take("deadline", row)
        fields.journal.error(cell, f"整改时限{written(deadline.on)}早于交办日期{written(assigned)}")
    steps = [
        ("交办日期", "assigned_on", assigned),
        ("申请验收日期", "claimed_on", read.claimed_on),
    ]
    if not read.marked_import_dates:
        steps.append(("销号日期", "closed_on", read.closed_on))
    steps.append(("填报时间", "", filled_on))
    dated = [(said, name, day) for said, name, day in steps if day]
    for (early, _, before), (late, name, after) in pairwise(dated):
        if before > after:
            cell = fields.journal.take(name or dated[-2][1], row)
            sentence = f"{late}{written(after)}早于{early}{written(before)}，请改正其中一处"
            fields.journal.error(cell, sentence)
