"""What is refused before signing, and what is only text."""

import time

import pytest
from notice_facts import document, issue

from issues.notices.checks import check
from issues.notices.page.gongwen import render


def faults(faces, **changes):
    return check(document(**changes), faces)


def test_a_sound_notice_has_no_fault(faces):
    assert faults(faces) == []


def test_a_character_no_face_has_is_named(faces):
    found = faults(faces, issues=[issue(problem="污染源\U000f0000处\U0001f600")])

    assert any("没有可用字形" in sentence and "U+1F600" in sentence for sentence in found)
    assert any("控制字符" in sentence and "U+F0000" in sentence for sentence in found)


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\u202e", "\u200b", "\ue000", "\ufeff"])
def test_control_and_hidden_characters_are_named_by_their_code(faces, bad):
    found = faults(faces, issues=[issue(problem=f"污水{bad}直排")])

    assert any(f"U+{ord(bad):04X}" in sentence for sentence in found)


def test_forty_thousand_characters_are_refused_at_once(faces):
    started = time.monotonic()
    found = faults(faces, issues=[issue(problem="污水直排。" * 8001)])

    assert len(found) == 1
    assert "超过40000字上限" in found[0]
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("wanting", ["unit_name", "number", "signed_on"])
def test_a_wanting_fact_is_named(faces, wanting):
    assert (faults(faces, **{wanting: ""}) == []) is (wanting in {"number", "signed_on"})


def test_an_overlong_recipient_is_refused(faces):
    assert any("主送机关超过" in sentence for sentence in faults(faces, unit_name="某单位、" * 200))


def test_markup_is_plain_text(faces, drawn):
    hostile = "<b>加粗</b><img src='http://203.0.113.1/x.png'/>&lt;{{7*7}}</para>${x}%s"
    facts = document(issues=[issue(problem=hostile)])

    assert check(facts, faces) == []
    text = drawn(facts).text.replace("\n", "")
    assert "<b>加粗</b><img" in text
    assert "{{7*7}}" in text
    assert "&lt;" in text


def test_no_address_is_written_as_a_link(faces):
    pdf = render(document(issues=[issue(problem="见 http://203.0.113.1/x")]), faces).pdf

    assert b"/URI" not in pdf
    assert b"/Link" not in pdf


def test_a_notice_of_empty_facts_is_refused_not_crashed(faces):
    bare = {"number": "", "title": "", "problem": "", "goal": "", "reasons": [], "progress": []}
    facts = document(issues=[bare], unit_name="", basis=[], contact={}, copies=[])

    assert "缺少主送机关。" in check(facts, faces)
    assert render(facts, faces).pages > 0
