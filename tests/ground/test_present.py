"""What must be there by the time it is read."""

import pytest

from issues.ground.present import present


@pytest.mark.parametrize("value", ["x", "", 0, False])
def test_what_is_there_is_given_back(value):
    assert present(value, "the day") is value


def test_what_is_missing_is_named():
    with pytest.raises(LookupError, match="the day is missing"):
        present(None, "the day")
