"""N4 约谈通知, with the sheet its minutes are written on: a letter signed by a city leader."""

from issues.notices.document import Attachment, Document, Table
from issues.notices.kinds.demands import demands_of, set_consequence, set_demands
from issues.notices.kinds.enclosures import issue_list, receipt
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import set_situation
from issues.notices.kinds.wording import basis_of, day, formal, listed

CONSEQUENCE = "约谈后整改仍无实质进展的，将按规定提请挂牌督办或者移交问责线索"
MINUTES = "约谈纪要"


def compose(facts: NoticeFactsDoc) -> Document:
    body = Body()
    body.text(
        f"因{named(facts)}整改推进不力，根据{basis_of(facts)}，决定对你单位进行约谈，"
        f"有关事项函告如下。"
    )
    body.first("约谈事由")
    set_situation(body, facts)
    body.first("约谈安排")
    _set_meeting(body, facts)
    body.first("有关要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    set_consequence(body, facts, CONSEQUENCE)
    body.text("特此函告。")
    title = headline(facts, f"约谈{subject(facts['issues'])}整改责任单位", "通知")
    enclosed = (issue_list(facts, "约谈事项清单"), minutes(facts), receipt(facts))
    return assemble(facts, "letter", title, body, enclosed)


def _set_meeting(body: Body, facts: NoticeFactsDoc) -> None:
    """What is not yet settled is said to be told later."""
    meeting = facts.get("meeting") or {}
    on = day(meeting.get("on"))
    moment = f"{on}{formal(meeting.get('time') or '')}" if on else ""
    for label, value in (
        ("时间", moment),
        ("地点", formal(meeting.get("place") or "")),
        ("约谈人", formal(meeting.get("host") or "")),
        ("参加人员", listed(map(formal, meeting.get("attendees") or []))),
    ):
        body.third(f"{label}：{value or '另行通知'}。")


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    meeting = facts.get("meeting") or {}
    return [
        {
            "text": "被约谈单位主要负责同志到会，携带整改进展、存在问题和下一步措施的书面材料",
            "due": meeting.get("on"),
        },
        {
            "text": "约谈后制定并报送整改落实情况报告，由单位主要负责同志签字",
            "due": meeting.get("report_due") or facts.get("reply_due"),
        },
    ]


def minutes(facts: NoticeFactsDoc) -> Attachment:
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
    return Attachment(MINUTES, (head, written))
