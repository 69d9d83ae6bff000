"""N2 督办通知书(黄牌): signed by the head, answered by the unit's leader in charge of the line."""

from issues.notices.document import Document
from issues.notices.kinds.demands import demands_of, set_consequence, set_demands, set_feedback
from issues.notices.kinds.enclosures import enclosures
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import set_situation
from issues.notices.kinds.wording import basis_of

CONSEQUENCE = "逾期未反馈或整改仍未取得实质进展的，将按规定升级为红牌督办，并计入年度目标绩效考核"


def compose(facts: NoticeFactsDoc) -> Document:
    body = Body()
    body.text(
        f"经核查，你单位负责的{named(facts)}整改工作已触发黄牌督办情形。"
        f"根据{basis_of(facts)}，现予以黄牌督办，有关事项通知如下。"
    )
    body.first("查明的情况")
    set_situation(body, facts)
    body.first("督办要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    body.first("反馈要求")
    set_feedback(body, facts)
    body.first("逾期处理")
    set_consequence(body, facts, CONSEQUENCE)
    title = headline(facts, f"{subject(facts['issues'])}整改", "督办通知书（黄牌）")
    return assemble(facts, "file", title, body, enclosures(facts))


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    due = facts.get("reply_due")
    return [
        {
            "text": "由单位分管负责同志牵头，逐项核实未完成事项，查明滞后原因，明确责任人",
            "due": due,
        },
        {"text": "提出赶上序时进度的具体措施和完成日期，由单位分管负责同志签字后报送", "due": due},
        {"text": "加快推进整改，按月填报进展并上传佐证材料，确保在整改时限内完成"},
    ]
