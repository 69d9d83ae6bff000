"""What the unit has to do, by when, and what follows if it does not."""

from issues.notices.kinds.frame import Body
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.wording import clause, day, sentence


def set_demands(body: Body, demands: list[DemandFacts]) -> None:
    """Each numbered, each with its day."""
    for demand in demands:
        due = demand.get("due")
        text = clause(demand.get("text", ""))
        body.third(f"{text}，完成时限为{day(due)}。" if due else f"{text}。")


def set_consequence(body: Body, facts: NoticeFactsDoc, default: str) -> None:
    body.text(sentence(facts.get("consequence") or default))
