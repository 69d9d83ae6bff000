"""How alike two problems are: what must hold of any two, and what was measured of real ones."""

import random
from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

from issues.evidence.places import distance_m
from issues.likeness.fingerprint import keys_of
from issues.likeness.scoring import VERY_LIKELY, Facts, likeness

WORDS = ["污水直排", "扬尘扰民", "垃圾堆放", "沟渠发臭", "、", "A区", "油烟", "某"]
POINTS = st.none() | st.tuples(st.floats(106, 108), st.floats(31, 33))
FACTS = st.builds(
    Facts, st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.sampled_from(["", "510703", "510704"]), POINTS, st.sampled_from(["", "甲公司", "乙公司"]),
    st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)),
)  # fmt: skip


@settings(max_examples=60)
@given(FACTS, FACTS)
def test_it_is_the_same_either_way_and_within_bounds(one, other):
    told = likeness(one, other)

    assert told == likeness(other, one)
    assert 0 <= told.share <= 1
    assert likeness(one, one).share == 1


@settings(max_examples=40)
@given(FACTS, FACTS, POINTS, POINTS)
def test_what_lies_farther_is_never_more_alike(one, other, near, far):
    here = (107.0, 32.0)
    ways = sorted((p for p in (near, far) if p), key=lambda point: distance_m(*here, *point))
    shares = [likeness(one._replace(point=here), other._replace(point=p)).share for p in ways]

    assert shares == sorted(shares, reverse=True)


def test_a_step_away_counts_and_what_is_not_said_does_not():
    """The control of the two above: distance, firm and time do move the share."""
    one = Facts("场镇污水管网破损", "510703", (107.0, 32.0), "甲公司", date(2025, 11, 1))
    away = likeness(one, one._replace(point=(107.01, 32.0))).share
    other_firm = likeness(one, one._replace(firm="丙厂")).share
    later = likeness(one, one._replace(on=one.on + timedelta(days=400))).share

    assert max(away, other_firm, later) < likeness(one, one._replace(point=None)).share == 1


def test_unrelated_problems_are_not_called_very_likely(problems, edited):
    """Pairs of the example's own ledger, at one point, on one day: words alone tell them apart."""
    rng, texts = random.Random(19), problems  # noqa: S311 - the same pairs each time
    pairs = [rng.sample(texts, 2) for _ in range(1000)]

    said = [
        (one, other) for one, other in pairs
        if likeness(Facts(one, "a", (107.0, 32.0)), Facts(other, "a", (107.0, 32.0))).share
        >= VERY_LIKELY
    ]  # fmt: skip

    assert len(said) <= 2
    assert likeness(Facts(texts[0]), Facts(edited(texts[0], rng))).share >= VERY_LIKELY


def test_copies_with_a_tenth_changed_share_a_key(problems, edited):
    rng, texts = random.Random(7), problems  # noqa: S311 - the same copies each time
    copied = [rng.choice(texts) for _ in range(100)]

    met = [set(keys_of(one)) & set(keys_of(edited(one, rng))) for one in copied]

    assert sum(map(bool, met)) >= 98
    assert keys_of("短") == []
