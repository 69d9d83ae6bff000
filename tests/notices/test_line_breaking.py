"""避头尾: whatever the text, no line begins or ends with a mark that may not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from issues.notices.lines import NEVER_FIRST, NEVER_LAST, Span, set_paragraph
from issues.notices.metrics import CELL, WIDTH

WORDS = st.sampled_from(
    ["整改", "污水处理站", "2025年", "12月", "BZ-AF-2025-001", "120m³/d", "的", "COD", "2.4公里",
     "《办法》", "（试行）", "“小溪河”", "——", "……", "35%", "Ⅲ类", "环境保护"]
)  # fmt: skip
STOPS = st.sampled_from(["", "", "，", "。", "；", "、", "：", "！", "。”", "）。", "％"])

SIGNS = st.characters(
    min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=("Cc", "Zs", "Zl", "Zp", "Cs")
)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.tuples(WORDS, STOPS), min_size=1, max_size=80))
def test_no_line_begins_or_ends_with_a_forbidden_mark(faces, parts):
    text = "".join(word + stop for word, stop in parts)
    lines = set_paragraph([Span(text)], faces, WIDTH, first=2 * CELL)

    assert "".join(line.text for line in lines) == text
    for number, line in enumerate(lines):
        assert number == 0 or line.text[0] not in NEVER_FIRST
        assert number + 1 == len(lines) or line.text[-1] not in NEVER_LAST
        assert line.indent + line.width <= WIDTH + 0.1


@settings(max_examples=60, deadline=None)
@given(text=st.text(SIGNS, max_size=300))
def test_any_text_is_laid_out_without_loss(faces, text):
    lines = set_paragraph([Span(text)], faces, WIDTH)
    drawn = "".join(line.text for line in lines)

    assert len(drawn) == len(text)


def test_marks_alone_are_still_laid_out(faces):
    assert "".join(x.text for x in set_paragraph([Span("，" * 90)], faces, WIDTH)) == "，" * 90


def test_an_endless_number_is_cut_rather_than_left_outside(faces):
    lines = set_paragraph([Span("1" * 200)], faces, WIDTH)

    assert all(line.width <= WIDTH for line in lines)
