"""避头尾: whatever the text, no line begins or ends with a mark that may not."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings, strategies as st

from issues.notices.fonts.faces import FaceRole
from issues.notices.page.lines import (
    BODY_TYPE,
    NEVER_FIRST,
    NEVER_LAST,
    Span,
    one_line,
    set_paragraph,
)
from issues.notices.page.metrics import CELL, WIDTH
from issues.notices.pdf.pen import strokes

WORDS = st.sampled_from(
    ["整改", "污水处理站", "2025年", "12月", "BZ-AF-2025-001", "120m³/d", "的", "COD", "2.4公里",
     "《办法》", "（试行）", "“小溪河”", "——", "……", "35%", "Ⅲ类", "环境保护"]
)  # fmt: skip
STOPS = st.sampled_from(["", "", "，", "。", "；", "、", "：", "！", "。”", "）。", "％"])

SIGNS = st.characters(
    min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=("Cc", "Zs", "Zl", "Zp", "Cs")
)


@settings(max_examples=150)
@given(parts=st.lists(st.tuples(WORDS, STOPS), min_size=1, max_size=80))
def test_no_line_begins_or_ends_with_a_forbidden_mark(faces, parts):
    text = "".join(word + stop for word, stop in parts)
    lines = set_paragraph([Span(text)], faces, WIDTH, first=2 * CELL)

    assert "".join(line.text for line in lines) == text
    for number, line in enumerate(lines):
        assert number == 0 or line.text[0] not in NEVER_FIRST
        assert number + 1 == len(lines) or line.text[-1] not in NEVER_LAST
        assert line.indent + line.width <= WIDTH + 0.1


@pytest.mark.parametrize("day", ["2025年", "12月", "31日", "1号"])
def test_a_figure_is_not_torn_from_its_day_or_number(faces, day):
    """Wherever in the line it falls."""
    for before in range(20, 30):
        lines = set_paragraph([Span("字" * before + day + "字" * 9)], faces, WIDTH)

        assert any(day in line.text for line in lines), [line.text for line in lines]


QUANTITIES = [
    "78 mg/L", "78mg/L", "±0.5", "2026年", "5%", "No. 3", "No.3", "〔2026〕3号", "120m³/d",
    "2.4公里", "1.2万吨", "4300余人", "第12条", "≤50", "25℃", "巴环委〔2026〕", "3 ℃",
    "35分贝", "8000立方米",
]  # fmt: skip


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_a_figure_is_not_torn_from_its_unit_or_sign(faces, quantity):
    """Wherever in the line it falls."""
    whole = quantity.removeprefix("巴环委").replace(" ", "")
    for before in range(14, 30):
        lines = set_paragraph([Span("字" * before + quantity + "达标，字" * 9)], faces, WIDTH)

        assert any(whole in line.text.replace(" ", "") for line in lines), [x.text for x in lines]


@pytest.mark.parametrize("pair", ["……", "——", "”。", "）。", "’”。", "《“", "“‘"])
def test_marks_of_two_signs_and_marks_in_a_row_are_not_parted(faces, pair):
    for before in range(14, 30):
        lines = set_paragraph([Span("字" * before + pair + "完成" * 9)], faces, WIDTH)

        assert any(pair in line.text for line in lines), [line.text for line in lines]


def test_a_decimal_is_not_cut_where_a_long_number_is(faces):
    for before in range(8, 28):
        lines = set_paragraph([Span("字" * before + "1234567890.5、" * 3)], faces, WIDTH)

        assert not any(line.text.endswith(".") for line in lines)


def test_no_line_begins_with_a_hyphen(faces):
    for before in range(20, 30):
        lines = set_paragraph([Span("字" * before + "-AF-2025")], faces, WIDTH)

        assert not any(line.text.startswith("-") for line in lines)


@settings(max_examples=60)
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


def test_a_token_longer_than_a_line_leaves_no_hole_before_it(faces):
    first = set_paragraph([Span("校验值：" + "a1" * 60)], faces, WIDTH, first=2 * CELL)[0]

    assert first.stretch < CELL
    assert first.text.startswith("校验值：a1a1")


def ink_of(faces, stroke):
    """Where the ink of a stroke's one sign begins and ends, from the start of its line."""
    chain = [*faces.roles.values(), *faces.fallback]
    face = next(face for face in chain if face.font.fontName == stroke.font)
    with TTFont(face.path, fontNumber=face.index) as font:
        glyph = font["glyf"][font.getBestCmap()[ord(stroke.text)]]
        scale = BODY_TYPE.size / font["head"].unitsPerEm
        return stroke.x + glyph.xMin * scale, stroke.x + glyph.xMax * scale


@pytest.mark.parametrize("role", [FaceRole.FANGSONG, FaceRole.KAI, FaceRole.HEI, FaceRole.TITLE])
@pytest.mark.parametrize("pair", ["“”", "‘’"])
def test_quotation_marks_sit_on_their_words(faces, role, pair):
    opening, closing = pair
    whole = one_line(f"甲{opening}乙{closing}丙", role, BODY_TYPE, faces)
    cell = whole.width / 5
    places = {}
    for stroke in strokes(whole):
        for place, sign in enumerate(stroke.text):
            x = stroke.x + place * cell
            places[sign] = ink_of(faces, stroke._replace(text=sign, x=x))

    assert 2 * cell - places[opening][1] < 0.3 * cell, "the opening mark is near its word"
    assert places[closing][0] - 3 * cell < 0.3 * cell, "so is the closing one"
    assert places[opening][0] - cell > 0.3 * cell, "and away from the word before"
    assert 4 * cell - places[closing][1] > 0.3 * cell
