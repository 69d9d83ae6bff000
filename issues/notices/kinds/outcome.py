"""N8 退回、销号、摘牌通知: a letter that says what changed and why."""

from issues.notices.document import Document
from issues.notices.kinds.demands import demands_of, set_demands, set_feedback
from issues.notices.kinds.enclosures import enclosures, issue_list
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import origin
from issues.notices.kinds.wording import basis_of, day, formal, sentence

RETURNED, CLOSED, LIFTED = "returned", "closed", "lifted"
_VERBS = {RETURNED: "退回整改", CLOSED: "销号", LIFTED: "摘牌"}


def compose(facts: NoticeFactsDoc) -> Document:
    """Without `outcome` the letter tells a closure."""
    outcome = facts.get("outcome") or {}
    what = outcome.get("what") or CLOSED
    body = Body()
    body.text(f"根据{basis_of(facts)}，现将{named(facts)}{_VERBS[what]}有关事项函告如下。")
    body.first("有关情况")
    issues = facts["issues"]
    if len(issues) == 1:
        body.text(origin(issues[0]))
    body.text(_decision(facts, what))
    if outcome.get("reason"):
        body.text(f"具体理由：{sentence(outcome['reason'])}")
    body.first("后续要求")
    set_demands(body, demands_of(facts, default_demands(facts)))
    if what == RETURNED:
        set_feedback(body, facts)
    body.text("特此函告。")
    title = headline(facts, f"{subject(issues)}{_VERBS[what]}", "函")
    enclosed = enclosures(facts) if what == RETURNED else (issue_list(facts, "事项清单"),)
    return assemble(facts, "letter", title, body, enclosed)


def _decision(facts: NoticeFactsDoc, what: str) -> str:
    outcome = facts.get("outcome") or {}
    on = f"{day(outcome['on'])}，" if outcome.get("on") else ""
    card = formal(outcome.get("card") or "督办牌")
    return {
        RETURNED: f"{on}你单位提交的验收申请经审核未予通过，退回继续整改。",
        CLOSED: f"{on}经初验、现场核查、审定和公示，该事项符合销号条件，予以销号。",
        LIFTED: f"{on}经核查，该事项符合摘牌条件，解除{card}。",
    }[what]


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    what = (facts.get("outcome") or {}).get("what") or CLOSED
    if what == RETURNED:
        due = facts.get("reply_due")
        return [
            {"text": "对照退回理由逐条整改，报送整改措施和完成日期", "due": due},
            {"text": "整改到位并补齐佐证材料后，重新申请验收"},
        ]
    if what == LIFTED:
        return [{"text": "继续按整改方案推进未完成事项，按期填报进展，防止再次触发督办情形"}]
    return [
        {"text": "落实长效机制，巩固整改成效，防止问题反弹"},
        {"text": "配合做好回头看，发现虚假整改或者反弹的，重新纳入清单整改"},
    ]
