"""What becomes of each sign of Unicode, and that every door makes the same of it."""

import json
import sys
import unicodedata

import click
import pytest
from handmade import register
from hypothesis import given, strategies as st
from sheets import read
from werkzeug.datastructures import MultiDict

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.commands.typed import TYPED
from issues.evidence.intake.proof import safe_name
from issues.exchange.reading.constants import profile_of
from issues.ground.documents import Unreadable, details_of, json_of, toml_of
from issues.ground.refusals import Incomplete
from issues.ground.signs import bare, clean, fault, folded
from issues.queries.register.filters import Filters
from issues.search.spelling import normal
from issues.web.door import forms

EVERY = [*map(chr, range(sys.maxunicode + 1))]
DROPPED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2063\u3164"
    "\ufe00\ufe0e\ufe0f\ufeff\uffa0\ufffc\U0001d173\U000e0020\U000e0100\U000e01ef"
)
BLANKS = "\t\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u2800\u3000"
LINE_ENDS = "\r\v\f\u0085\u2028\u2029"
REFUSED = (
    "\0\x07\x1b\u007f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ue000\U000f0000\uffff"
)
TEXTS = st.text(st.sampled_from(DROPPED + BLANKS + LINE_ENDS + REFUSED + "污水⻓⽔é\u0301aＡ"))


def test_every_sign_stays_what_it_became():
    for sign in EVERY:
        seen = clean(f"污{sign}水")
        assert clean(seen) == seen, ascii(sign)
        assert unicodedata.is_normalized("NFC", seen), ascii(sign)
        left = bare(sign)
        assert (bare(left), fault(left)) == (left, ""), ascii(sign)
        assert (fault(clean(sign)) == "") == (left == clean(sign)), ascii(sign)


def test_every_ideograph_of_every_plane_stays():
    ideographs = [s for s in EVERY if unicodedata.name(s, "").startswith("CJK UNIFIED")]
    named_later = [*map(chr, (0x2EBF0, 0x31350, 0x323AF, 0x33479))]

    assert len(ideographs) > 90_000
    for sign in (*ideographs, *named_later, *"《》，。：；？！（）“”、【】〇％ＡｂÅ½①Ⅲ㎡℃"):
        assert (clean(sign), bare(sign), fault(sign)) == (sign, sign, ""), ascii(sign)


@pytest.mark.parametrize("sign", DROPPED, ids=ascii)
def test_what_nobody_sees_is_dropped(sign):
    assert clean(f"{sign}污{sign}水{sign}") == "污水"


@pytest.mark.parametrize("sign", BLANKS, ids=ascii)
def test_a_blank_is_a_plain_blank(sign):
    assert clean(f"污{sign}水") == "污 水"


@pytest.mark.parametrize("sign", [*LINE_ENDS, "\r\n"], ids=ascii)
def test_a_line_end_is_a_line_feed(sign):
    assert clean(f"污{sign}水") == "污\n水"


def test_a_radical_is_its_ideograph():
    assert clean("⼀⽔⻓⻔⻋⻳") == "一水长门车龟"


def test_a_picture_made_of_several_comes_apart():
    assert (
        clean("\U0001f468\u200d\U0001f469\u200d\U0001f467❤\ufe0f")
        == "\U0001f468\U0001f469\U0001f467❤"
    )


@pytest.mark.parametrize("sign", REFUSED, ids=ascii)
def test_what_is_refused_is_told_with_its_place(sign):
    assert clean(f"污{sign}水") == f"污{sign}水"
    assert bare(f"污{sign}水") == "污水"
    assert f"（U+{ord(sign):04X}，在“污”之后），请删去后重新输入" in fault(f"污{sign}水")
    assert f"（U+{ord(sign):04X}，在开头）" in fault(f"{sign}水")


def details(text):
    return read_details((Field("a", "long_text", "甲"),), {"a": text}, None)["a"]


def form(text):
    return forms.typed((Field("a", "long_text", "甲"),), MultiDict({"a": text}))["a"]


def several(text):
    field = Field("a", "choices", "甲")
    return forms.typed((field,), MultiDict({"a": text}))["a"][0]


def value(text):
    return json_of(json.dumps({"a": [text]}), 10_000)["a"][0]


def name(text):
    return next(iter(json_of(json.dumps({text: 1}), 10_000)))


def call(text):
    return details(details_of(json.dumps({"a": text}), 10_000)["a"])


def table(text):
    return toml_of(f"a = {json.dumps(text, ensure_ascii=False)}", 10_000)["a"]


def option(text):
    return TYPED.convert(text, None, None)


def cell(text):
    understood = read(register({"存在问题": text}))
    if understood.errors:
        raise Incomplete({"F5": [understood.errors[0].sentence]})
    return understood.items[0].problem


REFUSING = (details, value, name, call, table, option, cell)
TAKING = (form, several)


@pytest.mark.parametrize("door", [*REFUSING, *TAKING])
@pytest.mark.parametrize("sign", ["", *DROPPED, *BLANKS, "\u2028", "⻓"], ids=ascii)
def test_what_comes_in_at_each_door_is_what_a_person_sees(door, sign):
    text = f"某{sign}镇{sign}水"

    assert door(text) == clean(text)


@pytest.mark.parametrize("door", REFUSING)
@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\ue000"], ids=ascii)
def test_what_is_refused_is_refused_at_each_door_with_its_place(door, sign):
    with pytest.raises((Incomplete, Unreadable, click.BadParameter)) as refused:
        door(f"某镇{sign}水")

    told = [str(refused.value), *getattr(refused.value, "errors", {}).values()]
    assert f"U+{ord(sign):04X}，在“某镇”之后" in str(told)


@given(TEXTS)
def test_a_name_of_a_file_a_question_and_a_comparison_hold_none_of_it(text):
    asked = Filters.from_args({"q": text}).q
    for left in (safe_name(text), asked, folded(text), normal(text)):
        assert fault(left) == ""
        assert not set(left) & set(DROPPED + "\t\u3000⻓⽔")
    assert normal(normal(text)) == normal(text)


def test_a_document_may_hold_what_nobody_sees_between_its_words():
    assert toml_of("\ufeffsource\u200b\u00a0=\u3000'YD'", 100) == {"source": "YD"}
    assert json_of('{\u200b"a":\u00a01}', 100) == {"a": 1}
    assert profile_of("source\u200b = 'YD'") is not None


def test_two_names_that_look_the_same_are_one_written_twice():
    with pytest.raises(Unreadable, match="写了两次"):
        json_of('{"a": 1, "a\u200b": 2}', 100)


def test_a_password_stays_as_it_was_typed():
    secret = "a\u200b\u3000b\u202e"
    field = Field("a", "password", "密码")

    assert forms.typed((field,), MultiDict({"a": secret}))["a"] == secret
    assert read_details((field,), {"a": secret}, None)["a"] == secret
