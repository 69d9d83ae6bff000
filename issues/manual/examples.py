"""A worked example of every rule: a case in words, the same case as facts, and a day to look at it.

What is said of it comes from the rule's own record, by the numbers in force: see `told`.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from issues.rules.dates.workdays import Workdays
from issues.rules.each import RECORDS
from issues.rules.facts import (
    ClaimFacts,
    ExposureFacts,
    Facts,
    FindingFacts,
    MeasureFacts,
    NoticeFacts,
    TargetFacts,
)
from issues.rules.firings import firings
from issues.rules.policy import NUMBERS, Policy
from issues.rules.rule_record import RuleRecord
from issues.rules.targets import Held, Measured
from issues.vocabulary import (
    DeadlineKind,
    FindingResult,
    Nature,
    NoticeKind,
    Rule,
    Sense,
    Source,
    Status,
)

ASSIGNED, DUE = date(2025, 1, 1), date(2025, 12, 31)
_DATED = "2025年1月1日交办，时限2025年12月31日，没有申请验收"
_LINE = "措施1从2025年1月1日到4月11日建成100座，每天应完成1座；到2月20日"
_READ = "目标为2025年12月31日PM2.5小于27.4μg/m³，2025年11月20日经确认的读数为28.5"


class Example(NamedTuple):
    given: str
    facts: Facts
    day: date


class Number(NamedTuple):
    """One number of the policy as it is in force."""

    label: str
    value: str
    explanation: str


class Told(NamedTuple):
    """A rule explained: its numbers in force, and what it says of the example on that day.

    `since` is None where by these numbers it does not fire.
    """

    record: RuleRecord
    numbers: tuple[Number, ...]
    example: Example
    since: date | None
    because: str
    remedy: str


def _case(**more: object) -> Facts:
    facts: dict[str, object] = {
        "source": Source.AF,
        "status": Status.RECTIFYING,
        "kind": DeadlineKind.FIXED,
        "assigned": ASSIGNED,
        "due": DUE,
    }
    return Facts(**(facts | more))  # type: ignore[arg-type]  # fields of Facts by their names


def _built(count: int) -> Facts:
    end = date(2025, 4, 11)
    return _case(measures=(MeasureFacts(1, ASSIGNED, end, Decimal(100), "座", Decimal(count)),))


def _late() -> Facts:
    return _case(measures=(MeasureFacts(1, date(2025, 4, 10), date(2025, 8, 31)),))


def _measured() -> Facts:
    held = Held(Sense.LT, Decimal("27.4"), Nature.LEVEL, due=DUE)
    read = (Measured(date(2025, 11, 20), Decimal("28.5"), 0),)
    return _case(targets=(TargetFacts(1, "PM2.5", "μg/m³", held, read),))


def _pressed(kind: NoticeKind, number: str, due: date) -> NoticeFacts:
    return NoticeFacts(kind, number, acknowledged_on=date(2025, 3, 3), reply_due=due)


_FIRST = ClaimFacts(date(2025, 6, 3), date(2025, 6, 10))
_SECOND = ClaimFacts(date(2025, 7, 1), date(2025, 7, 8))
_PAPERS = (
    _pressed(NoticeKind.N2, "示例督〔2025〕1号", date(2025, 3, 10)),
    _pressed(NoticeKind.N2, "示例督〔2025〕2号", date(2025, 4, 10)),
)

EXAMPLES: dict[Rule, Example] = {
    Rule.Y1: Example(_DATED, _case(), date(2025, 12, 5)),
    Rule.Y2: Example(f"{_LINE}确认完成30座", _built(30), date(2025, 2, 20)),
    Rule.Y3: Example("措施1的时限是2025年8月31日，完成情况没有经确认", _late(), date(2025, 9, 5)),
    Rule.Y4: Example(
        "整改方案2025年1月20日批准，从2月起每月填报；2月的进展没有填报",
        _case(reporting_from=date(2025, 1, 20)),
        date(2025, 3, 10),
    ),
    Rule.Y5: Example(
        "2025年6月3日申请验收，6月10日被退回", _case(claims=(_FIRST,)), date(2025, 6, 12)
    ),
    Rule.Y6: Example(
        "提示函已签收，要求2025年3月10日前答复，没有答复",
        _case(notices=(_pressed(NoticeKind.N1, "示例提〔2025〕1号", date(2025, 3, 10)),)),
        date(2025, 3, 12),
    ),
    Rule.Y7: Example(_READ, _measured(), date(2025, 12, 5)),
    Rule.R1: Example(_DATED, _case(), date(2026, 1, 10)),
    Rule.R2: Example(f"{_LINE}确认完成10座", _built(10), date(2025, 2, 20)),
    Rule.R3: Example("措施1的时限是2025年8月31日，完成情况没有经确认", _late(), date(2025, 9, 20)),
    Rule.R4: Example(
        "两份黄牌督办通知书都没有答复，期限分别是2025年3月10日和4月10日",
        _case(notices=_PAPERS),
        date(2025, 4, 15),
    ),
    Rule.R5: Example(
        "2025年5月6日被省级通报",
        _case(exposures=(ExposureFacts(date(2025, 5, 6), "省级通报"),)),
        date(2025, 5, 6),
    ),
    Rule.R6: Example(
        "2025年7月1日核查认定虚假整改",
        _case(findings=(FindingFacts(date(2025, 7, 1), FindingResult.FAKE),)),
        date(2025, 7, 1),
    ),
    Rule.R7: Example(
        "2025年6月10日、7月8日两次退回验收申请",
        _case(claims=(_FIRST, _SECOND)),
        date(2025, 7, 10),
    ),
    Rule.R8: Example(_READ, _measured(), date(2026, 1, 5)),
}


def told(policy: Policy, workdays: Workdays) -> list[Told]:
    """Every rule in the order of the vocabulary, by the numbers in force."""
    return [_told(record, policy, workdays) for record in RECORDS.values()]


def _told(record: RuleRecord, policy: Policy, workdays: Workdays) -> Told:
    example = EXAMPLES[record.rule]
    numbers = tuple(
        Number(
            NUMBERS[name].label,
            f"{getattr(policy, name)}{NUMBERS[name].unit}",
            NUMBERS[name].explanation,
        )
        for name in record.numbers
    )
    fired = next(
        (
            one
            for one in firings(example.facts, policy, workdays)
            if one.rule is record.rule and one.since <= example.day
        ),
        None,
    )
    if fired is None:
        return Told(record, numbers, example, None, "", "")
    day = example.day
    return Told(record, numbers, example, fired.since, fired.because(day), fired.remedy(day))
