"""The numbering of official texts, whatever is numbered, and the parts of one paragraph."""

import pytest
from hypothesis import example, given, settings as configured, strategies as st
from text_bodies import known_in_mianyang

from issues.rules.policy import Policy
from issues.texts import days
from issues.texts.labels import in_brackets, labelled
from issues.texts.numbering import breaks, number_of, pieces, tree
from issues.texts.paragraphs import paragraphs_of
from issues.texts.reading import read

HAN = "一二三四五六七八九十"
STYLES = (
    lambda n: f"{HAN[n - 1]}、", lambda n: f"（{HAN[n - 1]}）", lambda n: f"{n}.",
    lambda n: f"（{n}）", lambda n: chr(0x245F + n),
)  # fmt: skip
SHAPES = st.recursive(
    st.just([]), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=12
)
TEXT = st.text(
    st.sampled_from("水管网污一二（）.1、。：\n\t责任单位整改时限2025年底前"), max_size=120
)


def written(shape, depth=0):
    for place, inner in enumerate(shape, 1):
        yield f"{STYLES[depth](place)}第{depth}层的话"
        if depth + 1 < len(STYLES):
            yield from written(inner, depth + 1)


def shape_of(nodes):
    return [shape_of(node.children) for node in nodes]


def cut(shape, depth=0):
    return [cut(inner, depth + 1) if depth + 1 < len(STYLES) else [] for inner in shape]


@configured(max_examples=40)
@given(shape=SHAPES)
def test_a_tree_that_is_written_is_read_as_the_same_tree(shape):
    _, roots = tree(paragraphs_of("\n".join(written(shape))))

    assert shape_of(roots) == cut(shape)
    assert list(breaks(roots)) == []


@configured(max_examples=40)
@given(text=TEXT)
@example(text="网改污\t一整单底前")
def test_whatever_is_pasted_every_paragraph_has_one_place(text):
    result = read(paragraphs_of(text), known_in_mianyang(Policy()))
    held = [one.no for draft in result.drafts for one in result.source_of(draft)]

    assert sorted([*held, *(one.no for one in result.left)]) == list(
        range(1, len(result.paragraphs) + 1)
    )


@pytest.mark.parametrize(
    ("mark", "number"),
    [("（十二）", 12), ("二十、", 20), ("三是", 3), ("③", 3), ("10.", 10), ("第四部分", 4)],
)
def test_a_mark_has_its_number(mark, number):
    assert number_of(mark) == number


def test_a_missing_number_is_told():
    _, roots = tree(paragraphs_of("（一）甲\n（二）乙\n（四）丁"))

    assert list(breaks(roots)) == [(3, "编号从“（二）”跳到“（四）”，请核对有无缺段")]


def test_figures_are_no_marks():
    assert pieces("投资1.5亿元，新建2.3公里") == [("", "投资1.5亿元，新建2.3公里")]
    assert [mark for mark, _ in pieces("措施：1.清理。2.管护")] == ["", "1.", "2."]


def test_labels_of_one_line_and_of_a_bracket_are_told_apart():
    told = [(one.field, one.text) for one in labelled("整改目标：达标。整改时限：2025年底前")]
    assert told == [("goal", "达标。"), ("deadline", "2025年底前")]

    text, told = in_brackets("清理河道（责任单位：涪城区；完成时限：立行立改）。")
    assert text == "清理河道"
    assert [one.field for one in told] == ["units", "deadline"]
    assert in_brackets("清理河道（长3公里）") == ("清理河道（长3公里）", [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025年6月底前完成管网修复", ["2025年6月底前"]),
        ("截至2024年底前，设施仍未建成", []),
        ("原定2025年3月底前建成", []),
        ("2025年3月底前应投运，至今没有投运", []),
        ("督察发现2024年6月前堆存的垃圾未清", []),
        ("立行立改，12月底前全面完成", ["立行立改", "2025年12月底前"]),
    ],
)
def test_a_day_of_the_past_is_no_deadline(text, words):
    known = known_in_mianyang(Policy())
    dated = type(known)(known.directory, known.policy, year=2025)

    assert [day.words for day, _ in days.said_in(text, dated)] == words


def test_lines_of_a_page_are_joined_where_a_sentence_goes_on():
    page = "（一）河道堆放垃圾。某处河道长期堆放\n生活垃圾，没有清理。\n- 3 -\n（二）管网破损。"

    assert [one.text for one in paragraphs_of(page, is_broken=True)] == [
        "（一）河道堆放垃圾。某处河道长期堆放生活垃圾，没有清理。", "（二）管网破损。",
    ]  # fmt: skip


def test_a_part_of_aims_is_no_item_and_a_day_no_target():
    text = (
        "一、工作目标\n到2025年底，全面完成。\n二、任务\n"
        "（一）规范贮存。2025年8月31日前完成42家企业排查。责任单位：涪城区"
    )
    result = read(paragraphs_of(text), known_in_mianyang(Policy()))

    assert [one.title for one in result.drafts] == ["规范贮存"]
    assert result.drafts[0].targets == []
