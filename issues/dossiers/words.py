"""A dossier's words: each section as a table or paragraphs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import wrap

from issues.dossiers.content import Content
from issues.dossiers.sealing import Seal
from issues.ground import clock
from issues.models import Evidence, Notice
from issues.notices.kinds import name_of
from issues.notices.page.document import Paragraph, Table
from issues.queries.evidence.files import written_size
from issues.queries.evidence.readings import Line
from issues.queries.ground.names import region_words
from issues.queries.ticket.told import words_of
from issues.queries.ticket.words import change_of, label_of, lines_of
from issues.rules.dates.days import written
from issues.tickets.fields import IN_DOSSIER
from issues.vocabulary import NoticeStatus

Section = Table | Sequence[Table | Paragraph]
EMPTY = "无"
WITHHELD = "对外版不列出"


def cover(content: Content) -> Iterator[str]:
    issue = content.issue
    yield f"编  号：{issue.number}"
    yield f"来  源：{issue.source.label}"
    yield f"事  项：{issue.title}"
    yield f"主责单位：{issue.primary_unit.name if issue.primary_unit else '尚未确定'}"
    yield f"办理状态：{issue.status.label}"
    yield f"成档日期：{written(content.on)}"
    yield f"版  本：{content.edition}"
    yield f"历史记录：{len(content.events)}条，末条摘要{head_of(content)[:16]}"


def head_of(content: Content) -> str:
    """The digest the ticket's chain ends in."""
    return content.events[-1].digest if content.events else ""


def tables(content: Content) -> Iterator[tuple[str, Section]]:
    """The parts in the order of the file, those that have something to say, without numbers."""
    yield "基本情况", _facts(content)
    yield "颜色说明", _colours(content)
    if content.page.measures:
        yield "整改措施", _measures(content)
    if content.page.targets:
        yield "目标", _targets(content)
    yield "办理过程", _course(content)
    if content.page.papers.tasks:
        yield "县级交办任务", _tasks(content)
    if content.notices:
        yield "督办文书", _notices(content)
    if content.readings:
        yield "监测数据", _readings(content.readings)
    if content.waivers:
        yield "仍予推进", _waivers(content)
    yield "佐证材料", _files(content)


def _facts(content: Content) -> Table:
    """Every field of the ticket, filled or not or kept inside, and the days its acts wrote."""
    issue = content.issue
    told = {field.relation for field in IN_DOSSIER}
    rows = [
        ("编号", issue.number),
        *(
            (field.label, WITHHELD if field.name in content.withheld else told)
            for field in IN_DOSSIER
            for told in [words_of(field, issue, content.page.region)]
        ),
        *(
            (relation.label, "、".join(unit.name for unit in units))
            for relation, units in content.page.units
            if relation not in told
        ),
        ("交办日期", written(issue.first_assigned_on) if issue.first_assigned_on else ""),
        ("销号日期", content.page.closing.words if content.page.closing else ""),
    ]
    return Table((22.0, 78.0), tuple((name, text or EMPTY) for name, text in rows))


def _colours(content: Content) -> list[Table | Paragraph]:
    """The colour of the day with its reasons, then every change of colour with its own."""
    now = content.page.colouring
    found: list[Table | Paragraph] = []
    if now is not None:
        shown = now.shown.label if now.shown else "不计颜色"
        found.append(Paragraph(f"{written(now.day)}颜色为{shown}。"))
        found += [
            Paragraph(f"{reason.rule.value} {reason.rule.label}：{reason.because} {reason.remedy}")
            for reason in now.reasons
        ]
    changes = [item for item in content.page.story if item.kind == "colour"]
    rows = [(item.at, item.change or item.label, item.text) for item in reversed(changes)]
    if rows:
        found.append(Table((18.0, 20.0, 62.0), tuple(rows), ("日期", "变化", "原因")))
    return found


def _measures(content: Content) -> Table:
    rows = tuple(
        (
            str(line.row.no),
            line.row.text,
            line.row.unit.short_name,
            written(line.row.deadline) if line.row.deadline else line.row.deadline_text,
            f"{line.confirmed}%",
        )
        for line in content.page.measures
    )
    heads = ("序号", "措施", "责任单位", "时限", "已确认")
    return Table((8.0, 44.0, 18.0, 20.0, 10.0), rows, heads, "clccc")


def _targets(content: Content) -> Table:
    """Those that are no count of a measure, each with its arithmetic."""
    rows = tuple(
        (
            f"措施{line.measure}：{line.words}" if line.measure else line.words,
            line.held.nature.label,
            written(line.held.due) if line.held.due else "",
            line.outcome,
            "，".join(filter(None, (line.basis, line.source))),
        )
        for line in content.page.targets
    )
    heads = ("目标", "性质", "目标日", "结论", "依据")
    return Table((32.0, 12.0, 16.0, 24.0, 16.0), rows, heads)


def _tasks(content: Content) -> Table:
    rows = tuple(
        (
            row.unit,
            row.text,
            written(row.due_on),
            row.state.label,
            f"{written(row.answered_on)}：{row.answer}" if row.answered_on else "",
        )
        for row in content.page.papers.tasks
    )
    heads = ("承办单位", "任务", "期限", "状态", "答复")
    return Table((16.0, 32.0, 16.0, 10.0, 26.0), rows, heads)


def _course(content: Content) -> Table:
    rows, region = [], region_words()
    for event in content.events:
        if event.id not in content.told:
            continue
        lines = lines_of(event, content.withheld, region, content.withdrawn)
        said = [f"{label_of(event)} {change_of(event)}".strip(), *lines]
        who = f"{event.unit} {event.actor}".strip()
        rows.append((f"{clock.local(event.at):%Y-%m-%d %H:%M}", who, "\n".join(said)))
    return Table((19.0, 23.0, 58.0), tuple(rows), ("时间", "办理人", "内容"))


def _name(row: Notice) -> str:
    void = "（已作废）" if row.status is NoticeStatus.VOID else ""
    return name_of(row.kind, row.facts) + void


def _notices(content: Content) -> Table:
    rows = tuple(
        (
            _name(row),
            row.number or "",
            written(row.signed_on) if row.signed_on else "",
            _moment(row.acknowledged_at),
            _moment(row.replied_at),
        )
        for row in content.notices
    )
    return Table((26.0, 26.0, 18.0, 15.0, 15.0), rows, ("文书", "文号", "签发", "签收", "答复"))


def _moment(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d}" if at else "—"


def _readings(readings: Sequence[Line]) -> Table:
    rows = tuple(
        (
            f"{line.row.sampled_on}",
            line.row.pollutant,
            f"{line.row.value}{line.row.unit_of_value}",
            line.limit,
            "达标" if line.is_within else "超标",
            "已确认" if line.row.confirmed_at else "待确认",
            line.row.laboratory,
        )
        for line in readings
    )
    heads = ("采样日期", "项目", "数值", "限值", "结果", "审核", "监测单位")
    return Table((16.0, 14.0, 15.0, 16.0, 9.0, 10.0, 20.0), rows, heads)


def _waivers(content: Content) -> Table:
    rows = tuple(
        (f"{clock.local(row.at):%Y-%m-%d}", row.by.display_name, "\n".join(row.lacks), row.reason)
        for row in content.waivers
    )
    return Table((14.0, 14.0, 42.0, 30.0), rows, ("日期", "决定人", "当时缺少或未达标", "理由"))


def _files(content: Content) -> Table | list[Paragraph]:
    if not content.files:
        return [Paragraph("没有佐证材料。")]
    rows = tuple(
        (
            row.kind.label,
            row.name + (f"（第{row.version}版）" if row.version > 1 else ""),
            written_size(row.size),
            f"{clock.local(row.uploaded_at):%Y-%m-%d %H:%M}",
            row.sha256,
        )
        for row in content.files
    )
    heads = ("类别", "文件", "大小", "上传", "SHA-256")
    return Table((14.0, 28.0, 10.0, 18.0, 30.0), rows, heads)


def caption(row: Evidence) -> str:
    """Three short lines under a picture."""
    taken = (row.taken_at or "").replace("T", " ") or "文件没有记录"
    return f"{row.kind.label}：{row.name}\n拍摄：{taken}\n校验码：{row.sha256[:32]}"


def proof(content: Content, seal: Seal) -> list[Table | Paragraph]:
    """How a reader tells that all this is as it was exported."""
    last = content.anchors[-1] if content.anchors else None
    rows = (
        ("核验", "在解压后的文件夹运行 python verify.py，不需要联网"),
        ("签名公钥", " ".join(wrap(seal.public_key, 16))),
        ("公钥公布于", seal.page or "本系统的“一题一档核验”页"),
        ("最近的历史锚点", f"{written(last.on)} {last.digest}" if last else "登记以来尚未锚定"),
    )
    said = (
        "清单逐一列出每个文件的校验值、办理历史的末条摘要和历次锚点，由本系统签名（Ed25519）。"
        "核验程序显示的公钥应与公布的逐字一致；对程序有疑问时，从公布公钥的网页另取一份。"
    )
    return [Paragraph(said), Table((22.0, 78.0), rows)]
