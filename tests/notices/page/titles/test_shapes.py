"""Titles: whole words, a trapezoid or a rhombus, who issues and what it is always named."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st
from notice_facts import OFFICE, UNIT, document, issue

from issues.notices.page import metrics
from issues.notices.page.titles import lines_in, stands_well, title_lines
from issues.notices.page.titles.words import NEVER_HEAD_WORDS, words_of

PLACES = st.sampled_from(
    ["示范镇场镇", "巴河大佛岩段", "某页岩砖厂", "工业集中区", "天马山镇森林公园西侧"]
)
WRONGS = st.sampled_from(
    ["生活污水直排河道", "除尘器进出口压差仅80帕", "约2100立方米土石方被推入河滩",
     "夜间施工噪声扰民", "《排污许可证》到期未换", "以“设备检修”为由停运治理设施",
     "氨氮9.8毫克每升", "第2轮督察交办事项逾期"]
)  # fmt: skip
KINDS = st.sampled_from(
    ["整改的提示函", "整改的督办通知书（红牌）", "的交办通知", "销号的函", "问责线索的函"]
)


def cut(lines):
    ends = []
    for line in lines[:-1]:
        ends.append((ends[-1] if ends else 0) + len(line))
    return ends


def torn(title, lines):
    """Words of the list, figures with what follows, and short brackets that a line ends inside."""
    spans, place = [], 0
    for word in words_of(title):
        spans.append((place, place + len(word)))
        place += len(word)
    spans += [found.span() for found in re.finditer(r"\d+[^\W\d]?|（[^）]{1,4}）|第\d+轮", title)]
    return [title[a:b] for a, b in spans for end in cut(lines) if a < end < b]


@settings(max_examples=200, deadline=None)
@given(PLACES, WRONGS, KINDS, st.booleans())
def test_a_title_of_the_field_is_whole_and_well_shaped(faces, place, wrong, kind, is_long):
    title = (
        f"{OFFICE}关于{place}：{wrong}问题{kind}" if is_long else f"关于{place}{wrong}问题{kind}"
    )
    lines = lines_in(faces, title, (OFFICE, UNIT))
    widths = [len(line) for line in lines]

    assert "".join(lines) == title
    assert torn(title, lines) == []
    for line in lines[1:]:
        assert line[0] not in NEVER_HEAD_WORDS
        assert line[0] not in "，。、；：）》”年月日%"
    if stands_well(title, (OFFICE, UNIT)):
        assert len(lines) <= metrics.TITLE_LINES
        assert not any(two < min(one, three) - 1 for one, two, three in zip(
            widths, widths[1:], widths[2:], strict=False))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    title=st.text(
        st.sampled_from("关于整改的督办通知书（红牌）《》“”、，。0123mg/L%河道污水"), max_size=90
    )
)
def test_whatever_the_title_no_sign_is_lost_and_no_line_leaves_the_text_area(title):
    lines = title_lines(title)

    assert "".join(lines) == title
    assert all(title_lines(line) == [line] for line in lines if line)
    for before, after in pairwise(lines):
        assert before
        assert after


@pytest.mark.parametrize("kind", ["N0", "N1", "N2", "N3", "N4", "N6", "N7", "N8"])
@pytest.mark.parametrize("length", [6, 30, 45, 80])
def test_the_title_says_who_about_what_and_which_paper(faces, kind, length):
    long = "场镇生活污水管网破损渗漏直排河道且长期未修复" * 4
    paper = document(kind=kind, issues=[issue(title=f"示范镇：{long[:length]}")])

    assert paper.title.startswith(OFFICE)
    assert "关于" in paper.title
    assert paper.title.endswith(("通知", "函", "通知书（红牌）", "通知书（黄牌）"))
    assert len(lines_in(faces, paper.title, paper.phrases)) <= metrics.TITLE_LINES


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            f"{OFFICE}关于大河镇养羊专业村：全村养殖黄羊1.2万只问题销号的函",
            None,
        ),
        ("关于督办甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥的通知", 2),
    ],
    ids=["a figure with its unit", "no word known"],
)
def test_lines_that_have_gone_wrong(title, lines):
    found = title_lines(title, (OFFICE,))

    assert torn(title, found) == []
    assert not any(line.startswith("只") for line in found)
    assert lines is None or len(found) == lines
