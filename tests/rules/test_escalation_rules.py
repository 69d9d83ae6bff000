"""Returns, notices not answered, and what they escalate to: Y5, R7, Y6, R4."""

from datetime import date

import pytest
from paper import firing, rules_on, since, ticket, yellow_notice

from issues.rules.facts import ClaimFacts, NoticeFacts
from issues.vocabulary import NoticeKind, Rule

LATE = date(2027, 1, 1)


def test_returns_are_counted():
    first = ClaimFacts(date(2025, 5, 1), date(2025, 5, 9))
    second = ClaimFacts(date(2025, 6, 1), date(2025, 6, 9), first_passed_on=date(2025, 6, 5))

    assert since(ticket(claims=(first,)), Rule.Y5) == date(2025, 5, 9)
    assert since(ticket(claims=(first,)), Rule.R7) is None
    assert since(ticket(claims=(first, second)), Rule.R7) == date(2025, 6, 9)


def test_a_later_first_acceptance_clears_the_first_return():
    first = ClaimFacts(date(2025, 5, 1), date(2025, 5, 9), first_passed_on=date(2025, 5, 5))
    again = ClaimFacts(date(2025, 6, 1))
    passed = ClaimFacts(date(2025, 6, 1), first_passed_on=date(2025, 6, 5))

    assert Rule.Y5 in rules_on(ticket(claims=(first, again)), LATE)
    assert Rule.Y5 not in rules_on(ticket(claims=(first, passed)), LATE)


def test_a_lifted_return_still_counts_as_the_first():
    first = ClaimFacts(date(2025, 5, 1), date(2025, 5, 9), is_lifted=True)
    second = ClaimFacts(date(2025, 6, 1), date(2025, 6, 9))

    assert rules_on(ticket(claims=(first,)), date(2025, 7, 1)) == set()
    assert rules_on(ticket(claims=(first, second)), date(2025, 7, 1)) == {Rule.R7}


@pytest.mark.parametrize(
    ("case", "day"),
    [
        ({}, date(2025, 3, 6)),
        ({"acknowledged_on": date(2025, 3, 4)}, date(2025, 3, 11)),
        ({"acknowledged_on": date(2025, 3, 8)}, date(2025, 3, 11)),
        ({"acknowledged_on": date(2025, 3, 4), "replied_on": date(2025, 3, 20)}, None),
    ],
)
def test_a_notice_is_owed_the_day_after_until_signed_and_answered(case, day):
    notice = NoticeFacts(
        NoticeKind.N1, "巴环督函〔2025〕3号", date(2025, 3, 5), reply_due=date(2025, 3, 10), **case
    )

    assert since(ticket(notices=(notice,)), Rule.Y6) == day


@pytest.mark.parametrize("kind", sorted(set(NoticeKind)))
def test_only_n0_to_n4_are_to_be_answered(kind):
    facts = ticket(notices=(NoticeFacts(kind, "1号", date(2025, 3, 5)),))

    assert (since(facts, Rule.Y6) is not None) == (kind.value <= "N4")


def test_the_second_lapsed_yellow_notice_escalates():
    late = yellow_notice("1号", date(2025, 3, 10), replied_on=date(2025, 3, 11))
    in_time = yellow_notice("2号", date(2025, 4, 10), replied_on=date(2025, 4, 10))
    missing = yellow_notice("3号", date(2025, 5, 10))

    assert since(ticket(notices=(late, in_time)), Rule.R4) is None
    assert since(ticket(notices=(late, in_time, missing)), Rule.R4) == date(2025, 5, 11)


def test_a_lifted_lapse_still_counts_and_still_wants_its_answer():
    lapsed = [yellow_notice(f"{n}号", date(2025, n, 10), is_lifted=True) for n in (3, 4)]
    third = yellow_notice("5号", date(2025, 5, 10))

    assert rules_on(ticket(notices=tuple(lapsed)), date(2025, 7, 1)) == {Rule.Y6}
    assert since(ticket(notices=(*lapsed, third)), Rule.R4) == date(2025, 5, 11)


def test_a_unit_found_unable_escalates_that_day():
    facts = ticket(unable_on=date(2025, 6, 25))

    assert since(facts, Rule.R4) == date(2025, 6, 25)
    assert firing(facts, Rule.R4).because(LATE) == "2025年6月25日调度评估认定无法按期完成"
