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
HERE = ("bazhong", "巴中")


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


@pytest.mark.parametrize(
    "password",
    [
        "1qaz2wsx3E", "1qaz@WSX3edc", "ZAQ!2wsx..", "Qwer-1234-asdf", "147258Aa--", "qwe123QWE!@#",
        "poiu0987LKJ", "Abc-741852963", "Xx-Poiuytrewq",
    ],
)  # fmt: skip
def test_a_walk_along_the_keys_is_refused(password):
    assert any("连续按键" in said for said in faults(password, *ABOUT))


@pytest.mark.parametrize(
    "password", ["River-1qaz-9Blue", "Hong-Lou-1234-Meng", "Tian-Qing-2025", "Gh-789-Kp!wood"]
)
def test_a_few_neighbours_among_other_signs_are_no_walk(password):
    assert faults(password, *ABOUT) == []


@pytest.mark.parametrize(
    "password",
    ["Bazhong@2025", "B4zhong-2025", "Huan-Bao-2025", "Sthj#2025#aa", "我爱巴中 2025 Aa"],
)
def test_the_names_of_city_bodies_and_system_are_refused(password):
    assert any("本市、本机关或本系统" in said for said in faults(password, *ABOUT, here=HERE))


def test_the_name_of_the_unit_is_refused_in_chinese_too():
    assert "密码不能包含账号、姓名或单位的名称、代码。" in faults(
        "通江-2025-Abcd", "x", "某", "通江"
    )


def test_a_check_that_knows_no_walk_and_no_name_lets_them_pass(monkeypatch):
    monkeypatch.setattr("auth.passwords._walks", frozenset)
    monkeypatch.setattr("auth.passwords.CONTEXT", ())

    assert faults("1qaz@WSX3edc") == faults("Bazhong@2025-x", here=()) == []


def test_the_other_profile_asks_for_length_and_for_no_kinds_of_signs():
    said = "correct horse battery"

    assert faults(said, profile="asvs") == []
    assert any("三类" in one for one in faults(said, profile="gb"))
    assert any("至少 15 个" in one for one in faults("Tian-Qing-77", profile="asvs"))


def test_a_very_long_password_is_judged_at_once():
    assert faults("Aa1-" + "qwer" * 240) != []


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
