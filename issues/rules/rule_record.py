"""What a rule of colour is: everything the product knows of one, in one record.

The records stand in issues/rules/each/, one module a rule or a pair that shares its arithmetic.
The number, the word and the colour of a rule are its word in the vocabulary.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.vocabulary import Rule

Figures = Mapping[str, Any]
"""What a firing was worked out from, as JSON values."""
Dated = tuple[date, Figures]


class RuleGroup(Enum):
    """Under which heading the form of the policy shows a rule's numbers."""

    DEADLINE = "临期和逾期"
    MEASURES = "措施进度和节点"
    TARGETS = "目标达标"
    CONDUCT = "报告、退回和督办"
    FOUND = "曝光和核查认定"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """`compile` gives the first days and figures; `reason` and `remedy` one sentence as of a day.

    A remedy names nothing that is past on that day. `graver` is the rule that the same thing comes
    under when it gets worse: then this one adds nothing to it.

    `numbers` are the policy's numbers that belong to the rule. `is_timed`: its end must be waited
    for before a yellow card is lifted. `survives_closing`: it is found on a closed ticket too.
    """

    rule: Rule
    group: RuleGroup
    compile: Callable[[Facts, Policy, Workdays], Iterable[Dated]]
    reason: Callable[[Figures, date], str]
    remedy: Callable[[Figures, date], str]
    graver: Rule | None = None
    numbers: tuple[str, ...] = ()
    is_timed: bool = False
    survives_closing: bool = False
