"""What the start says of the accounts is so: a password is named only where an account has it."""

import pytest

from tools.serve import password_words


@pytest.mark.parametrize("shared", [2, 15])
def test_a_password_is_named_for_those_who_have_it(shared):
    said = password_words(shared, 15, "Probe-8231")

    assert "Probe-8231" in said
    assert ("都是" in said) is (shared == 15)


def test_one_that_nobody_has_is_not_named():
    assert "Probe-8231" not in password_words(0, 15, "Probe-8231")
