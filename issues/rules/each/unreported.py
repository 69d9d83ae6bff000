"""Y4: a due report was not filed. Later ones missed too change nothing: the first one dates it."""

from collections.abc import Iterator
from datetime import date

from issues.rules.dates.days import written
from issues.rules.dates.workdays import UNPUBLISHED, Workdays
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.rules.reports import cadence, period_name, report_due
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import on, passed
from issues.vocabulary import Rule


def _from(facts: Facts, policy: Policy, workdays: Workdays) -> Iterator[Dated]:
    due = report_due(facts, policy)
    if due is None:
        return
    since = workdays.add(due, policy.report_grace + 1)
    yield (
        since,
        {
            "due": due.isoformat(),
            "months": cadence(facts, policy),
            "grace": policy.report_grace,
            "guessed": workdays.guessed(due, since),
        },
    )


def _unreported(f: Figures, day: date) -> str:
    due = on(f, "due")
    guess = f"（{UNPUBLISHED}，按周一至周五推算）" if f["guessed"] else ""
    return (
        f"{written(due)}应报的{period_name(f['months'])}，{passed(due, day)}，未填报；"
        f"宽限{f['grace']}个工作日{guess}"
    )


UNREPORTED = RuleRecord(
    rule=Rule.Y4,
    group=RuleGroup.CONDUCT,
    compile=_from,
    reason=_unreported,
    remedy=lambda f, _day: f"补报{period_name(f['months'])}后解除",
    numbers=("report_grace", "standing_report_months"),
    is_timed=True,
)
