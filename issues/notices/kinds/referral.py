"""N7 问责线索移交函: what a person decided to hand over; the system never decides it."""

from issues.notices.document import Attachment, Document, Table
from issues.notices.kinds.demands import demands_of, set_demands
from issues.notices.kinds.enclosures import issue_list, receipt
from issues.notices.kinds.frame import Body, assemble, headline, named, subject
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.situation import set_situation
from issues.notices.kinds.wording import basis_of, formal, sentence

PROOFS = "移交材料目录"


def compose(facts: NoticeFactsDoc) -> Document:
    clue = facts.get("clue") or {}
    body = Body()
    body.text(
        f"在督办{named(facts)}整改工作中，发现有关责任单位涉嫌履职不力问题线索。"
        f"根据{basis_of(facts)}，现将有关线索移交你单位，请依规依纪依法处理。"
    )
    body.first("问题整改情况")
    set_situation(body, facts)
    if clue.get("text"):
        body.first("移交的线索")
        body.text(sentence(clue["text"]))
    body.first("商请事项")
    set_demands(body, demands_of(facts, default_demands(facts)))
    body.text("特此函达。")
    title = headline(facts, f"移交{subject(facts['issues'])}问责线索", "函")
    enclosed = (issue_list(facts, "线索涉及事项清单"), _proofs(facts), receipt(facts))
    return assemble(facts, "letter", title, body, enclosed)


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    return [
        {"text": "对移交线索依规依纪依法调查处理"},
        {"text": "将处理结果书面函告我单位", "due": facts.get("reply_due")},
    ]


def _proofs(facts: NoticeFactsDoc) -> Attachment:
    proofs = (facts.get("clue") or {}).get("proofs") or ["督办事项办理过程及佐证材料（一题一档）"]
    rows = tuple((str(number), formal(proof), "") for number, proof in enumerate(proofs, 1))
    return Attachment(PROOFS, (Table((1.4, 10, 3), rows, ("序号", "材料名称", "备注"), "clc"),))
