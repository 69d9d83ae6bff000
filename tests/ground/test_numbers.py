"""Whole numbers from outside: plain digits within bounds, and nothing else, at any length."""

import pytest
from hypothesis import given, strategies as st

from issues.ground.numbers import LARGEST_ID, whole


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_a_number_is_read_exactly_where_it_lies_within_its_bounds(number, least, most):
    inside = least <= number <= most and (number >= 0 or least < 0)

    assert whole(str(number), least, most) == (number if inside else None)


@pytest.mark.parametrize(
    "text", ["", " 1", "1 ", "+1", "1.0", "1e3", "０", "١", "²", "0x1", "1_0", "-"]
)
def test_what_is_not_plain_digits_is_no_number(text):
    assert whole(text, -LARGEST_ID, LARGEST_ID) is None


def test_any_length_is_judged_before_it_is_converted():
    assert whole("9" * 5000, 0, LARGEST_ID) is None
    assert whole("0" * 5000 + "7", 0, LARGEST_ID) == 7
    assert whole("9" * 10, 0, LARGEST_ID) is None
