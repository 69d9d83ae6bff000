"""What a person typed in lines stays in paragraphs; marks inside marks take turns."""

import pytest
from notice_facts import document, issue

from issues.notices.kinds.wording import formal, quoted, quoted_paragraphs


def body(**changes):
    return [paragraph.text for paragraph in document(issues=[issue(**changes)]).body]


def test_the_lines_of_a_problem_are_paragraphs():
    told = body(problem="1. 管网破损。\n\n2. 污水直排“小溪河”。\n群众反映强烈")
    start = next(n for n, text in enumerate(told) if "存在问题" in text)

    assert told[start : start + 3] == [
        "（二）存在问题。“1. 管网破损。", "“2. 污水直排‘小溪河’。", "“群众反映强烈”。",
    ]  # fmt: skip


def test_the_lines_of_a_goal_are_paragraphs_and_its_day_is_told_behind():
    told = body(goal="一是修复管网；\n二是收集污水", criteria="沿线无直排。")
    start = next(n for n, text in enumerate(told) if "整改目标和时限" in text)

    assert told[start + 1 : start + 4] == [
        "二是收集污水。", "验收标准为：沿线无直排。",
        "整改时限为2025年10月底前（即2025年10月31日）。",
    ]  # fmt: skip


def test_a_problem_and_a_goal_of_one_line_are_told_as_before():
    told = body()

    assert any(text.startswith("（二）存在问题。“场镇污水管网") for text in told)
    assert any("；验收标准为：" in text for text in told)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("称“见‘通报’”", "“称‘见“通报”’”"),
        ("‘示范’", "“‘示范’”"),
        ("缺一个”", "“缺一个’”"),
        ("", "“”"),
    ],
)
def test_marks_in_marks_take_turns(text, wanted):
    assert quoted(text) == wanted


def test_lines_made_one_are_parted_by_a_mark():
    assert formal("管网破损\n污水直排。\n群众反映") == "管网破损；污水直排。群众反映"
    assert formal("one\ntwo") == "one two"
    assert quoted_paragraphs("  \n") == []
