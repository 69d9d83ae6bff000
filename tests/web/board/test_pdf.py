"""作战图: the board on one sheet of paper, in the product's faces, within what one may see."""

import io
import re

import kept_pdf
import pytest
from pypdf import PdfReader

from issues.notices.fonts.faces import FaceRole
from issues.vocabulary import Status
from issues.web.board.sheet import FIGURES, LISTED
from issues.web.board.sheet_pen import TEXT, WIDTH, Pen
from issues.web.board.sheet_rows import HEADS


@pytest.fixture
def red(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=late, sponsor="王副区长")


def sheet(browser, name="sun", **asked):
    answer = browser.as_(name).get("/board.pdf", **asked).answer
    assert answer.mimetype == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    return PdfReader(io.BytesIO(answer.data))


def text_of(reader):
    return "".join(page.extract_text() for page in reader.pages).replace("\n", " ")


def test_it_says_what_the_board_says(red, browser):
    text = text_of(sheet(browser))

    for words in ("红黄绿”作战图", red.number, "逾期的事项", "包案 王副区长", "截止时间 2025-11-25",
                  "示例数据"):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(("size", "width"), [("A3", 1190.55), ("A4", 841.85), ("x", 1190.55)])
def test_it_is_one_sheet_lying_down(red, browser, size, width):
    reader = sheet(browser, size=size)

    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert float(box.width) == pytest.approx(width, abs=0.1)
    assert box.width > box.height


def test_every_face_is_embedded(red, browser):
    fonts = sheet(browser).pages[0]["/Resources"]["/Font"]

    assert fonts
    for font in fonts.values():
        assert "/FontFile2" in font["/FontDescriptor"]


def test_a_unit_prints_its_own_alone(red, browser):
    assert red.number in text_of(sheet(browser, "chen"))
    assert red.number not in text_of(sheet(browser, "wu"))
    browser.as_("sysadmin").get("/board.pdf", expect=403)


def test_many_and_long_titles_stay_on_the_sheet(make_issue, browser):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    for number in range(LISTED + 3):
        make_issue(deadline="2025-11-20", title=f"{number}" + "很长的标题" * 20, measures=late)

    assert len(sheet(browser).pages) == 1


def test_as_many_as_it_says_turn_red_are_listed_and_first(make_issue, browser):
    """Tickets that turn yellow sooner do not crowd out those that turn red."""
    later, late = ([{"text": "完成整治", "deadline": day}] for day in ("2026-01-05", "2025-12-20"))
    for number in range(9):
        make_issue(deadline="2026-01-05", title=f"先转黄的{number}号", measures=later)
    for number in range(3):
        make_issue(deadline="2025-12-20", title=f"要转红的{number}号", measures=late)

    text = text_of(sheet(browser))

    for word, mark in (("转红", "●转红"), ("转黄", "▲转黄")):
        counted = re.search(rf"(?<=[将、]){word} (\d+) 件(?:（列(\d+)件）)?", text)
        assert text.count(mark) == int(counted[2] or counted[1]) > 0
    assert all(f"要转红的{number}号" in text for number in range(3))


def test_every_figure_of_the_sheet_has_its_meaning_on_it(red, browser):
    text = text_of(sheet(browser))

    for words in (
        "灰（◇）为已销号、不再计色的0件", "销号进度的“已销号”含这两类，共0件",
        "各行相加等于上板总数", "新增红色：2025-11-25为红而2025-10-26不为红的事项",
    ):  # fmt: skip
        assert words in text, words
    assert "当日所见" in text_of(sheet(browser, seen="1"))


def test_an_empty_board_is_a_sheet_too(browser):
    assert "没有" in text_of(sheet(browser))


def test_counties_and_zones_stand_on_it(make_issue, browser):
    make_issue(Status.ASSIGNED, title="园区的事项", primary_unit="511900-JKQ")

    text = text_of(sheet(browser))

    assert text.count("巴中经开区") == text.count("巴州区") + 1 == 2


def test_colour_is_told_by_shape_and_word(red, browser):
    text = text_of(sheet(browser))

    for sign in ("● 红", "▲ 黄", "■ 绿", "◇ 已销号"):
        assert sign in text, sign


def test_it_says_of_itself_whose_it_is_and_when_it_was_drawn(red, browser):
    pdf = browser.as_("sun").get("/board.pdf", on="2025-11-20").answer.data

    assert kept_pdf.faults(pdf) == []
    title, author, subject, day = kept_pdf.told_of(pdf)
    assert title.endswith("“红黄绿”作战图 2025-11-20")
    assert author == "巴中市生态环境保护委员会办公室"
    assert (subject, day) == ("截止时间 2025-11-20", "D:20251125")


def test_the_headings_of_the_figures_do_not_touch(app):
    """Closed is called as on the board, and there is room for the word."""
    pen = Pen(None, app.extensions["faces"]())

    assert "◇已销号" in HEADS
    for head, room in zip(HEADS, FIGURES, strict=True):
        assert pen.line(head, TEXT, FaceRole.HEI, WIDTH).width < room - 4, head
