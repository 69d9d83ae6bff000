"""The tickets a leader sponsors, each with the one line that says what needs a decision."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Extension, Instruction, Issue, Measure, Notice, NoticeIssue
from issues.queries.ground.day import Standing
from issues.rights.table import reach
from issues.rules.colour import next_change, reasons
from issues.rules.dates.days import written
from issues.rules.firings import Firing
from issues.vocabulary import OPEN, STRUCK_OFF, Colour, NoticeKind, NoticeStatus, Status

SHOWN = 20
SOON = timedelta(days=30)
_LEADERS = (NoticeKind.N4, NoticeKind.N6, NoticeKind.N7)


@dataclass(frozen=True, slots=True)
class Sponsored:
    """`need` is the line; `asks` whether it waits for the leader's own decision.

    `next_due`: the earliest of the ticket's deadline and those of its measures not done.

    `is_over`: struck off, its deadline is nobody's business any more.
    """

    id: int
    number: str
    title: str
    unit: str
    colour: Colour
    deadline: date | None
    next_due: date | None
    need: str
    asks: bool
    is_over: bool


class Mine(NamedTuple):
    """Those that are listed, and how many there are."""

    lines: list[Sponsored]
    total: int


def sponsored(actor: Actor, today: date) -> Mine:
    """The open tickets this person sponsors: what asks for a decision, then the most urgent.

    One statement.
    """
    standing = Standing.on(today, today)
    rows = db.session.execute(
        select(
            Issue.id, Issue.number, Issue.title, Unit.short_name, standing.colour.label("colour"),
            Issue.deadline, Issue.status, Issue.card, Issue.firings,
            _unsigned().label("unsigned"), _asked().label("asked"),
            _overdue(today).label("overdue"), _awaited(today).label("awaited"),
            _measure_due().label("measure_due"),
            func.count().over().label("total"),
        )
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(reach(actor), Issue.sponsor_account_id == actor.id, Issue.status.in_(OPEN))
        .order_by(Issue.red_from, Issue.yellow_from, Issue.id)
        .limit(SHOWN)
    ).all()  # fmt: skip
    lines = sorted((_line(row, today) for row in rows), key=lambda line: not line.asks)
    return Mine(lines, rows[0].total if rows else 0)


def _unsigned() -> Any:
    """The kind of a draft that waits for a leader's signature."""
    return (
        select(func.min(Notice.kind))
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(NoticeIssue.issue_id == Issue.id, Notice.status == NoticeStatus.DRAFT)
        .where(Notice.kind.in_(_LEADERS))
        .scalar_subquery()
    )


def _asked() -> Any:
    return exists().where(Extension.issue_id == Issue.id, Extension.state == "pending")


def _overdue(today: date) -> Any:
    return exists().where(
        Instruction.issue_id == Issue.id,
        Instruction.replied_on.is_(None),
        Instruction.due_on < today,
    )


def _awaited(today: date) -> Any:
    """The earliest day by which a written word is to be answered, where none is overdue."""
    return (
        select(func.min(Instruction.due_on))
        .where(Instruction.issue_id == Issue.id, Instruction.replied_on.is_(None))
        .where(Instruction.due_on >= today)
        .scalar_subquery()
    )


def _measure_due() -> Any:
    """The earliest day among the measures that are not confirmed done."""
    return (
        select(func.min(Measure.deadline))
        .where(Measure.issue_id == Issue.id, Measure.round == Issue.round)
        .where(Measure.dropped_at.is_(None), Measure.is_done.is_(False))
        .scalar_subquery()
    )


def _line(row: Any, today: date) -> Sponsored:
    need, asks = _need(row, today)
    return Sponsored(
        row.id, row.number, row.title, row.short_name or "", Colour(row.colour), row.deadline,
        min(filter(None, (row.deadline, row.measure_due)), default=None), need, asks,
        Status(row.status) in STRUCK_OFF,
    )  # fmt: skip


def _need(row: Any, today: date) -> tuple[str, bool]:
    """The gravest thing first; whether it is the leader who decides it."""
    if row.unsigned:
        return f"{NoticeKind(row.unsigned).label}待您签发", True
    if row.overdue:
        return "批示逾期未答复，请决定是否再次批示或约谈", True
    firings = [Firing.from_document(document) for document in row.firings]
    now = reasons(firings, today)
    if now and Colour(row.colour) is Colour.RED:
        told = f"红：{now[0].because(today)}。"
        if row.awaited:
            return f"{told}已批示，限{written(row.awaited)}前答复", False
        return f"{told}请决定是否批示或约谈", True
    if row.asked:
        return "单位申请延期，待市环委办负责人审批", False
    return _outlook(row, firings, today), False


def _outlook(row: Any, firings: list[Firing], today: date) -> str:
    now = reasons(firings, today)
    if now:
        return now[0].because(today)
    change = next_change(firings, today, Status(row.status))
    if change is not None and change.on <= today + SOON:
        rules = "、".join(rule.label for rule in change.rules)
        return f"如无新进展，{change.on}转{change.colour.label}（{rules}）"
    return f"{Status(row.status).label}，目前不需要您决定"
