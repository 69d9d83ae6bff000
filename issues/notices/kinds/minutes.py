"""The sheet the minutes of a summons are written on, and the list of what is handed over."""

from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.kinds.wording import day, formal
from issues.notices.page.document import Attachment, Table

_FILE = "督办事项办理过程及佐证材料（一题一档）"


def minutes(facts: NoticeFactsDoc, title: str) -> Attachment:
    meeting = facts.get("meeting") or {}
    head = Table(
        (2.4, 4.8, 2.4, 4.8),
        (
            ("约谈时间", day(meeting.get("on")), "约谈地点", formal(meeting.get("place") or "")),
            ("约谈人", formal(meeting.get("host") or ""), "记录人", ""),
            ("被约谈单位", formal(facts.get("unit_name", "")), "被约谈人", ""),
        ),
        aligns="cccc",
        row_mm=12,
    )
    written = Table(
        (2.4, 12),
        (("约谈事由", ""), ("约谈意见", ""), ("被约谈单位表态", ""), ("签字", "")),
        aligns="cl",
        row_mm=30,
    )
    return Attachment(title, (head, written))


def proofs(facts: NoticeFactsDoc, title: str) -> Attachment:
    named = (facts.get("clue") or {}).get("proofs") or [_FILE]
    rows = tuple((str(number), formal(proof), "") for number, proof in enumerate(named, 1))
    return Attachment(title, (Table((1.4, 10, 3), rows, ("序号", "材料名称", "备注"), "clc"),))
