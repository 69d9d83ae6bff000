"""One measure tells whether a report of progress is a copy of another."""

import random

import pytest
from hypothesis import assume, given, settings, strategies as st

from issues.evidence.flags.repeated import (
    ALIKE,
    BANDS,
    LEAST_LENGTH,
    ROWS,
    fingerprint,
    share_alike,
    share_copied,
)

LONG = "".join(chr(0x4E00 + place) for place in range(101))
"""A hundred pairs of neighbouring signs, each different."""


def changed_at_the_end(count):
    return LONG[:-count] + "".join(chr(0x8000 + place) for place in range(count))


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [
        ("管网已修复", "管网已修复", 100),
        ("管网 已修复。", "管网已修复", 100),
        ("管网已修复１处", "管网已修复1处", 100),
        ("管网已修复", "场镇无直排", 0),
        ("修复修复修复", "修复", 33),
        ("", "", 0),
    ],
)
def test_the_share_of_pairs_in_common(one, two, share):
    assert share_alike(one, two) == share
    assert share_alike(two, one) == share


@pytest.mark.parametrize(("changed", "share"), [(1, 99), (15, 85), (16, 0), (60, 0)])
def test_a_copy_has_eighty_five_of_a_hundred_pairs_in_common(changed, share):
    assert ALIKE == 85
    assert share_alike(LONG, changed_at_the_end(changed)) == 100 - changed
    assert share_copied(LONG, changed_at_the_end(changed)) == share


def test_a_part_of_a_long_text_is_no_copy_of_it():
    assert share_copied(LONG[:60], LONG) == 0
    assert share_copied(LONG[:80], LONG) == share_alike(LONG[:80], LONG) > ALIKE


def test_short_texts_are_alike_by_nature():
    assert share_copied(LONG[: LEAST_LENGTH - 1], LONG[: LEAST_LENGTH - 1]) == 0
    assert share_copied(LONG[:LEAST_LENGTH], LONG[:LEAST_LENGTH]) == 100


WORDS = (
    "管网",
    "修复",
    "清淤",
    "直排",
    "0.8公里",
    "120立方米",
    "本月",
    "完成",
    "河道",
    "场镇",
    "验收",
    "。",
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=5, max_size=60).map("".join)
EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(("", " ", "，", "不", "未能", "2"))),
    max_size=9,
)


def edited(text, edits):
    """A text with some of its signs struck out, replaced or followed by others."""
    for place, said in edits:
        at = place % len(text)
        text = text[:at] + said + text[at + place % 2 :] or said
    return text


@settings(max_examples=150)
@given(SENTENCES, EDITS)
def test_the_fingerprint_misses_no_pair_that_the_measure_calls_alike(model, edits):
    text = edited(model, edits)
    assume(share_copied(text, model))

    assert set(fingerprint(text)) & set(fingerprint(model))


def at_the_threshold(chance):
    """Two texts with exactly as many pairs in common as are asked."""
    signs = [chr(0x4E00 + place) for place in chance.sample(range(20_000), 116)]
    return "".join(signs[:101]), "".join(signs[:86] + signs[101:])


def test_at_the_threshold_as_many_parts_are_shared_as_the_bound_counts_on():
    """All parts differ with (1 - likeness ** ROWS) ** BANDS, the likeness being 85 of 115."""
    chance, shared = random.Random(11), []  # noqa: S311 - the same texts in every run
    for _ in range(150):
        one, other = at_the_threshold(chance)
        assert share_copied(one, other) == ALIKE
        shared.append(len(set(fingerprint(one)) & set(fingerprint(other))))

    expected = (85 / 115) ** ROWS
    assert sum(shared) / len(shared) / BANDS == pytest.approx(expected, rel=0.1)
    assert (1 - expected) ** BANDS < 1 / 80_000
    assert min(shared) > 0


def test_unlike_texts_share_nothing_and_short_ones_have_no_fingerprint():
    assert not set(fingerprint(LONG)) & set(fingerprint(LONG[::-1]))
    assert fingerprint(LONG[: LEAST_LENGTH - 1]) == []
    assert len(set(fingerprint(LONG[:LEAST_LENGTH]))) == BANDS
