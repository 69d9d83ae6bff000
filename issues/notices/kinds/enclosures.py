"""The three attachments of a notice: the list of tickets, the answer sheet, the receipt."""

from issues.notices.kinds.shape import IssueFacts, NoticeFactsDoc
from issues.notices.kinds.situation import deadline, rules_of
from issues.notices.kinds.wording import day, formal, listed
from issues.notices.page.document import Attachment, Paragraph, Table

_LIST_HEADS = ("序号", "编号", "存在问题", "整改目标", "整改时限", "主责单位", "督办事由")
_LIST_WIDTHS = (1.5, 3.0, 5.3, 3.6, 3.4, 2.4, 2.3)
_MOST_NAMED = 3
_PLAN_HEADS = ("序号", "未完成事项", "追赶措施", "责任人", "完成日期")


def issue_list(facts: NoticeFactsDoc, title: str) -> Attachment:
    rows = tuple(_issue_row(number, issue) for number, issue in enumerate(facts["issues"], 1))
    total = ("合计", f"{len(rows)}项") if len(rows) > 1 else ()
    table = Table(_LIST_WIDTHS, rows, _LIST_HEADS, aligns="ccllccc", total=total)
    return Attachment(title, (table,))


def _issue_row(number: int, issue: IssueFacts) -> tuple[str, ...]:
    reasons = "\n".join(rules_of(issue))
    return (
        str(number),
        issue.get("number", ""),
        formal(issue.get("problem") or issue.get("title", "")),
        formal(issue.get("goal", "")),
        deadline(issue, between="\n"),
        formal(issue.get("primary_unit", "")),
        reasons or "—",
    )


def answer_sheet(facts: NoticeFactsDoc, title: str) -> Attachment:
    """Blank where the unit writes; what is known is filled in."""
    names = [issue.get("number", "") for issue in facts["issues"]]
    several = len(names) > _MOST_NAMED
    numbers = f"{names[0]}等{len(names)}项（见附件1）" if several else listed(names)
    head = Table(
        (2.2, 5, 2.2, 5),
        (
            ("反馈单位（盖章）", formal(facts.get("unit_name", "")), "反馈时限", _due(facts)),
            ("督办文号", facts.get("number") or "", "事项编号", numbers),
            ("联系人", "", "联系电话", ""),
        ),
        aligns="cccc",
        row_mm=11,
    )
    written = Table(
        (2.2, 12.2),
        (("未按要求完成的原因", ""), ("已采取的措施及整改进展", "")),
        aligns="cl",
        row_mm=30,
    )
    plan = Table(
        (1.2, 4.2, 4.6, 2.2, 2.2), (("",) * 5,) * 3, _PLAN_HEADS, aligns="cllcc", row_mm=12
    )
    leader = formal(facts.get("reply_by") or "单位负责同志")
    signed = Table(
        (2.2, 12.2),
        ((f"{leader}意见", "\n\n签字：　　　　　　　　　　年　　月　　日"),),
        aligns="cc",
        row_mm=28,
    )
    note = Paragraph("注：佐证材料请随反馈一并上传，本表可续页。", indent=False)
    return Attachment(title, (head, written, plan, signed, note))


def _due(facts: NoticeFactsDoc) -> str:
    return f"{day(facts['reply_due'])}前" if facts.get("reply_due") else ""


def receipt(facts: NoticeFactsDoc, title: str) -> Attachment:
    issuer = facts["issuer"]["name"]
    number = facts.get("number")
    you = "你办" if issuer.endswith("办公室") else "你委"
    letter = f"{you}印发的{number}文件" if number else f"{you}印发的督办文书"
    due = f"（请于{day(facts['sign_due'])}前签收）" if facts.get("sign_due") else ""
    table = Table(
        (3.4, 4.6, 3, 5),
        (
            (
                "签收单位（盖章）",
                formal(facts.get("unit_name", "")),
                "签收时间",
                "　　年　　月　　日",
            ),
            ("签收人", "", "职务", ""),
            ("联系电话", "", "备注", ""),
        ),
        aligns="cccc",
        row_mm=14,
    )
    return Attachment(
        title,
        (
            Paragraph(f"{issuer}：", indent=False),
            Paragraph(f"{letter}及附件已收悉，我单位将按要求组织落实{due}。"),
            table,
        ),
    )
