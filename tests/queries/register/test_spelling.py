"""What a word is compared in, where it stands in a text as written, and names in Latin letters."""

import pytest
from hypothesis import given, settings, strategies as st

from issues.search.initials import spellings
from issues.search.part import Part, without_numbers
from issues.search.spelling import LONGEST, excerpt, normal, pieces, places, words_of
from issues.vocabulary import FoundIn

TEXTS = st.text(alphabet="环境 Ａb1\n\u200b石⻰河。ﬁ", max_size=90)


@settings(max_examples=60)
@given(TEXTS, st.text(alphabet="环境a1石龙河f", min_size=1, max_size=3))
def test_what_is_marked_is_what_was_found(text, word):
    """Nothing of the text is lost, and something is marked just where the word occurs."""
    found = places(text, [word])
    parts = pieces(text, found)

    assert "".join(part.text for part in parts) == text
    assert bool(found) is (word in normal(text))
    for part in parts:
        assert not part.is_found or set(word) & set(normal(part.text))
    short = excerpt(text, found)
    assert any(part.is_found for part in short) is bool(found)
    assert sum(len(part.text) for part in short) <= LONGEST + 2


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("巴州区", "bzq"), ("巴州区生态环境局", "sthjj"), ("重庆路", "cql"),
        ("南江县长赤镇", "njxccz"), ("曾口镇", "zkz"), ("朝阳街道", "cyjd"), ("乐坝镇", "lbz"),
        ("六安市", "las"), ("筠连县", "jlx"), ("市农商行", "snsh"), ("鼋滩村3组", "ytcz"),
        ("巴河（铁厂）断面", "tcdm"), ("巴州区", "bazhouqu"),
        ("市生态环境局", "shengtaihuanjingju"), ("重庆路3号", "chongqinglu"),
        ("长赤镇", "changchi"), ("长赤镇", "zhangchi"), ("市绿化委", "lvhuawei"),
        ("都江堰路", "dujiang"), ("畜牧局", "xmj"), ("绿水镇", "lushui"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_initials_and_in_full(name, typed):
    part = Part(1, FoundIn.UNIT, "单位", name, is_spelt=True)

    assert typed in part.body.split("\n", 1)[1]


def test_a_name_of_many_readings_has_few_spellings():
    spelt = spellings("长" * 60)

    assert len(spelt) == 16
    assert {len(set(one.places)) for one in spelt} == {40}
    assert spellings("3号点 abc") == [("hd", (1, 2)), ("haodian", (1, 1, 1, 2, 2, 2, 2))]
    assert spellings("abc") == []


@settings(max_examples=60)
@given(st.text(alphabet="巴州区长赤绿重3号 a鼋〇", max_size=12))
def test_every_letter_of_a_spelling_is_of_a_sign_of_the_name(name):
    for spelt in spellings(name):
        assert len(spelt.line) == len(spelt.places)
        assert list(spelt.places) == sorted(spelt.places)
        assert all(name[place] not in "3 a" for place in spelt.places)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张三 13800000000", "张三"), ("张三（０８２７－5281234）", "张三"),
        ("张三138 0000 0000、李四", "张三 、李四"), ("2名网格员", "2名网格员"), ("13800000000", ""),
    ],
)  # fmt: skip
def test_a_person_is_searched_without_the_telephone(written, name):
    assert without_numbers(written) == name


def test_words_of_a_question_are_asked_once_each():
    assert words_of(" 污水　Ａ1 污水 a1 ") == ["污水", "a1"]
