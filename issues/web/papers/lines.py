"""A line of the 发文登记簿 in words, the same on the page, in the workbook and in the API."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from issues.ground import clock
from issues.notices.facts.letterhead import listed as addressee_of
from issues.notices.kinds import name_of
from issues.notices.lateness import Owed, owed
from issues.queries.notices.ledger.entries import Entry
from issues.vocabulary import NoticeKind, NoticeStatus

HEADS = ("文号", "文书", "标题", "签发日期", "主送", "签发人", "签收", "答复", "作废", "事项")
MOST_NUMBERS = 3


class Line(NamedTuple):
    """`receipt` and `answer` say what is owed and by when, or who did it on which day."""

    id: int
    number: str
    kind: str
    title: str
    signed_on: date | None
    unit: str
    signer: str
    receipt: str
    receipt_due: str
    answer: str
    answer_due: str
    void: str
    issues: str
    is_void: bool
    is_late: bool
    sha256: str
    points: str = ""


def line_of(entry: Entry, today: date, points: str = "") -> Line:
    notice = entry.notice
    facts, unit = notice.facts, notice.unit.short_name
    steps = owed(notice, today)
    numbers = [issue.number for issue in notice.issues]
    more = f"等{len(numbers)}项" if len(numbers) > MOST_NUMBERS else ""
    is_void = notice.status is NoticeStatus.VOID
    receipt, receipt_due = _receipt(entry, today)
    answer, answer_due = _answer(entry, today)
    return Line(
        id=notice.id,
        number=str(notice.number),
        kind=name_of(notice.kind, facts),
        title=notice.title,
        signed_on=notice.signed_on,
        unit=_unit(notice.kind, facts, unit),
        signer=entry.signer,
        receipt=_with_others(entry, receipt),
        receipt_due=receipt_due,
        answer=answer,
        answer_due=answer_due,
        void=f"已作废：{notice.void_reason}" if is_void else "",
        issues="、".join(numbers[:MOST_NUMBERS]) + more,
        is_void=is_void,
        is_late=any(step.is_late for step in steps),
        sha256=notice.sha256 or "",
        points=points,
    )


def _unit(kind: NoticeKind, facts: Mapping[str, Any], unit: str) -> str:
    """Several units as the paper names them, one by its short name."""
    if facts.get("recipients"):
        return str(facts.get("unit_name"))
    return addressee_of(kind, facts.get("form"), facts.get("unit_name"), unit)


def _with_others(entry: Entry, receipt: str) -> str:
    """A paper to several units is signed for by each."""
    if not entry.named:
        return receipt
    others = f"{entry.named}个单位，已签收{entry.taken}个"
    return others if entry.notice.sign_due is None else f"{receipt}；另{others}"


def _receipt(entry: Entry, today: date) -> tuple[str, str]:
    notice = entry.notice
    if notice.acknowledged_at is not None:
        return f"{clock.day_of(notice.acknowledged_at)} {notice.acknowledged_name}", ""
    if notice.sign_due is None:
        return "不需签收", ""
    return _owed(owed(notice, today)[:1], notice.sign_due)


def _answer(entry: Entry, today: date) -> tuple[str, str]:
    notice = entry.notice
    if notice.replied_at is not None:
        return f"{clock.day_of(notice.replied_at)}已答复", ""
    if notice.reply_due is None:
        return "不需答复", ""
    return _owed(owed(notice, today)[-1:], notice.reply_due)


def _owed(steps: list[Owed], due: date) -> tuple[str, str]:
    """What is owed, and the day by which; a void paper is owed nothing."""
    return (steps[0].label, f"时限{due}") if steps else ("—", "")


def cells(line: Line) -> tuple[str, ...]:
    """A row of the workbook, in the order of the heads."""
    day = line.signed_on.isoformat() if line.signed_on else ""
    receipt = "，".join(filter(None, (line.receipt, line.receipt_due)))
    answer = "，".join(filter(None, (line.answer, line.answer_due, line.points)))
    return (
        line.number, line.kind, line.title, day, line.unit, line.signer, receipt, answer,
        line.void, line.issues,
    )  # fmt: skip
