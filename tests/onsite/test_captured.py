"""What a phone tells: read as told, said as told, recorded once however late it comes again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from issues.onsite import captured
from issues.onsite.where import OUTSIDE, UNKNOWN, where
from issues.supervision.geojson import Shape

NOW = datetime(2025, 11, 25, 4, 0, tzinfo=UTC)
COUNTIES = [("511902", "巴州区"), ("511903", "恩阳区")]


def square(code, west):
    ring = [(west, 31.0), (west + 1, 31.0), (west + 1, 32.0), (west, 32.0), (west, 31.0)]
    return Shape(code, "", [ring], is_closed=True)


SHAPES = [square("511902", 106.0), square("511903", 107.0)]


@pytest.mark.parametrize("raw", ["", "NaN", "inf", "-3", "0", "1e9", "十五"])
def test_an_exactness_that_makes_no_sense_is_not_told(raw):
    assert captured.told("", "", raw, NOW) is None


@given(seconds=st.integers(-400 * 86400, 400 * 86400))
def test_the_clock_of_the_phone_is_told_as_it_is_and_never_put_right(seconds):
    there = NOW + timedelta(seconds=seconds)
    said = captured.told(there.isoformat(), there.isoformat(), "15.4", NOW)
    assert said == (there, seconds, 15)
    words = captured.off_words(said.off)
    assert (words == "") == (abs(seconds) < 60)
    assert words == "" or ("快" in words) == (seconds > 0)


@pytest.mark.parametrize(
    ("accuracy", "words"),
    [(15, "±15米"), (101, "±101米，较粗略"), (2500, "±2.5公里，较粗略"), (None, "")],
)
def test_a_coarse_position_is_said_to_be_coarse(accuracy, words):
    assert captured.accuracy_words(accuracy) == words


def test_a_point_is_told_by_its_county_and_held_against_the_chosen_one():
    assert where(106.5, 31.5, COUNTIES, SHAPES, "511902") == ("511902", "巴州区", "")
    differs = where(106.5, 31.5, COUNTIES, SHAPES, "511903")
    assert differs.warning == "这个位置在巴州区，与所选的恩阳区不一致，请核对。"
    assert where(109.5, 31.5, COUNTIES, SHAPES, "").warning == OUTSIDE
    assert where(106.5, 31.5, COUNTIES, [], "").warning == UNKNOWN
