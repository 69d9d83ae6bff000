"""A list of rules names each once, of which measures, and no lighter one within its graver."""

from datetime import date

from issues.rules.colour import folded
from issues.rules.firings import Firing
from issues.rules.listing import coded, named
from issues.vocabulary import Rule

DAY = date(2025, 11, 25)


def of(*fired):
    return folded([Firing(rule, DAY, {"measure": no} if no else {}) for rule, no in fired], DAY)


def test_the_lighter_of_one_measure_is_folded_and_that_of_another_is_not():
    found = of((Rule.R2, 1), (Rule.Y2, 1), (Rule.Y2, 3))

    assert named(found) == ["严重滞后（措施1）", "滞后（措施3）"]
    assert coded(found, ["R2", "Y2"]) == ["严重滞后（R2，措施1）", "滞后（Y2，措施3）"]
    assert coded(of((Rule.R2, 1), (Rule.Y2, 1)), ["R2", "Y2"]) == ["严重滞后（R2，措施1）"]


def test_one_rule_of_several_measures_is_named_once():
    assert named(of((Rule.R3, 2), (Rule.R3, 3))) == ["节点严重逾期（措施2、3）"]


def test_a_rule_that_fires_no_more_is_still_listed():
    assert coded([], ["R1"]) == ["逾期（R1）"]
    assert coded(of((Rule.R1, 0), (Rule.Y4, 2)), ["R1"]) == ["逾期（R1）"]
