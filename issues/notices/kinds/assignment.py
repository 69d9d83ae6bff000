"""N0 交办通知: signed for within two working days, answered by the plan."""

from issues.notices.document import Document
from issues.notices.kinds.demands import demands_of, set_consequence, set_demands, set_feedback
from issues.notices.kinds.enclosures import enclosures
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import MOST_IN_BODY, goal_and_deadline, origin
from issues.notices.kinds.wording import basis_of, clause, quoted

CONSEQUENCE = "逾期未签收、未报送整改方案的，将按规定列入黄牌情形予以督办"
ENCLOSED = "交办事项清单"


def compose(facts: NoticeFactsDoc) -> Document:
    issues = facts["issues"]
    body = Body()
    body.text(
        f"根据{basis_of(facts)}，现将{named(facts)}交办你单位，请按照清单制、责任制、销号制要求"
        f"抓好整改。有关事项通知如下。"
    )
    body.first("交办事项")
    if len(issues) == 1:
        body.second("问题来源", origin(issues[0]))
        body.second("存在问题", f"{quoted(issues[0].get('problem', ''))}。".replace("。”。", "。”"))
        body.second("整改目标和时限", goal_and_deadline(issues[0]))
    else:
        body.text(f"本次交办事项共{len(issues)}项，具体内容详见附件1。")
        for issue in issues if len(issues) <= MOST_IN_BODY else ():
            body.second(f"{issue['number']}号“{clause(issue['title'])}”", goal_and_deadline(issue))
    body.first("工作要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    body.first("签收和反馈")
    set_feedback(body, facts)
    set_consequence(body, facts, CONSEQUENCE)
    title = headline(facts, subject(issues), "交办通知")
    return assemble(facts, "file", title, body, enclosures(facts, ENCLOSED))


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    return [
        {
            "text": "制定整改方案，逐项明确整改措施、责任单位、责任人和完成时限并报送",
            "due": facts.get("reply_due"),
        },
        {"text": "方案通过后按序时进度推进，每月填报进展并上传佐证材料"},
        {"text": "整改完成后申请验收，经初验、现场核查、公示后按程序销号"},
    ]
