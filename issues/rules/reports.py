"""Progress reports: how often they are due, and the first one that is not covered (Y4)."""

from datetime import date

from issues.rules.dates.days import MONTHS, days_after, month_end
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.vocabulary import WORKED_ON


def cadence(facts: Facts, policy: Policy) -> int:
    """Months from one report to the next."""
    if facts.is_standing:
        return policy.standing_report_months
    return policy.sources[facts.source].report_months


def report_due(facts: Facts, policy: Policy) -> date | None:
    """The due day of the first report not yet covered; None where none is owed.

    A report covers everything due up to the end of the month it was filed in, and the first
    is due in the month after `reporting_from` (docs/rules.md).
    """
    if facts.status not in WORKED_ON or facts.reporting_from is None:
        return None
    covered = month_end(max(facts.reporting_from, facts.last_report_on or date.min))
    months = cadence(facts, policy)
    due = month_end(days_after(covered, 1))
    while due.month % months:
        due = month_end(days_after(due, 1))
    return due


def period_name(months: int) -> str:
    """What a report of this cadence is called."""
    names = {1: "月度进展", 3: "季度履责情况", 6: "半年履责情况", MONTHS: "年度履责情况"}
    return names.get(months, f"每{months}个月进展")
