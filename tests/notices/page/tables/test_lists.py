"""Long lists lie on their side: columns by their cells, the head on every page, the total last."""

import pytest
from measured import Reading, near
from notice_facts import document, issue

from issues.notices.page import metrics
from issues.notices.page.document import Table
from issues.notices.page.gongwen import DRAWING, laid_out, render
from issues.notices.page.ink import TurnedMark
from issues.notices.page.tables.fitting import fitted, lying, sideways

PROBLEM = (
    "设计规模每日500吨的场镇污水站长期只进水130吨左右，进水化学需氧量最低仅42毫克每升。沿河主管3处塌陷、"
    "11处接口脱开，雨天河水倒灌，晴天污水渗入支沟。"
)
MANY = [
    issue(number=f"BZ-AF-2025-{n:03d}", problem=PROBLEM, goal="恢复主管，消除渗漏。", reasons=[])
    for n in range(1, 118)
]  # fmt: skip


@pytest.fixture(scope="module")
def listed(faces):
    reading = Reading(render(document(issues=MANY), faces))
    return reading, [sheet for sheet in reading.sheets if sheet.lies]


def test_117_tickets_take_no_more_than_twelve_pages(listed):
    _reading, pages = listed

    assert 0 < len(pages) <= 12
    for sheet in pages:
        assert (sheet.width, sheet.height) == pytest.approx(
            (metrics.PAGE_HEIGHT, metrics.PAGE_WIDTH)
        )


def test_each_page_repeats_the_head_and_the_total_follows_the_last_row(listed):
    _reading, pages = listed

    for number, sheet in enumerate(pages):
        texts = [row.text for row in sheet.rows]
        assert any(text.startswith("序号编号存在问题") for text in texts), number
    assert [row.text for row in pages[-1].rows][-1] == "合计117项"
    assert "".join(row.text for sheet in pages for row in sheet.rows).count("BZ-AF-2025-") == 117


def test_the_list_stays_in_the_text_area_of_a_page_on_its_side(listed):
    _reading, pages = listed
    left, right = metrics.PAGE_HEIGHT - metrics.BOTTOM, metrics.PAGE_HEIGHT - metrics.TOP

    for sheet in pages:
        for row in sheet.rows:
            assert left - 0.3 <= row.x
            assert row.right <= right + 0.6, row.text
            assert metrics.LEFT - 0.3 <= row.y <= metrics.RIGHT


def test_the_page_number_stands_where_it_does_on_other_pages(faces):
    with DRAWING:
        sheets, _seal = laid_out(document(issues=MANY), faces)

    for number, marks in enumerate(sheets.pages, 1):
        told = [m for m in marks if not isinstance(m, TurnedMark)]
        if any(isinstance(mark, TurnedMark) for mark in marks):
            (mark,) = told
            assert mark.line.text == f"— {number} —"
            assert near(mark.y + (metrics.ASCENT - metrics.DASH) * metrics.SMALL,
                        metrics.BOTTOM + metrics.PAGE_NUMBER_BELOW, 0.1)  # fmt: skip


def test_no_cell_tears_a_number(listed):
    _reading, pages = listed

    for sheet in pages:
        numbers = [row for row in sheet.rows if "BZ-AF-2025-" in row.text]
        for row in numbers:
            assert row.text.count("BZ-AF-2025-") == 1


HEADS = ("序号", "编号", "存在问题", "整改目标", "整改时限", "主责单位", "触发规则")


def test_columns_follow_their_cells_and_hold_the_longest_number():
    rows = tuple((str(n), f"BZ-AF-2025-{n:03d}", PROBLEM, "恢复", "2025年底前", "县", "—")
                 for n in range(1, 60))  # fmt: skip
    table = Table((1.0,) * 7, rows, HEADS)
    widths = lying(table).widths

    assert widths[2] == max(widths)
    assert widths[1] > 0.52 * len("BZ-AF-2025-001")
    assert sideways(table, metrics.WIDTH, metrics.HEIGHT)
    assert not sideways(Table((1.0,) * 7, rows[:3], HEADS), metrics.WIDTH, metrics.HEIGHT)


def test_a_form_and_an_empty_table_keep_their_columns():
    form = Table((1, 2), (("甲", "乙"),))
    empty = Table((1, 2), (("", ""),), ("甲", "乙"))
    for table in (form, empty):
        assert lying(table) is table
        assert fitted(table, (metrics.WIDTH, metrics.HEIGHT), None) is table
