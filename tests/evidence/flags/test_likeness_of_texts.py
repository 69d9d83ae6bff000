"""One measure tells whether a report of progress is a copy of another."""

import pytest

from issues.evidence.flags.likeness import ALIKE, LEAST_LENGTH, share_alike, share_copied

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
