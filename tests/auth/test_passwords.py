"""Which passwords are good enough, and how they are kept."""

import pytest

from auth.passwords import (
    faults,
    hash_password,
    is_kept_weakly,
    is_password,
    keep_cheaply,
    one_time_password,
)

ABOUT = ("chen", "陈经办", "511902")


@pytest.mark.parametrize(
    "password",
    ["Tian-Qing-77", "河清海晏 2025 Jia", "Qing-7-" * 19, "correct Horse 7 battery"],
)
def test_a_long_mixed_password_is_taken(password):
    assert faults(password, *ABOUT) == []


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Ab1-56789", "至少 10 个字符"),
        ("A1-" + "xy" * 500, "最多 1000 个字符"),
        ("alllowercaseletters", "三类"),
        ("lower123456", "三类"),
        ("Chen-is-here-7", "不能包含账号"),
        ("511902-Bazhou", "不能包含账号"),
        ("Password123!", "过于常见"),
        ("P@ssw0rd2025", "过于常见"),
        ("Welcome2025!!", "过于常见"),
        ("Aa1Aa1Aa1Aa1", "过于常见"),
        ("Zz-12345678", "过于常见"),
        ("Qwertyuiop-1", "过于常见"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password, said):
    assert any(said in sentence for sentence in faults(password, *ABOUT))


def test_the_whole_password_counts():
    kept = hash_password("A" * 200 + "1")

    assert kept.startswith("$argon2id$")
    assert is_password(kept, "A" * 200 + "1")
    assert not is_password(kept, "A" * 200 + "2")


def test_nothing_is_the_password_of_nobody():
    assert not is_password(None, "")
    assert not is_password("", "")


def test_a_password_kept_at_less_than_full_strength_is_told():
    keep_cheaply(cheaply=True)
    cheap = hash_password("Tian-Qing-77")
    keep_cheaply(cheaply=False)
    try:
        assert is_kept_weakly(cheap)
        assert not is_kept_weakly(hash_password("Tian-Qing-77"))
    finally:
        keep_cheaply(cheaply=True)


def test_one_time_passwords_differ_and_are_readable():
    made = {one_time_password() for _ in range(50)}

    assert len(made) == 50
    assert not set("".join(made)) & set("0O1lI")
