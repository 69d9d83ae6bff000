"""N6 挂牌督办: the committee's own notice, signed by a city leader."""

from issues.notices.document import Document
from issues.notices.kinds.demands import demands_of, set_consequence, set_demands, set_feedback
from issues.notices.kinds.enclosures import enclosures
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import set_situation
from issues.notices.kinds.wording import basis_of

CONSEQUENCE = (
    "挂牌督办期间整改不力、逾期未完成或者弄虚作假的，依规依纪依法移交问责线索；"
    "整改完成并经现场核查通过后，按程序解除挂牌"
)


def compose(facts: NoticeFactsDoc) -> Document:
    body = Body()
    body.text(f"根据{basis_of(facts)}，现对{named(facts)}实行挂牌督办，有关事项通知如下。")
    body.first("挂牌督办的事项")
    set_situation(body, facts)
    body.first("督办要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    body.first("反馈要求")
    set_feedback(body, facts)
    body.first("解除和责任追究")
    set_consequence(body, facts, CONSEQUENCE)
    title = headline(facts, f"对{subject(facts['issues'])}实行挂牌督办", "通知")
    return assemble(facts, "file", title, body, enclosures(facts, "挂牌督办事项清单"))


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    due = facts.get("reply_due")
    return [
        {
            "text": "由包案领导统筹、单位主要负责同志负总责，成立整改专班，制定挂牌整改方案",
            "due": due,
        },
        {"text": "每半月报送一次整改进展，附影像、监测、验收等佐证材料，直至解除挂牌"},
        {"text": "整改完成后提出解除挂牌申请，附单位主要负责同志签字的整改报告"},
    ]
