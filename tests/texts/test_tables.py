"""Tables whose heads are merged: in whatever way the blanks came, the same columns are read."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings as configured, strategies as st
from test_texts_of_files import W, document, paragraph, words  # noqa: F401 - a fixture
from text_bodies import known_in_mianyang

from issues.rules.policy import Policy
from issues.texts.paragraphs import paragraphs_of
from issues.texts.parts.heads import headings_of
from issues.texts.reading import read

KNOWN = known_in_mianyang(Policy())
SINGLE = ("序号", "行政区域", "存在问题", "整改目标", "整改时限", "验收标准", "备注")
GROUPS = {
    "责任分工": ("牵头单位", "责任单位", "验收单位"),
    "整改措施": ("具体内容", "完成时限", "责任单位"),
    "整改责任": ("责任单位", "责任人", "联系电话"),
}  # fmt: skip
HEADS = st.lists(st.sampled_from([*SINGLE, *GROUPS]), min_size=3, max_size=8, unique=True).filter(
    lambda heads: "存在问题" in heads and len({*SINGLE[:6]} & {*heads}) > 2
)


def two_rows(heads, way):
    """The two rows of heads: with each word in all its cells, once, or with no blank at all."""
    first, second = [], []
    for head in heads:
        below = GROUPS.get(head, ())
        again = {"filled": head, "blank": ""}.get(way)
        first += [head, *([] if again is None else [again] * (len(below) - 1))]
        second += below or [head if way == "filled" else ""]
    return "\n".join("\t".join(row) for row in (first, second))


def apart(heads):
    """Two groups side by side cannot be told apart once their blanks are gone."""
    return not any(one in GROUPS and other in GROUPS for one, other in pairwise(heads))


@configured(max_examples=60)
@given(heads=HEADS)
@example(heads=["序号", "存在问题", "责任分工", "整改时限", "整改目标"])
def test_merged_heads_are_read_alike_however_they_were_pasted(heads):
    ways = ("filled", "blank", "left out") if apart(heads) else ("filled", "blank")
    found = []
    for way in ways:
        rows = paragraphs_of(two_rows(heads, way))
        columns, count = headings_of(rows, 0)
        found.append(([(one.field, one.of_measure) for one in columns], count))
    is_plain = not any(head in GROUPS for head in heads)

    assert all(one == found[0] for one in found)
    assert found[0][1] == (1 if is_plain else 2)


def test_a_row_of_words_below_the_heads_is_an_item_and_no_head():
    rows = paragraphs_of("序号\t存在问题\t整改目标\t整改时限\n1\t问题\t目标\t时限")

    assert headings_of(rows, 0)[1] == 1


def merged(text, *marks):
    drawn = "".join(f"<w:{name} w:val='{value}'/>" for name, value in marks)
    return f"<w:tc><w:tcPr>{drawn}</w:tcPr>{paragraph(text)}</w:tc>"


def test_a_table_of_word_with_merged_cells_is_read_by_its_columns(words):  # noqa: F811
    down, on = ("vMerge", "restart"), ("vMerge", "continue")
    rows = (
        [merged("序号", down), merged("存在问题", down), merged("责任分工", ("gridSpan", 2)),
         merged("整改时限", down), merged("整改措施", down)],
        [merged("", on), merged("", on), merged("牵头单位"), merged("责任单位"), merged("", on),
         merged("", on)],
        [merged("1", down), merged("三台县河道垃圾堆放。", down), merged("市水利局"),
         merged("三台县", down), merged("2025年底前", down), merged("清理河道")],
        [merged("", on), merged("", on), merged("市水利局"), merged("", on), merged("", on),
         merged("安装护栏")],
        [merged("2"), merged("三台县扬尘扰民。"), merged("市住建委"), merged("", on),
         merged("", on), merged("覆盖裸土")],
    )  # fmt: skip
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    text = words(document(f"<w:tbl>{table}</w:tbl>"), "DOCX")

    first, second = read(paragraphs_of(text), KNOWN).drafts

    assert [one.text for one in first.measures] == ["清理河道", "安装护栏"]
    assert (first.primary_unit, second.primary_unit) == ("510722", "510722")
    assert [str(one.deadline) for one in (first, second)] == ["2025-12-31"] * 2
    assert second.lead_unit == "510700-ZJW"
    assert not {"primary_unit", "deadline"} & {
        one.field for one in (*first.guesses, *second.guesses)
    }


def test_an_empty_unit_is_that_of_the_row_above_and_an_empty_day_is_none():
    heads = "序号\t存在问题\t整改时限\t责任单位"
    text = f"{heads}\n1\t甲处污水直排。\t2025年底前\t涪城区\n2\t乙处扬尘扰民。\t\t\n"
    second = read(paragraphs_of(text), KNOWN).drafts[1]

    assert (second.primary_unit, second.deadline_text) == ("510703", "")
    assert {"primary_unit", "deadline"} <= {one.field for one in second.guesses}


def test_what_stands_under_the_measures_is_of_the_measure_alone():
    text = (
        "序号\t存在问题\t整改措施\t\t\t责任单位\n\t\t具体内容\t完成时限\t责任单位\t\n"
        "1\t甲处污水直排。\t封堵排口\t2025年9月底前\t市水利局\t涪城区\n"
        "\t\t修复管网\t2025年底前\t市住建委\t\n"
    )
    [draft] = read(paragraphs_of(text), KNOWN).drafts

    assert [(one.unit, str(one.deadline)) for one in draft.measures] == [
        ("510700-SLJ", "2025-09-30"), ("510700-ZJW", "2025-12-31"),
    ]  # fmt: skip
    assert (draft.primary_unit, draft.lead_unit) == ("510703", "")


SEVERAL = ("1.更换曝气设备4台；\n2.新增加药装置1套。", '"1.更换曝气设备4台；\n2.新增加药装置1套。"')


@pytest.mark.parametrize("measures", SEVERAL, ids=["of a document", "of a workbook"])
@pytest.mark.parametrize("heads", [
    "序号\t存在问题\t整改措施\t整改时限\t责任单位", "序号\t存在问题\t整改时限\t责任单位\t整改措施",
], ids=["within a row", "in its last cell"])  # fmt: skip
def test_a_cell_of_several_lines_stays_one_cell_of_its_row(heads, measures):
    said = {"整改措施": measures, "整改时限": "2025年底前", "责任单位": "涪城区"}
    rows = [
        "\t".join({"序号": str(no), "存在问题": f"{place}污水直排。", **said}[head]
                  for head in heads.split("\t"))
        for no, place in enumerate(("甲处", "乙处"), 1)
    ]  # fmt: skip
    text = "\n".join([heads, *rows, "3\t丙处扬尘扰民。\t\t\t"])
    *drafts, third = read(paragraphs_of(text), KNOWN).drafts

    assert third.problem == "丙处扬尘扰民。"
    assert len(drafts) == 2
    for one in drafts:
        assert [step.text for step in one.measures] == ["更换曝气设备4台", "新增加药装置1套。"]
        assert [(step.target, step.unit_of_target) for step in one.measures] == [
            (4, "台"),
            (1, "套"),
        ]
        assert (str(one.deadline), one.primary_unit) == ("2025-12-31", "510703")


@given(st.lists(st.text("甲1.\t\n（一）①", max_size=12), max_size=8))
def test_no_word_is_lost_or_said_twice_where_rows_are_made_whole(lines):
    text = "\n".join(["序号\t存在问题\t整改时限\t责任单位", *lines])
    bare = "".join(text.split())

    assert "".join("".join(one.text.split()) for one in paragraphs_of(text)) == bare


@pytest.mark.parametrize("section", ["一\t涪城区\t\t\t", "一、水环境方面" + "\t一、水环境方面" * 4,
                                     "（一）水环境方面\t\t\t\t"])  # fmt: skip
def test_a_row_that_heads_those_below_is_no_item_and_no_part_of_one(section):
    heads = "序号\t行政区域\t存在问题\t整改时限\t责任单位"
    row = "涪城区\t甲处污水直排。\t2025年底前\t涪城区"
    text = f"{heads}\n{section}\n1\t{row}\n{section}\n2\t{row}"
    result = read(paragraphs_of(text), KNOWN)

    assert [(one.first, one.last) for one in result.drafts] == [(3, 3), (5, 5)]
    assert [one.no for one in result.left] == [1, 2, 4]
