"""A line of the 发文登记簿 in words, the same on the page, in the workbook and in the API."""

from datetime import date
from typing import NamedTuple

from issues.ground import clock
from issues.notices.facts.letterhead import listed as addressee_of
from issues.notices.kinds import name_of
from issues.notices.lateness import owed
from issues.queries.notices.ledger.entries import Entry
from issues.vocabulary import NoticeStatus

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
    answer: str
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
    return Line(
        id=notice.id,
        number=str(notice.number),
        kind=name_of(notice.kind, facts),
        title=notice.title,
        signed_on=notice.signed_on,
        unit=addressee_of(notice.kind, facts.get("form"), facts.get("unit_name"), unit),
        signer=entry.signer,
        receipt=_receipt(entry, today),
        answer=_answer(entry, today),
        void=f"已作废：{notice.void_reason}" if is_void else "",
        issues="、".join(numbers[:MOST_NUMBERS]) + more,
        is_void=is_void,
        is_late=any(step.is_late for step in steps),
        sha256=notice.sha256 or "",
        points=points,
    )


def _receipt(entry: Entry, today: date) -> str:
    notice = entry.notice
    if notice.acknowledged_at is not None:
        day = clock.day_of(notice.acknowledged_at).isoformat()
        return f"{day} {notice.acknowledged_name}"
    if notice.sign_due is None:
        return "不需签收"
    steps = owed(notice, today)
    return f"{steps[0].label}（时限{notice.sign_due}）" if steps else "未签收"


def _answer(entry: Entry, today: date) -> str:
    notice = entry.notice
    if notice.replied_at is not None:
        return f"{clock.day_of(notice.replied_at)}已答复"
    if notice.reply_due is None:
        return "不需答复"
    steps = owed(notice, today)
    return f"{steps[-1].label}（时限{notice.reply_due}）" if steps else "未答复"


def cells(line: Line) -> tuple[str, ...]:
    """A row of the workbook, in the order of the heads."""
    day = line.signed_on.isoformat() if line.signed_on else ""
    answer = "；".join(filter(None, (line.answer, line.points)))
    return (
        line.number, line.kind, line.title, day, line.unit, line.signer, line.receipt, answer,
        line.void, line.issues,
    )  # fmt: skip
