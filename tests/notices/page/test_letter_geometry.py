"""The 信函 form measured on the PDF itself."""

import pytest
from measured import Reading, mm, near
from notice_facts import OFFICE, document

from issues.notices.page.gongwen import render
from issues.notices.page.metrics import BODY, LEFT, LINE, MM, PAGE_HEIGHT, RIGHT, TITLE


@pytest.fixture(scope="module")
def letter(faces):
    return Reading(render(document(kind="N1"), faces))


def test_the_mark_is_30_mm_from_the_top_of_the_paper_and_says_no_wenjian(letter):
    mark = letter.sheets[0].rows[0]

    assert mark.text == OFFICE
    assert all(sign.is_red for sign in mark.signs)
    assert near(mm(mark.y + 0.04 * mark.size), 30, 1.5)


def test_a_double_line_thick_over_thin_is_4_mm_under_the_mark(letter):
    mark = letter.sheets[0].rows[0]
    thick, thin = letter.sheets[0].rulings[:2]

    assert near(mm(thick.y - (mark.y + mark.size)), 4, 1.0)
    assert thick.thickness > thin.thickness
    assert thick.y < thin.y
    for line in (thick, thin):
        assert line.is_red
        assert near(mm(line.x1 - line.x0), 170, 0.1)
        assert near(mm(line.x0), 20, 0.1)


def test_a_second_one_thin_over_thick_is_20_mm_from_the_foot_of_page_one(letter):
    thin, thick = letter.sheets[0].rulings[-2:]

    assert near(mm(PAGE_HEIGHT - thick.y), 20, 0.2)
    assert thin.y < thick.y
    assert thin.thickness < thick.thickness
    assert not any(ruling.is_red for sheet in letter.sheets[1:] for ruling in sheet.rulings)


def test_the_number_is_flush_right_in_the_line_under_the_double_line(letter):
    sheet = letter.sheets[0]
    thin = sheet.rulings[1]
    row = next(row for row in sheet.rows if "巴环委办督" in row.text)

    assert near(row.right, RIGHT, 0.5)
    assert near(row.y - thin.y, BODY * 7 / 8, 1.0)
    assert row.text.startswith("特急")
    assert near(row.x, LEFT)


def test_the_title_is_two_lines_under_the_number(letter):
    sheet = letter.sheets[0]
    number = next(row for row in sheet.rows if "巴环委办督" in row.text)
    title = next(row for row in sheet.rows if row.size == TITLE)

    assert near(title.y - (number.y + BODY), 2 * LINE, 0.6)


def test_page_one_has_no_number_and_no_page_has_imprint_lines(letter):
    numbered = [any(r.text.startswith("—") for r in sheet.rows) for sheet in letter.sheets]
    last = letter.sheets[-1]

    assert numbered == [False] + [True] * (len(numbered) - 1)
    assert any(row.text.startswith("抄送：") for row in last.rows)
    assert not any(line.y > 250 * MM for line in last.rulings)
