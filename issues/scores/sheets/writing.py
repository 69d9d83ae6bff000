"""A score sheet's words and tables, of its facts alone: it is drawn the same at any time."""

from datetime import date
from decimal import Decimal

from issues.notices.page.document import Attachment, Document, Paragraph, Table
from issues.rules.dates.days import written
from issues.rules.scores.figures import spelled
from issues.scores.sheets.gathering import Facts
from issues.vocabulary import EntryKind, ScoreRule, ScoreShare

NAME = "考核得分单"
LISTED = "每一分明细"
RECEIPT = "签收"
HEADS = ("序号", "日期", "计分", "事项和依据", "身份", "算法", "规则")
WIDTHS = (0.06, 0.16, 0.13, 0.27, 0.09, 0.2, 0.09)
RECEIPT_ROWS = (("签发人", "", "签收人", ""), ("签发日期", "", "签收日期", ""))


def compose(facts: Facts) -> Document:
    """Unsigned facts have neither number nor day, and are drawn as a draft."""
    signed_on = facts.get("signed_on")
    signer = facts.get("signer", "")
    return Document(
        form="letter",
        mark=signer,
        title=title_of(facts),
        recipients=facts["unit"]["name"],
        body=tuple(Paragraph(text) for text in _body(facts)),
        signer=signer,
        number=facts.get("number"),
        date=date.fromisoformat(signed_on) if signed_on else None,
        attachments=tuple(_attachments(facts)),
        phrases=(facts["unit"]["short"], facts["label"], NAME),
        draft=signed_on is None,
        example=facts["is_example"],
    )


def title_of(facts: Facts) -> str:
    return f"{facts['unit']['short']}{facts['label']}{NAME}"


def rules_of(number: int) -> str:
    return f"规则第{number}版" if number else "初始规则"


def _body(facts: Facts) -> list[str]:
    published = written(date.fromisoformat(facts["published_on"]))
    return [
        f"按督办规则（{rules_of(facts['version'])}）和办理记录核算，你单位{facts['label']}考核得"
        f"{facts['total']}分，其中过程分{facts['process']}分、结果分{facts['result']}分。"
        f"本季度得分已于{published}公布，公布以后不再变动。",
        f"算法：{facts['formula']}。每一分的得数＝基数×分担比例×来源权重。",
        _counted(facts),
    ]


def _counted(facts: Facts) -> str:
    values = [Decimal(line["value"]) for line in facts["lines"]]
    if not values:
        return "你单位本季度没有记分。"
    lost = sum((value for value in values if value < 0), Decimal(0))
    won = sum((value for value in values if value > 0), Decimal(0))
    told = [f"扣{spelled(-lost)}分"] if lost else []
    told += [f"加{spelled(won)}分"] if won else []
    return (
        f"本季度共记{len(values)}条，合计{'、'.join(told) or '0分'}。每一条的日期、事由、所依据的"
        "办理记录、算法和规则版本见附件1。"
    )


def _attachments(facts: Facts) -> list[Attachment]:
    receipt = Table((0.18, 0.32, 0.18, 0.32), _receipt(facts), aligns="clcl", row_mm=12.0)
    digest = Paragraph(f"公布内容的摘要（SHA-256）：{facts['published_sha256']}", indent=False)
    found = [Attachment(RECEIPT, (receipt, digest))]
    if facts["lines"]:
        rows = tuple(_row(place, line) for place, line in enumerate(facts["lines"], 1))
        table = Table(WIDTHS, rows, HEADS, "ccllccc")
        found.insert(0, Attachment(LISTED, (table,)))
    return found


def _receipt(facts: Facts) -> tuple[tuple[str, ...], ...]:
    """Who signed it as recorded; who receives it signs on paper."""
    day = facts.get("signed_on")
    told = facts.get("signed_by", ""), written(date.fromisoformat(day)) if day else ""
    return tuple((row[0], said, *row[2:]) for row, said in zip(RECEIPT_ROWS, told, strict=True))


def _row(place: int, line: Facts) -> tuple[str, ...]:
    rule, kind = ScoreRule(line["rule"]), EntryKind(line["kind"])
    later = "" if kind is EntryKind.BOOKING else f"（{kind.label}）"
    return (
        str(place), line["on"], f"{rule.label}{later}", basis_of(line),
        ScoreShare(line["share_as"]).label, line["formula"], rules_of(line["policy"]),
    )  # fmt: skip


def basis_of(line: Facts) -> str:
    """The ticket, and the row of its history, the paper or the day that the point is of."""
    told = [line["issue"]]
    if line["seq"]:
        told.append(f"办理过程第{line['seq']}条")
    if line["notice"] and line["notice"] not in line["because"]:
        told.append(line["notice"])
    told += [said for said in (line["because"], line["reason"]) if said]
    if line["of_quarter"]:
        told.append(f"属{line['of_quarter']}，该季度已公布，记入本季度")
    return "，".join(told)
