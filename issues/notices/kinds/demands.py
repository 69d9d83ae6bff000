"""What the unit has to do, by when, and what follows if it does not."""

from issues.notices.kinds.frame import Body
from issues.notices.kinds.shape import DemandFacts, IssueFacts, NoticeFactsDoc
from issues.notices.kinds.wording import clause, day, sentence
from issues.vocabulary import IN_CHECKING, STRUCK_OFF, NoticeKind, Rule, Status

_OVERDUE = frozenset({Rule.R1, Rule.Y3, Rule.R3})
_LAGGING = frozenset({Rule.Y2, Rule.R2})
_HANDED_IN = frozenset(status.label for status in IN_CHECKING | STRUCK_OFF)
"""Where the unit has done its part, as a paper's facts name the status."""


def set_demands(body: Body, demands: list[DemandFacts]) -> None:
    """Each numbered, each with its day."""
    for demand in demands:
        due = demand.get("due")
        text = clause(demand.get("text", ""))
        body.third(f"{text}，完成时限为{day(due)}。" if due else f"{text}。")


def set_consequence(body: Body, facts: NoticeFactsDoc, default: str) -> None:
    body.text(sentence(facts.get("consequence") or default))


def cause_asked(facts: NoticeFactsDoc) -> str:
    """What the unit has to find the cause of; nothing where no rule says that anything is late."""
    fired = _fired(facts["issues"])
    late = [label for label, rules in (("逾期", _OVERDUE), ("滞后", _LAGGING)) if fired & rules]
    return f"{'和'.join(late)}原因" if late else ""


def catching_up(facts: NoticeFactsDoc) -> str:
    """Only who is behind can catch up, and only while there is something to do."""
    return _by_standing(facts, "赶上序时进度", "推进整改", "巩固整改成效")


def remedy_asked(facts: NoticeFactsDoc) -> str:
    return "补救措施" if cause_asked(facts) else "下一步措施"


def not_caught_up(facts: NoticeFactsDoc) -> str:
    """In a threat: 仍未 is said of who is behind already."""
    behind = "取得实质进展" if facts.get("kind") == NoticeKind.N2 else "赶上序时进度"
    return _by_standing(facts, f"整改仍未{behind}", "整改未按要求推进", "整改成效未能巩固")


def _by_standing(facts: NoticeFactsDoc, behind: str, going: str, finished: str) -> str:
    if not undone(facts):
        return finished
    return behind if cause_asked(facts) else going


def undone(facts: NoticeFactsDoc) -> str:
    """Nothing where the unit has handed in the whole, or everything is confirmed done."""
    return "未完成事项" if any(map(_is_undone, facts["issues"])) else ""


def in_time(facts: NoticeFactsDoc) -> str:
    """Nobody is told to be in time after the deadline, without one, or of what is finished."""
    going = [issue for issue in facts["issues"] if issue.get("status_label") not in _HANDED_IN]
    days = [day for issue in going if (day := issue.get("deadline"))]
    if not days:
        return "巩固整改成效" if not going else "持续推进整改"
    is_late = any(day < (facts.get("as_of") or "") for day in days)
    return "尽快完成整改" if is_late else "确保在整改时限内完成"


def _fired(issues: list[IssueFacts]) -> set[str]:
    """The rules of the paper's tickets, the lighter ones within a graver among them."""
    told = [reason for issue in issues for reason in issue.get("reasons") or ()]
    told += [lighter for reason in told for lighter in reason.get("within") or ()]
    return {reason["rule"] for reason in told}


def _is_undone(issue: IssueFacts) -> bool:
    """长期坚持 goes on with the measures it has; whatever else is handed in waits for others."""
    status, measures = issue.get("status_label"), issue.get("progress") or []
    if status in _HANDED_IN and not (status == Status.STANDING.label and measures):
        return False
    return not measures or any(not measure.get("done") for measure in measures)
