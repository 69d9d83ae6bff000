"""Y1 and R1: the deadline of the ticket comes near, and passes.

They rest while a claim made in time runs; a claim that was sent back is as if never made.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from issues.rules.dates.days import days_after, written
from issues.rules.dates.windows import near_days
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import on, passed
from issues.vocabulary import DeadlineKind, Rule

_MOVED = {
    "document": "；设定时限的上级批准延期的，按新时限重算",
    "head": "；批准延期的，按新时限重算",
    "nobody": "",
}


def _near_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    if facts.due is not None and (figures := _figures(facts, facts.due, policy)):
        yield days_after(facts.due, -figures["near"]), figures


def _overdue_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    if facts.due is not None and (figures := _figures(facts, facts.due, policy)):
        yield days_after(facts.due, policy.overdue_grace + 1), figures


def _figures(facts: Facts, due: date, policy: Policy) -> dict[str, Any]:
    """Nothing where the two rules rest."""
    if facts.assigned is None or facts.is_standing or facts.kind == DeadlineKind.BY_MEASURES:
        return {}
    running = next((claim for claim in facts.claims if claim.ended_on is None), None)
    if running is not None and running.claimed_on <= due:
        return {}
    return {
        "due": due.isoformat(),
        "window": (due - facts.assigned).days,
        "near": near_days(facts.assigned, due, policy),
        "share": policy.near_share,
        "least": policy.near_min,
        "most": policy.near_max,
        "grace": policy.overdue_grace,
        "claimed": running.claimed_on.isoformat() if running else None,
        "sent_back": any(claim.claimed_on <= due for claim in facts.claims),
        "mover": policy.sources[facts.source].mover,
    }


def _claim(f: Figures) -> str:
    if f["claimed"]:
        return f"{written(on(f, 'claimed'))}才申请验收"
    return "申请验收后未获通过，按未申请计" if f["sent_back"] else "未申请验收"


def _near(f: Figures, day: date) -> str:
    due = on(f, "due")
    share = -(-f["share"] * f["window"] // 100)
    arithmetic = (
        f"办理期限{f['window']}天的{f['share']}%为{share}天，限{f['least']}至{f['most']}天，"
        f"提前{f['near']}天为临期"
    )
    return f"时限{written(due)}，{passed(due, day)}，{_claim(f)}；{arithmetic}"


def _overdue(f: Figures, day: date) -> str:
    due = on(f, "due")
    grace = f"，宽限{f['grace']}天" if f["grace"] else ""
    return f"时限{written(due)}，{passed(due, day)}{grace}，{_claim(f)}"


def _claim_in_time(f: Figures, day: date) -> str:
    if day > on(f, "due"):
        return _finish(f, day)
    moved = _MOVED[f["mover"]]
    return f"在{written(on(f, 'due'))}（含当日）前申请验收即解除{moved}"


def _finish(f: Figures, _day: date) -> str:
    return f"整改完成、验收通过并销号后解除{_MOVED[f['mover']]}"


NEAR = RuleRecord(
    rule=Rule.Y1,
    group=RuleGroup.DEADLINE,
    compile=_near_from,
    reason=_near,
    remedy=_claim_in_time,
    graver=Rule.R1,
    numbers=("near_share", "near_min", "near_max"),
    is_timed=True,
)
OVERDUE = RuleRecord(
    rule=Rule.R1,
    group=RuleGroup.DEADLINE,
    compile=_overdue_from,
    reason=_overdue,
    remedy=_finish,
    numbers=("overdue_grace",),
)
