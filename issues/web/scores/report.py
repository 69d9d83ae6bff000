"""The quarter's report for the performance office, as a draft in PDF: each sentence a fact."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import ScoreAppeal
from issues.notices.page.document import Attachment, Document, Level, Paragraph, Table
from issues.notices.page.gongwen import render
from issues.queries.scores.report import Booked, Moved, Report, report
from issues.rights.table import Right
from issues.rules.dates.days import written
from issues.rules.scores.points import signed
from issues.rules.scores.totals import preceding, quarter_of
from issues.scores.sheets.signing import signer_of
from issues.scores.sheets.writing import rules_of
from issues.scores.tallying import Period
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.notices.pdf import pdf_answer
from issues.web.scores.page import asked

blueprint = Blueprint("score_report", __name__)
NAME = "考核情况报告"
LISTED = 4
"""Units named in a sentence; the table beside it has them all."""


@blueprint.get("/scores/report.pdf")
@requires(Right.RULE_SCORE)
@builds_file
def pdf() -> ResponseReturnValue:
    """Of a quarter that has begun; without one in the address, the last whole one."""
    period = asked()
    if period.quarter is None:
        period = Period(*preceding(quarter_of(clock.today())))
    if period.first > clock.today():
        raise NotFound
    extensions = current_app.extensions
    told = compose(
        report(period, actor()), signer_of(actor()), is_example=extensions["settings"].demo
    )
    return pdf_answer(render(told, extensions["faces"]()).pdf, f"草稿-{period.label}{NAME}")


def compose(found: Report, office: str, *, is_example: bool) -> Document:
    """A draft to be read and edited by the office that answers for it; nobody signs it here."""
    body = [
        *_part("一、总体情况", _general(found)),
        *_part("二、各类单位", _units(found)),
        *_part("三、申诉和裁定", _appeals(found)),
        *_part("四、写明考核的督办文书", _papers(found)),
    ]
    return Document(
        form="letter", mark=office or NAME, title=f"{found.period.label}突出生态环境问题整改{NAME}",
        recipients="", body=tuple(body), signer=office, attachments=tuple(_attached(found)),
        phrases=(found.period.label, "突出生态环境问题", NAME), draft=True, example=is_example,
    )  # fmt: skip


def _part(title: str, sentences: Iterator[str]) -> Iterator[Paragraph]:
    yield Paragraph(title, Level.FIRST)
    yield Paragraph("".join(sentences))


def _general(found: Report) -> Iterator[str]:
    published = found.figures.published
    version = rules_of(found.figures.version)
    if published is None:
        yield f"{found.period.label}的得分尚未公布，按{version}核算，"
        yield f"数字截至{written(found.as_of)}。"
    else:
        on = written(clock.day_of(published.published_at))
        yield f"{found.period.label}的得分按{version}核算，已于{on}公布。"
    now = sum(one.lines for _rule, one, _before in found.rules)
    if not now:
        yield "本季度没有记分。"
    else:
        lost = sum((one.value for rule, one, _ in found.rules if rule.sign < 0), Decimal(0))
        won = sum((one.value for rule, one, _ in found.rules if rule.sign > 0), Decimal(0))
        yield f"本季度共记{now}条，扣分项合计{signed(lost)}分，加分项合计{signed(won)}分。"
    if found.rules:
        told = (
            f"{rule.label}{_counted(one)}（{found.last.label}{_counted(before)}）"
            for rule, one, before in found.rules
        )
        yield f"其中{'；'.join(told)}。"


def _counted(one: Booked) -> str:
    return f"{one.lines}条、{signed(one.value)}分" if one.lines else "没有"


def _units(found: Report) -> Iterator[str]:
    for label, units in found.groups:
        rows = [(one, one.by) for one in units]
        moved = [by for _one, by in rows if by is not None]
        yield f"{label}{len(units)}个"
        if moved:
            up, down = sum(by > 0 for by in moved), sum(by < 0 for by in moved)
            yield f"，与{found.last.label}相比，得分上升的{up}个、下降的{down}个"
            yield f"、持平的{len(moved) - up - down}个"
            fallen = [one for one, by in rows if by is not None and by < 0]
            if fallen:
                yield f"，下降的有{_named(fallen)}"
        yield "。"
    yield "各单位得分和算法见附件，按单位顺序排列，不排名次。"


def _named(units: Sequence[Moved]) -> str:
    told = "、".join(f"{one.now.name}（{one.before}→{one.now.total}）" for one in units[:LISTED])
    return told if len(units) <= LISTED else f"{told}等{len(units)}个"


def _appeals(found: Report) -> Iterator[str]:
    one = found.appeals
    yield f"本季度收到申诉{one.made}份；裁定{one.upheld + one.rejected}份"
    if one.upheld + one.rejected:
        yield f"，其中成立{one.upheld}份、不成立{one.rejected}份"
    yield f"。到{written(found.as_of)}还有{one.waiting}份待裁定。"
    if one.listed:
        yield "每一份的情况见附件。"


def _papers(found: Report) -> Iterator[str]:
    if not found.papers:
        yield "本季度签发的督办文书中，没有写明考核的。"
        return
    yield f"本季度签发的督办文书中，写明考核的{len(found.papers)}份，见附件。"


def _attached(found: Report) -> Iterator[Attachment]:
    if found.rules:
        rows = tuple(
            (rule.half.label, rule.label, str(one.lines), signed(one.value), str(before.lines),
             signed(before.value))
            for rule, one, before in found.rules
        )  # fmt: skip
        heads = ("归入", "计分", "本季度条数", "分值", "上季度条数", "分值")
        table = Table((0.13, 0.27, 0.15, 0.15, 0.15, 0.15), rows, heads, "clcccc")
        yield Attachment("各项计分", (table,))
    for label, units in found.groups:
        totals = tuple(
            (one.now.name, one.before or "—", one.now.total, one.now.process, one.now.result,
             one.now.formula)
            for one in units
        )  # fmt: skip
        heads = ("单位", "上季度", "总分", "过程分", "结果分", "算法")
        table = Table((0.19, 0.1, 0.1, 0.1, 0.1, 0.41), totals, heads, "lccccl")
        yield Attachment(f"{label}得分", (table,))
    if found.appeals.listed:
        yield Attachment("申诉和裁定", (_appeal_table(found),))
    if found.papers:
        named = tuple((one.number, one.unit, one.on.isoformat(), one.said) for one in found.papers)
        table = Table((0.24, 0.16, 0.16, 0.44), named, ("文号", "单位", "签发", "写明"), "llcl")
        yield Attachment("写明考核的督办文书", (table,))


def _appeal_table(found: Report) -> Table:
    rows = tuple(
        (
            row.entry.unit.short_name, f"{row.entry.rule.label}，{row.entry.issue.number}",
            signed(row.entry.value), clock.day_of(row.appealed_at).isoformat(),
            _ruled(row),
        )
        for row in found.appeals.listed
    )  # fmt: skip
    heads = ("单位", "所申诉的分", "得数", "提出", "裁定")
    return Table((0.14, 0.3, 0.1, 0.16, 0.3), rows, heads, "llccl")


def _ruled(row: ScoreAppeal) -> str:
    return f"{row.state.label}：{row.ruling}" if row.ruling else row.state.label
