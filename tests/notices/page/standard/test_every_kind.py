"""GB/T 9704-2012 on the marks of every kind of paper, however long its title, its text and 主送."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from every_kind import KINDS, example
from measured import near

from issues.notices.page import metrics
from issues.notices.page.document import Attachment, Paragraph, Table
from issues.notices.page.gongwen import DRAWING, laid_out
from issues.notices.page.ink import RuleMark, TextMark
from issues.notices.page.places import places_of
from issues.notices.page.titles import lines_in

ISSUER = "示范市生态环境保护委员会办公室"
TITLES = {
    1: "关于示范问题整改的提示函",
    2: f"{ISSUER}关于示范镇场镇生活污水直排问题整改的函",
    3: f"{ISSUER}关于示范镇工业集中区污水处理站：进水化学需氧量浓度长期偏低"
    "问题整改的督办通知书（红牌）",
}
ANNEX = Attachment("示范清单", (Table((1, 3), (("1", "甲"), ("2", "乙")), ("序号", "名称")),))
BODIES = {"short": 2, "page": 14, "long": 60}
MANY = "、".join(f"示范市第{n}有关部门" for n in range(1, 31))


def papers():
    """Each kind with each title, and by turns the other things that vary."""
    for place, kind in enumerate(KINDS):
        for lines in TITLES:
            for turn, body in enumerate(BODIES):
                annexes = (place + lines + turn) % 3
                yield pytest.param(
                    kind, lines, body, MANY if (place + turn) % 2 else "示范县人民政府", annexes,
                    id=f"{kind}-{lines}-{body}-{annexes}",
                )  # fmt: skip


@pytest.mark.parametrize(("kind", "lines", "body", "recipients", "annexes"), list(papers()))
def test_the_marks_stand_where_the_standard_wants_them(
    faces, kind, lines, body, recipients, annexes
):
    text = "经核查，该问题整改工作滞后，污水处理站出水化学需氧量浓度为78 mg/L，超标0.5倍。"
    shipped = example(kind)
    paper = replace(
        shipped,
        title=TITLES[lines],
        recipients=recipients if shipped.recipients else "",
        body=tuple(Paragraph(text) for _ in range(BODIES[body])),
        attachments=(ANNEX,) * annexes,
        draft=False,
        example=False,
    )
    with DRAWING:
        sheets, _seal = laid_out(paper, faces)
    found = places_of(sheets, paper)

    assert len(found.title) == lines == len(lines_in(faces, paper.title, paper.phrases))
    _in_the_text_area(sheets, paper)
    _title(found)
    _body(found, sheets)
    _recipients(found, paper)
    _signature(found, paper)
    _contact(found, paper)
    _page_numbers(sheets, paper)
    _imprint(sheets, paper)


def texts_of(marks):
    return [mark for mark in marks if isinstance(mark, TextMark)]


def is_number(mark):
    return re.fullmatch(r"— \d+ —", mark.line.text)


def _in_the_text_area(sheets, paper):
    top = metrics.LETTER_MARK_TOP - 10 if paper.form == "letter" else metrics.TOP
    for marks in sheets.pages:
        for mark in texts_of(marks):
            if is_number(mark):
                continue
            width = mark.line.drawn_width * mark.narrow
            assert mark.x + mark.line.indent >= metrics.LEFT - 0.1
            assert mark.x + mark.line.indent + width <= metrics.RIGHT + 0.6, mark.line.text
            assert mark.y >= top - 0.1
            assert mark.y + mark.line.type.size <= metrics.BOTTOM + 0.1, mark.line.text


def _title(found):
    widths = [box.width for box in found.title]
    for box in found.title:
        assert near(box.x + box.width / 2, (metrics.LEFT + metrics.RIGHT) / 2, 0.1)
    for one, two in pairwise(found.title):
        assert near(two.top - one.top, metrics.LINE, 0.02)
    if len(widths) == 3:
        assert widths[1] >= min(widths[0], widths[2]), "an hourglass"


def _body(found, sheets):
    boxes = [box for lines in found.body for box in lines]
    begun = {}
    for box in boxes:
        begun.setdefault(box.page, []).append(box.top)
    for page, tops in begun.items():
        pitches = {round(b - a, 1) for a, b in pairwise(tops)}
        assert len(pitches) <= 2, "one pitch a page"
        assert all(abs(one - metrics.LINE) <= metrics.MOST_PITCH + 0.06 for one in pitches)
        assert page == boxes[0].page or near(tops[0], metrics.TOP, 0.02)
        assert len(tops) <= metrics.LINES
    assert near(boxes[0].x, metrics.LEFT + 2 * metrics.CELL, 0.1)


def _recipients(found, paper):
    for box in found.recipients:
        assert near(box.x, metrics.LEFT, 0.1)
    if paper.recipients == MANY and paper.form != "report":
        assert len(found.recipients) != 1


def _signature(found, paper):
    if paper.form == "minutes":
        assert not found.signer
        return
    (date,) = found.date
    assert any(box.page == date.page for lines in found.body for box in lines), "此页无正文"
    if paper.partners:
        return
    (signer,) = found.signer
    assert near(signer.x + signer.width / 2, date.x + date.width / 2, 0.1)
    right = metrics.RIGHT - metrics.DATE_FROM_RIGHT
    assert near(date.x + date.width, right, 0.1) or near(
        signer.x + signer.width, metrics.RIGHT, 0.1
    )
    assert 0 < date.top - signer.top <= metrics.LINE + metrics.MOST_PITCH


def _contact(found, paper):
    if paper.contact and paper.form != "minutes":
        assert len(found.contact) == 1, "it fits on one line"
        assert near(found.contact[0].x, metrics.LEFT + 2 * metrics.CELL, 0.1)
        assert found.contact[0].top > found.date[0].top


def _page_numbers(sheets, paper):
    for number, marks in enumerate(sheets.pages, 1):
        told = [mark for mark in texts_of(marks) if is_number(mark)]
        if number in sheets.unnumbered or (paper.form == "letter" and number == 1):
            assert not told
            continue
        (mark,) = told
        assert mark.line.text == f"— {number} —"
        right = mark.x + mark.line.width
        if number % 2:
            assert near(right, metrics.RIGHT - metrics.SMALL, 0.1)
        else:
            assert near(mark.x, metrics.LEFT + metrics.SMALL, 0.1)
        dash = mark.y + (metrics.ASCENT - metrics.DASH) * metrics.SMALL
        assert near(dash, metrics.BOTTOM + 7 * metrics.MM, 0.1)


def _imprint(sheets, paper):
    if paper.imprint is None:
        return
    assert len(sheets.pages) % 2 == 0, "the 版记 closes the back of a sheet"
    rules = [mark for mark in sheets.pages[-1] if isinstance(mark, RuleMark)]
    assert near(max(rule.y0 for rule in rules), metrics.BOTTOM, 0.1)
    for before in sheets.pages[:-1]:
        assert not any("印发" in mark.line.text and mark.line.type.size == metrics.SMALL
                       for mark in texts_of(before))  # fmt: skip
