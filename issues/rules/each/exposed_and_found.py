"""R5 and R6: named by a higher level or the press, and found fake or relapsed on site."""

from collections.abc import Iterator
from datetime import date

from issues.rules.dates.days import written
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import LIFTED, on
from issues.vocabulary import FindingResult, Rule


def _exposed_from(facts: Facts, _policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for exposure in facts.exposures:
        yield exposure.on, {"on": exposure.on.isoformat(), "by": exposure.by}


def _found_from(facts: Facts, _policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for finding in facts.findings:
        yield finding.on, {"on": finding.on.isoformat(), "result": finding.result.value}


def _exposed(f: Figures, _day: date) -> str:
    return f"{written(on(f, 'on'))}被通报或曝光：{f['by']}"


def _found(f: Figures, _day: date) -> str:
    return f"{written(on(f, 'on'))}核查认定{FindingResult(f['result']).label}"


EXPOSED = RuleRecord(
    rule=Rule.R5,
    group=RuleGroup.FOUND,
    compile=_exposed_from,
    reason=_exposed,
    remedy=lambda _figures, _day: f"{LIFTED}，销号后也解除",
)
FOUND = RuleRecord(
    rule=Rule.R6,
    group=RuleGroup.FOUND,
    compile=_found_from,
    reason=_found,
    remedy=lambda _figures, _day: "不随时间解除：重新整改后下一轮现场核查通过，或摘牌解除",
    survives_closing=True,
)
