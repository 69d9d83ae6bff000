"""N1 提示函: an officer's letter when a ticket first turns yellow in a round."""

from issues.notices.document import Document
from issues.notices.kinds.demands import demands_of, set_consequence, set_demands, set_feedback
from issues.notices.kinds.enclosures import enclosures
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import set_situation
from issues.notices.kinds.wording import basis_of

CONSEQUENCE = "逾期未反馈或整改仍未赶上序时进度的，将按规定予以黄牌督办"


def compose(facts: NoticeFactsDoc) -> Document:
    body = Body()
    body.text(
        f"根据{basis_of(facts)}，你单位负责的{named(facts)}整改工作已出现黄色预警情形，"
        f"现将有关情况提示如下。"
    )
    body.first("提示的情况")
    set_situation(body, facts)
    body.first("工作建议")
    set_demands(body, demands_of(facts, default_demands(facts)))
    body.first("反馈要求")
    set_feedback(body, facts)
    set_consequence(body, facts, CONSEQUENCE)
    body.text("特此函告。")
    title = headline(facts, f"{subject(facts['issues'])}整改", "提示函")
    return assemble(facts, "letter", title, body, enclosures(facts, "提示事项清单"))


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    due = facts.get("reply_due")
    return [
        {"text": "对照整改方案逐项核对进度，查明滞后原因，明确补救措施和责任人", "due": due},
        {"text": "加快推进未完成事项，及时填报进展并上传佐证材料，确保按期完成"},
    ]
