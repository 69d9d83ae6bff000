"""N3 督办通知书(红牌): signed by the head, answered by the unit's main leader in person."""

from issues.notices.document import Document
from issues.notices.kinds.demands import demands_of, set_consequence, set_demands, set_feedback
from issues.notices.kinds.enclosures import enclosures
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import set_situation
from issues.notices.kinds.wording import basis_of

CONSEQUENCE = (
    "逾期未签收、未反馈或整改仍无实质进展的，将按规定提请约谈、挂牌督办，"
    "并作为年度目标绩效考核扣分依据；发现虚假整改、敷衍整改的，依规依纪依法移交问责线索"
)


def compose(facts: NoticeFactsDoc) -> Document:
    issues = facts["issues"]
    body = Body()
    body.text(
        f"经核查，你单位负责的{named(facts)}整改工作已触发红牌督办情形。"
        f"根据{basis_of(facts)}，"
        f"现予以红牌督办，有关事项通知如下。"
    )
    body.first("查明的情况")
    set_situation(body, facts)
    body.first("督办要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    body.first("反馈要求")
    set_feedback(body, facts)
    body.first("逾期处理")
    set_consequence(body, facts, CONSEQUENCE)
    title = headline(facts, f"{subject(issues)}整改", "督办通知书（红牌）")
    return assemble(facts, "file", title, body, enclosures(facts))


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    due = facts.get("reply_due")
    return [
        {
            "text": "由单位主要负责同志牵头，逐项核实未完成事项，查明逾期或滞后原因，"
            "明确具体责任人",
            "due": due,
        },
        {
            "text": "制定追赶计划，倒排工期，逐项写明追赶措施、责任人和完成日期，"
            "由单位主要负责同志签字后报送",
            "due": due,
        },
        {
            "text": "举一反三排查同类问题，健全长效机制，严防虚假整改、敷衍整改和整改反弹，"
            "排查情况随反馈报告一并报送",
            "due": due,
        },
    ]
