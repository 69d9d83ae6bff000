"""A rule of colour is one record: each word of Rule has exactly one, and it is whole."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from paper import EVERYTHING, compiled, ticket

from issues.rules.each import RECORDS, RULES, gathered
from issues.rules.firings import Firing
from issues.rules.policy import NUMBERS
from issues.rules.scores.figures import FIGURES
from issues.vocabulary import Rule
from issues.web.supervision.policy_form import GROUPS

OF_NO_RULE = {"时限和延期", "督办文书", "调度和回头看", "线索研判", "考核计分", "举一反三"}


def faults_of_records(records):
    """Rules without a record or with two, and numbers that are no number of the policy."""
    counted = Counter(record.rule for record in records)
    yield from (f"{rule.value}: {counted[rule]} records" for rule in Rule if counted[rule] != 1)
    for record in records:
        yield from (
            f"{record.rule.value}: no {name}" for name in record.numbers if name not in NUMBERS
        )


def fired():
    return compiled(ticket(**EVERYTHING))


def test_every_rule_has_one_record():
    assert list(faults_of_records(list(gathered()))) == []
    assert [record.rule for record in RULES] == list(Rule)


def test_a_missing_a_second_and_an_unknown_one_are_found():
    broken = [*RULES[1:], RULES[2], replace(RULES[3], numbers=("no_such",))]

    assert list(faults_of_records(broken)) == [
        "Y1: 0 records", "Y3: 2 records", "Y4: 2 records", "Y4: no no_such",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", Rule)
def test_every_record_fires_says_why_and_what_ends_it(rule):
    firing = next(one for one in fired() if one.rule is rule)

    assert isinstance(firing, Firing)
    assert firing.because(date(2026, 3, 1)) == RECORDS[rule].reason(firing.facts, date(2026, 3, 1))
    assert len(firing.because(date(2026, 3, 1))) > 5
    assert len(firing.remedy(date(2026, 3, 1))) > 5


def test_the_policy_form_shows_each_number_once_and_a_rules_number_at_its_rule():
    shown = Counter(entry.name for group in GROUPS for entry in group.entries)
    at_rules = {e.name for group in GROUPS if group.title not in OF_NO_RULE for e in group.entries}

    assert shown == Counter([*NUMBERS, *(f"scores.{name}" for name in FIGURES)])
    assert at_rules == {name for record in RULES for name in record.numbers}
