"""The 文件 form measured on the PDF itself against GB/T 9704-2012."""

import re
from itertools import pairwise

import pytest
from measured import mm, near
from notice_facts import OFFICE, UNIT, document, issue

from issues.notices.page.document import Document, Imprint, Paragraph
from issues.notices.page.metrics import (
    BODY,
    BOTTOM,
    CELL,
    CELL_TEXT,
    LEFT,
    LINE,
    MM,
    MOST_PITCH,
    PAGE_HEIGHT,
    RIGHT,
    SMALL,
    TITLE,
    TOP,
)
from issues.notices.page.titles import WORDS, title_lines

TO_SEAL = 1  # lines of the body the seal may hang away from
MARK_INK = 1.5  # mm by which a glyph's own ink may differ from its em box


def plain(text, **changes):
    """A document of nothing but one text."""
    facts = {
        "form": "file",
        "mark": "示范文件",
        "title": "关于示范事项的通知",
        "recipients": "各单位",
        "body": (Paragraph(text),),
        "signer": "示范单位",
        "number": "示〔2025〕1号",
        "date": None,
        "draft": False,
    }
    return Document(**(facts | changes))


@pytest.fixture(scope="module")
def red(faces):
    from measured import Reading  # noqa: PLC0415

    from issues.notices.page.gongwen import render  # noqa: PLC0415 - the module's one drawing

    return Reading(render(document(), faces))


def signed(reading):
    """The sheet with the 署名."""
    return next(
        sheet for sheet in reading.sheets if any(r.text == "2025年11月25日" for r in sheet.rows)
    )


def test_every_sheet_is_a4(red):
    for sheet in red.sheets:
        assert near(sheet.width, 210 * MM)
        assert near(sheet.height, 297 * MM)


def test_nothing_but_page_numbers_stands_outside_the_text_area(red):
    for sheet in red.sheets:
        for row in sheet.rows:
            if row.text.startswith("—"):
                continue
            assert row.x >= LEFT - 0.3, row.text
            assert row.right <= RIGHT + 0.6, row.text
            assert row.y >= TOP - 0.3, row.text
            assert row.y + row.size <= BOTTOM + 0.3, row.text


def test_a_full_page_is_22_lines_of_28_characters(drawn):
    reading = drawn(plain("整改" * 14 * 60))
    rows = reading.sheets[1].text_rows

    assert len(rows) == 22
    for number, row in enumerate(rows):
        assert len(row.text) == 28
        assert near(row.y, TOP + number * LINE)
        for place, sign in enumerate(row.signs):
            assert near(sign.x, LEFT + place * CELL)
    assert near(mm(rows[-1].signs[-1].x + CELL), 28 + 156, 0.1)


def test_body_is_16_pt_in_the_face_of_its_level(red):
    rows = {row.text[:6]: row for sheet in red.sheets[:4] for row in sheet.text_rows}
    first = next(row for text, row in rows.items() if text.startswith("一、"))
    second = next(row for text, row in rows.items() if text.startswith("（一）"))
    third = next(row for text, row in rows.items() if text.startswith("1. "))

    for row in (first, second, third):
        assert row.size == 16
        assert near(row.x, LEFT + 2 * CELL, 1.0)
    assert "NotoSansSC" in first.signs[0].font
    assert "WenKai" in second.signs[0].font
    assert "Fandol" in third.signs[-1].font


def test_figures_and_latin_letters_are_in_the_song_face(red):
    for sheet in red.sheets[:4]:
        for row in sheet.text_rows:
            for sign in row.signs:
                if re.fullmatch(r"[0-9A-Za-z]", sign.text) and sign.size == 16:
                    assert "NotoSerifSC" in sign.font or "NotoSansSC" in sign.font


def test_urgency_stands_top_left_in_hei(red):
    row = red.sheets[0].rows[0]

    assert row.text == "特急"
    assert row.size == BODY
    assert near(row.x, LEFT)
    assert near(row.y, TOP)
    assert "NotoSansSC" in row.signs[0].font


def test_the_red_mark_is_35_mm_under_the_top_of_the_text_area(red):
    mark = red.sheets[0].row(OFFICE + "文件")
    ink = mark.y + 0.04 * mark.size

    assert all(sign.is_red for sign in mark.signs)
    assert "NotoSerifSC-Bold" in mark.signs[0].font
    assert near(mark.middle, (LEFT + RIGHT) / 2, 1.0)
    assert near(mm(ink - TOP), 35, MARK_INK)


def test_number_red_line_and_title_follow_in_their_distances(red):
    sheet = red.sheets[0]
    mark, number = sheet.row(OFFICE + "文件"), sheet.row("巴环委办督")
    line = next(ruling for ruling in sheet.rulings if ruling.is_red)
    title = next(row for row in sheet.rows if row.size == TITLE)

    assert near(number.y - (mark.y + mark.size), 2 * LINE, 0.1 * LINE)
    assert number.size == BODY
    assert near(number.middle, (LEFT + RIGHT) / 2, 1.0)
    assert near(mm(line.y - (number.y + BODY)), 4, 0.1)
    assert near(mm(line.x1 - line.x0), 156, 0.1)
    assert near(title.y - line.y, 2 * LINE, 0.1)


def test_the_title_is_broken_to_even_lines_between_words(red):
    rows = [row for row in red.sheets[0].rows if row.size == TITLE]
    whole = "".join(row.text for row in rows)
    breaks = [len("".join(row.text for row in rows[:n])) for n in range(1, len(rows))]

    assert 1 < len(rows) <= 3
    assert max(row.right - row.x for row in rows) <= 20 * TITLE + 1
    assert max(len(r.text) for r in rows) - min(len(r.text) for r in rows) <= 4
    for row in rows:
        assert "NotoSerifSC-Bold" in row.signs[0].font
        assert near(row.middle, (LEFT + RIGHT) / 2, 1.0)
    for word in (*WORDS, UNIT, OFFICE, "巴州区"):
        for found in re.finditer(re.escape(word), whole):
            assert not any(found.start() < place < found.end() for place in breaks), word


def test_the_recipient_is_one_line_under_the_title_with_a_full_colon(red):
    sheet = red.sheets[0]
    title = [row for row in sheet.rows if row.size == TITLE][-1]
    to = sheet.row(UNIT)

    assert to.text == f"{UNIT}："
    assert near(to.x, LEFT)
    for before, after in pairwise(to.signs):
        assert near(after.x - before.x, CELL, 0.05)
    assert near(to.y - (title.y + TITLE), 2 * LINE - BODY, 0.6)


@pytest.mark.parametrize("length", [4, 30, 60])
@pytest.mark.parametrize("recipient", ["巴州区人民政府", "各县（区）人民政府、市级有关部门" * 8])
def test_page_one_always_shows_body_text(drawn, length, recipient):
    title = "场镇生活污水直排河道" * 6
    facts = document(unit_name=recipient, issues=[issue(title=title[:length])])
    rows = drawn(facts).sheets[0].text_rows
    after = rows[next(n for n, row in enumerate(rows) if row.text.endswith("：")) + 1 :]

    assert after, "no body on page one"
    assert "你单位负责" in after[0].text


def test_more_recipients_than_page_one_has_room_for_stand_over_the_copies(drawn):
    names = "、".join(f"市级第{n}有关部门" for n in range(1, 61))
    reading = drawn(document(unit_name=names))
    rows, foot = reading.sheets[0].text_rows, reading.sheets[-1]
    first = next(n for n, row in enumerate(rows) if row.text.startswith("你单位负责"))
    to, copies = foot.row("主送："), foot.row("抄送：")
    top, above_office = foot.rulings[-3:-1]

    assert near(rows[first - 1].size, TITLE), "the body follows the title"
    assert len(rows) > first + 3
    assert top.y < to.y < copies.y < above_office.y, "one block, no line between the two"
    assert near(to.x, copies.x)
    assert "第60有关部门。" in "".join(row.text for row in foot.rows)


def test_the_date_ends_four_characters_from_the_right_under_the_name(red):
    sheet = signed(red)
    name, date = sheet.row(OFFICE), sheet.row("2025年11月25日")

    listed = [row for row in sheet.text_rows if row.y < name.y - 1][-1]
    pitch = date.y - name.y
    assert abs(pitch - LINE) <= MOST_PITCH
    assert round((name.y - listed.y) / pitch, 2) in {2, 3}, "two blank lines for the seal, or one"
    assert near(name.middle, date.middle, 1.5)
    assert near(date.right, RIGHT - 4 * CELL, 1.0)


def test_a_name_too_long_to_be_centred_ends_flush_right_with_the_date_under_its_middle(drawn):
    long = "巴中市生态环境保护委员会办公室专项督察组"
    sheet = drawn(document(issuer={"name": long})).sheet_of("2025年11月25日")
    name, date = sheet.row(long), sheet.row("2025年11月25日")

    assert near(name.right, RIGHT, 1.0)
    assert near(name.middle, date.middle, 1.5)


def test_a_short_name_is_centred_over_a_date_four_characters_in(drawn):
    reading = drawn(
        document(issuer={"name": "市环委办", "short": "市环委办"}, signed_on="2025-03-05")
    )
    sheet = reading.sheet_of("2025年3月5日")
    name, date = sheet.row("市环委办"), sheet.row("2025年3月5日")

    assert near(date.right, RIGHT - 4 * CELL, 1.0)
    assert near(name.middle, date.middle, 0.6)


@pytest.mark.parametrize("characters", range(0, 28 * 22, 56))
def test_the_seal_has_text_on_its_page_and_within_a_line(drawn, characters):
    body = "整改" * (140 + characters // 2)
    reading = drawn(plain(body, imprint=Imprint("示范单位", None)))
    page, x, y, size, _organ = reading.seal
    top = PAGE_HEIGHT - y - size
    rows = reading.sheets[page - 1].text_rows
    texts = [row for row in rows if row.text.startswith("整改") or "整改整改" in row.text]

    assert texts, "the seal is alone on its page"
    assert top - (texts[-1].y + BODY) <= TO_SEAL * LINE
    assert LEFT < x < x + size <= 210 * MM
    assert any(row.text == "示范单位" for row in rows)


def test_the_qr_code_stands_left_with_its_foot_on_the_date(red):
    sheet = signed(red)
    date = sheet.row("2025年11月25日")
    left = min(square["x0"] for square in sheet.squares)
    right = max(square["x1"] for square in sheet.squares)
    foot = max(square["bottom"] for square in sheet.squares)

    assert near(left, LEFT)
    assert near(mm(right - left), 18, 0.1)
    assert near(foot, date.y + BODY, 0.5)
    assert sheet.row("扫码验真").y > foot


def test_attachments_are_listed_a_line_under_the_body_two_characters_in(red):
    sheet = signed(red)
    rows = sheet.text_rows
    place = next(n for n, row in enumerate(rows) if row.text.startswith("附件："))

    assert near(rows[place].x, LEFT + 2 * CELL)
    assert near(rows[place].y - rows[place - 1].y, 2 * LINE)
    assert [row.text for row in rows[place : place + 3]] == [
        "附件：1. 督办事项清单", "2. 督办事项反馈表", "3. 签收回执",
    ]  # fmt: skip


def test_each_attachment_begins_a_page_with_its_number_and_title_on_line_three(red):
    begun = red.sheets.index(signed(red)) + 1
    for number, sheet in enumerate(red.sheets[begun : begun + 3], 1):
        label, title = sheet.rows[0], sheet.rows[1]

        assert label.text == f"附件{number}"
        assert "NotoSansSC" in label.signs[0].font
        assert label.size == BODY
        assert near(label.y, TOP)
        assert title.size == TITLE
        assert near(title.y, TOP + 2 * LINE)


def test_lines_of_a_table_cell_are_16_pt_apart_in_4_pt_smaller_letters(red):
    cells = [row for row in red.sheet_of("附件1").rows if row.size == CELL_TEXT]
    falls = {round(after.y - before.y) for before, after in pairwise(cells)}

    assert CELL_TEXT == 12
    assert min(falls - {0}) == 8, "centred beside a taller cell, half a line apart"
    assert 16 in {round(b.y - a.y) for a in cells for b in cells}


def test_the_imprint_closes_the_last_page_between_three_lines(red):
    sheet = red.sheets[-1]
    outer, inner, last = sheet.rulings[-3:]
    copies, office = sheet.row("抄送："), sheet.row(OFFICE + "2025年11月25日印发")

    assert [round(mm(line.thickness), 2) for line in (outer, inner, last)] == [0.35, 0.25, 0.35]
    assert near(last.y, BOTTOM)
    assert near(outer.y - copies.y, inner.y - office.y), "each row stands between its lines"
    assert near(inner.y - outer.y, last.y - inner.y)
    assert near(mm(last.y - inner.y), 8, 0.1)
    for line in (outer, inner, last):
        assert near(mm(line.x1 - line.x0), 156, 0.1)
    for row in (copies, office):
        assert row.size == SMALL
        assert near(row.x, LEFT + SMALL, 1.0)
    assert near(office.right, RIGHT - SMALL, 1.0)
    assert copies.text.endswith("。")


def test_page_numbers_are_outside_and_seven_mm_below(red):
    for number, sheet in enumerate(red.sheets, 1):
        row = sheet.row(f"— {number} —")
        dash = row.y + (0.88 - 0.30) * SMALL

        assert row.size == SMALL
        assert all("NotoSerifSC" in sign.font for sign in row.signs if sign.text.isdecimal())
        assert near(mm(dash - BOTTOM), 7, 0.1)
        if number % 2:
            assert near(row.right, RIGHT - SMALL, 1.5)
        else:
            assert near(row.x, LEFT + SMALL, 1.5)


def test_the_words_of_a_centred_cell_are_broken_evenly(drawn):
    sheets = drawn(document()).sheets
    cells = [row.text for sheet in sheets for row in sheet.rows if row.size == CELL_TEXT]

    assert any("（盖章）" in text for text in cells), "not 签收单位（盖 over 章）"
    assert not any(text.startswith(("章）", "位", "则")) for text in cells)


def test_an_answer_sheet_of_many_tickets_points_to_the_list(drawn):
    many = [issue(number=f"BZ-AF-2025-{n:03d}") for n in range(1, 13)]
    sheet = drawn(document(issues=many)).sheet_of("附件2")
    text = "".join(row.text for row in sheet.rows)

    assert "BZ-AF-2025-001等" in text
    assert "12项（见附件1）" in text
    assert "BZ-AF-2025-012" not in text


@pytest.mark.parametrize(
    "lines",
    [
        [
            "示范市生态环境保护委员会办公室",
            "关于移交示范镇场镇生活污水",
            "直排河道问题问责线索的函",
        ],
        ["市环委办关于移交大茅坪镇场镇", "生活污水直排河道问题问责线索的函"],
        ["关于督办甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥的通知"],
    ],
    ids=["a line more", "a place's name is a word", "nothing to mend"],
)
def test_a_title_takes_a_line_more_rather_than_tear_a_word(lines):
    assert title_lines("".join(lines)) == lines


def test_a_long_list_repeats_its_head_on_every_page(drawn):
    many = [issue(number=f"BZ-AF-2025-{n:03d}") for n in range(1, 61)]
    reading = drawn(document(issues=many))
    labels = [sheet.rows[0].text for sheet in reading.sheets]
    pages = reading.sheets[labels.index("附件1") : labels.index("附件2")]

    assert len(pages) > 3
    for sheet in pages:
        head = next(row for row in sheet.rows if row.text.startswith("序号"))
        assert head.text.startswith("序号编号存在问题整改目标整改时限")
        assert all("NotoSansSC" in sign.font for sign in head.signs)
    assert [row for sheet in pages for row in sheet.rows if row.text.startswith("60")]


def test_an_unsigned_draft_says_so_across_every_page(drawn):
    reading = drawn(document(number=None, signed_on=None))

    for sheet in reading.sheets:
        assert "草稿" in "".join(sign.text for sign in sheet.signs if not sign.upright)
        assert any("未经签发" in row.text for row in sheet.rows)
    assert "签发时编号" in reading.text


def test_an_example_says_so_in_the_margin(drawn):
    for sheet in drawn(document(example=True)).sheets:
        row = next(row for row in sheet.rows if "示例数据" in row.text)
        assert row.y > BOTTOM
