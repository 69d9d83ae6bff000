"""Y3 and R3: a measure is past its own deadline, unconfirmed."""

from collections.abc import Iterator
from datetime import date

from issues.rules import progress
from issues.rules.dates.days import days_after, written
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import on, passed
from issues.vocabulary import Rule


def _late_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for deadline, figures in _open(facts, policy):
        yield days_after(deadline, policy.measure_yellow_after + 1), figures


def _very_late_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for deadline, figures in _open(facts, policy):
        yield days_after(deadline, policy.measure_red_after + 1), figures


def _open(facts: Facts, policy: Policy) -> Iterator[Dated]:
    """The deadline and the figures of each measure that has one and is not finished."""
    for measure in facts.measures:
        if measure.deadline is not None and not progress.is_finished(measure):
            yield (
                measure.deadline,
                {
                    "measure": measure.no,
                    "deadline": measure.deadline.isoformat(),
                    "red_after": policy.measure_red_after,
                },
            )


def _late(f: Figures, day: date) -> str:
    deadline = on(f, "deadline")
    return f"措施{f['measure']}时限{written(deadline)}，{passed(deadline, day)}，未确认完成"


def _very_late(f: Figures, day: date) -> str:
    past = "超过" if (day - on(f, "deadline")).days > f["red_after"] else "未超过"
    return f"{_late(f, day)}，{past}红色线{f['red_after']}天"


def _confirm(f: Figures, _day: date) -> str:
    return f"措施{f['measure']}整改到位并经确认完成后解除；调整措施时限的，按新时限重算"


LATE = RuleRecord(
    rule=Rule.Y3,
    group=RuleGroup.MEASURES,
    compile=_late_from,
    reason=_late,
    remedy=_confirm,
    graver=Rule.R3,
    numbers=("measure_yellow_after",),
    is_timed=True,
)
VERY_LATE = RuleRecord(
    rule=Rule.R3,
    group=RuleGroup.MEASURES,
    compile=_very_late_from,
    reason=_very_late,
    remedy=_confirm,
    numbers=("measure_red_after",),
)
