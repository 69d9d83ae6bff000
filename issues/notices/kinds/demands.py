"""What the unit has to do, by when, how it answers, and what follows if it does not."""

from issues.notices.kinds.frame import Body
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.wording import clause, day, formal, sentence


def set_demands(body: Body, demands: list[DemandFacts]) -> None:
    """Each numbered, each with its day."""
    for demand in demands:
        due = demand.get("due")
        text = clause(demand.get("text", ""))
        body.third(f"{text}，完成时限为{day(due)}。" if due else f"{text}。")


def set_feedback(body: Body, facts: NoticeFactsDoc) -> None:
    """签收 and 答复, each with its day; who answers is named."""
    short = facts["issuer"].get("short") or facts["issuer"]["name"]
    if facts.get("sign_due"):
        body.third(f"请于{day(facts['sign_due'])}前签收本文书，并将签收回执（附件3）反馈{short}。")
    if facts.get("reply_due"):
        by = facts.get("reply_by")
        signed = f"，由{formal(by)}签字并加盖公章" if by else ""
        body.third(
            f"请于{day(facts['reply_due'])}前书面反馈落实情况，"
            f"填报反馈表（附件2）{signed}，佐证材料一并上传。"
        )


def set_consequence(body: Body, facts: NoticeFactsDoc, default: str) -> None:
    body.text(sentence(facts.get("consequence") or default))


def demands_of(facts: NoticeFactsDoc, default: list[DemandFacts]) -> list[DemandFacts]:
    """What a person wrote goes before what the kind proposes."""
    return facts.get("demands") or default
