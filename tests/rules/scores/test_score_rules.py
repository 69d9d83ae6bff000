"""Points, halves and totals: exact, each unit once, whatever the order."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from paper import CALENDAR

from issues.rules.dates.days import month_end
from issues.rules.policy import Policy, PolicyError
from issues.rules.scores.figures import FIGURES, ScoreNumbers
from issues.rules.scores.missed import missed_reports
from issues.rules.scores.points import Borne, Occurrence, points_of
from issues.rules.scores.totals import Entry, quarter_of, total_of
from issues.vocabulary import ScoreRule, ScoreShare, Source

DEFAULT = Policy.default()
PRIMARY, LEAD, COUNTY, LINE = 1, 2, 3, 4
DAY = date(2025, 5, 6)
UNITS = st.integers(1, 5)
TENTHS = st.decimals(0, 100, places=2)


def happened(rule=ScoreRule.SECOND_YELLOW, source=Source.YD, borne=None):
    borne = borne or Borne(PRIMARY, LEAD, COUNTY, frozenset({LINE}))
    return Occurrence("k", rule, DAY, ticket=7, source=source, borne=borne, event=11)


def booked(policy=DEFAULT, **what):
    return {point.unit: point for point in points_of(happened(**what), policy, 1)}


def test_a_second_yellow_card_of_the_central_inspection():
    points = booked()

    values = {unit: point.value for unit, point in points.items()}
    assert values == {
        PRIMARY: Decimal("-1.5"),
        LEAD: Decimal("-0.45"),
        COUNTY: Decimal("-0.45"),
        LINE: Decimal("-0.3"),
    }
    assert points[LEAD].formula == "−1×30%×1.5＝−0.45"
    assert {point.occurrence.event for point in points.values()} == {11}


@pytest.mark.parametrize(
    ("rule", "source", "value"),
    [
        (ScoreRule.RED, Source.SD, "-2.4"),
        (ScoreRule.RED, Source.JS, "-2.4"),
        (ScoreRule.FAKE, Source.AF, "-5"),
        (ScoreRule.RELAPSE, Source.YX, "-4.5"),
        (ScoreRule.REPORT_MISSED, Source.ZC, "-0.2"),
        (ScoreRule.REPLY_LATE, Source.YD, "-0.75"),
        (ScoreRule.EARLY, Source.SX, "0.6"),
    ],
)
def test_what_a_primary_unit_bears_by_default(rule, source, value):
    assert booked(rule=rule, source=source)[PRIMARY].value == Decimal(value)


def test_a_unit_that_stands_twice_bears_its_highest_share_once():
    lead_and_county = booked(borne=Borne(PRIMARY, LEAD, LEAD, frozenset({LEAD, PRIMARY})))

    assert {unit: point.share_as for unit, point in lead_and_county.items()} == {
        PRIMARY: ScoreShare.PRIMARY,
        LEAD: ScoreShare.LEAD,
    }
    dearer = Policy.from_document({"scores": {"line": "40"}})
    assert booked(dearer, borne=Borne(lead=LEAD, line=frozenset({LEAD})))[LEAD].share == 40


@given(
    st.builds(
        Borne,
        st.none() | UNITS,
        st.none() | UNITS,
        st.none() | UNITS,
        st.frozensets(UNITS),
    ),
    st.sampled_from(list(ScoreRule)),
    st.sampled_from(list(Source)),
    st.fixed_dictionaries({share.value: TENTHS for share in ScoreShare}),
)
def test_every_unit_that_stands_bears_one_exact_value(borne, rule, source, shares):
    policy = Policy.from_document({"scores": shares})
    standing = {}
    for share, unit in borne.standing():
        standing[unit] = max(standing.get(unit, Decimal(0)), policy.scores.share(share))

    points = points_of(happened(rule, source, borne), policy, 1)

    assert {p.unit: p.share for p in points} == {u: s for u, s in standing.items() if s}
    assert len({p.unit for p in points}) == len(points)
    for point in points:
        exact = Fraction(point.base) * Fraction(point.share) / 100 * Fraction(point.weight)
        assert Fraction(point.value) == exact
        assert (point.value > 0) == (rule is ScoreRule.EARLY)


VALUES = st.decimals("0.01", 9, places=2)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(list(ScoreRule)), VALUES).map(
        lambda one: Entry(one[0], one[0].sign * one[1])
    )
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_a_total_lies_between_nothing_and_a_hundred_in_any_order(entries, order):
    total = total_of(entries, DEFAULT.scores)
    mixed = list(entries)
    order.shuffle(mixed)

    assert total_of(mixed, DEFAULT.scores) == total
    assert 0 <= total.process <= 50
    assert 0 <= total.result <= 50
    assert total.total == total.process + total.result
    assert total.won_counted <= 3


@given(ENTRIES, st.integers(0))
def test_a_counter_entry_restores_exactly_its_points(entries, place):
    """Whatever else stands in the book: as if the point had never been booked."""
    if not entries:
        return
    place %= len(entries)
    counter = Entry(entries[place].rule, -entries[place].value)

    without = entries[:place] + entries[place + 1 :]
    assert total_of([*entries, counter], DEFAULT.scores) == total_of(without, DEFAULT.scores)


def test_a_total_tells_its_arithmetic():
    entries = [
        Entry(ScoreRule.SECOND_YELLOW, Decimal("-0.45")),
        Entry(ScoreRule.RELAPSE, Decimal(-3)),
        *[Entry(ScoreRule.EARLY, Decimal("0.75"))] * 5,
    ]

    assert total_of(entries, DEFAULT.scores).formula == (
        "过程分50−0.45＝49.55；结果分50−3+3＝50（加分+3.75，按上限计3）"
    )
    ruined = [Entry(ScoreRule.RED, Decimal(-60))]
    assert total_of(ruined, DEFAULT.scores).formula == "过程分50−60＝0（最低0分）；结果分50＝50"


@given(
    st.dates(date(2025, 1, 1), date(2026, 6, 1)).map(month_end),
    st.sampled_from([1, 3]),
    st.integers(0, 5),
    st.integers(0, 400),
)
def test_each_due_report_is_missed_once(due, months, grace, length):
    """Against a count day by day."""
    figures = {"due": due.isoformat(), "months": months, "grace": grace}
    until = due + timedelta(days=length)

    found = list(missed_reports(figures, until, CALENDAR))

    assert [one for one, _ in found] == sorted({one for one, _ in found})
    for due_on, since in found:
        between = [due_on + timedelta(days=n) for n in range(1, (since - due_on).days + 1)]
        assert sum(CALENDAR.is_workday(day) for day in between) == grace + 1
        assert since < until
        elapsed = (due_on.year - due.year) * 12 + due_on.month - due.month
        assert elapsed % months == 0


@pytest.mark.parametrize(
    ("scores", "field"),
    [
        ({"red": "abc"}, "scores.red"),
        ({"red": True}, "scores.red"),
        ({"red": "-1"}, "scores.red"),
        ({"red": "101"}, "scores.red"),
        ({"red": "0.125"}, "scores.red"),
        ({"red": "NaN"}, "scores.red"),
        ({"yellow_from": "1.5"}, "scores.yellow_from"),
        ({"yellow_from": "0"}, "scores.yellow_from"),
        ({"nothing": "1"}, "scores.nothing"),
        ({"process": "60"}, "scores.result"),
        ([], "scores"),
    ],
)
def test_a_wrong_number_is_named_at_its_field(scores, field):
    with pytest.raises(PolicyError) as refused:
        Policy.from_document({"scores": scores})

    assert list(refused.value.errors) == [field]


def test_numbers_survive_their_document_and_have_words():
    changed = {"red": "3.50", "process": 60, "result": Decimal("40.0")}
    policy = Policy.from_document({"scores": changed})

    assert policy.scores.document()["red"] == "3.5"
    assert Policy.from_document(policy.document()) == policy
    assert ScoreNumbers().document() == ScoreNumbers.read({}, {}).document()
    for name, told in FIGURES.items():
        assert told.label, name
        assert told.least <= getattr(DEFAULT.scores, name) <= told.most


def test_a_quarter_of_a_day():
    assert quarter_of(date(2025, 12, 31)).label == "2025年第4季度"
    assert quarter_of(date(2025, 12, 31)).after == date(2026, 1, 1)
    assert quarter_of(date(2025, 4, 1)).first == date(2025, 4, 1)
