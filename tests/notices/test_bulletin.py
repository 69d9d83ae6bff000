"""The 通报 and the 专报 of a round, from its frozen board: figures, two charts, tables, one PDF."""

from io import BytesIO

import pdfplumber
import pytest
from measured import Reading, mm, near
from pressed import noon, overdue, planned, press
from pypdf import PdfReader
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.models import Notice
from issues.notices import acts, drafting, kinds
from issues.notices.checks import check
from issues.notices.facts.counted import round_facts
from issues.notices.kinds.sample import sample
from issues.notices.page.gongwen import render
from issues.notices.page.metrics import BOTTOM, LEFT, RIGHT, TOP
from issues.notices.rights import load
from issues.notices.signing import frozen
from issues.vocabulary import NoticeAct, NoticeKind, RoundAct

TODAY = noon("2025-11-25")
MADE = Notice.kind.in_([NoticeKind.N3, NoticeKind.N4, NoticeKind.N5])


def closed_round(people, at=TODAY):
    with transaction():
        round_ = rounds.open_on(clock.day_of(at), people.sun, at)
        for item in round_.items:
            given = {"number": item.issue.number}
            rounds.decide(round_.id, RoundAct.CONFIRM, people.sun, given, at)
        rounds.close(round_.id, people.zhou, at)
        return round_


def bulletin():
    db.session.rollback()
    rows = select(Notice).where(Notice.kind == NoticeKind.N5).order_by(Notice.id.desc())
    return db.session.scalars(rows).first()


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def sign(notice, actor, raw=None, at=TODAY):
    with transaction():
        if raw:
            acts.do(NoticeAct.EDIT, notice.id, actor, raw, press(), at=at)
        return acts.do(NoticeAct.SIGN, notice.id, actor, {}, press(), at=at)


@pytest.mark.both
def test_a_bulletin_tells_the_frozen_board_whatever_comes_after(people):
    ticket = planned(people)
    round_ = closed_round(people)
    told = bulletin().facts["bulletin"]
    assert (told["red"], told["total"]) == (1, 1)
    assert told["anchor"] == round_.digest
    assert [row["number"] for row in told["listed"]] == [ticket.number]

    overdue(people, title="会后登记的另一件")
    text = text_of(frozen(load(sign(bulletin(), people.zhou).id, people.sun), press()))

    assert "共1项，其中红色1项" in text
    assert "会后" not in text
    assert round_.digest in text.replace(" ", "")
    assert "大茅坪镇场镇生活污水直排河道" in text


def test_the_second_bulletin_compares_with_the_first(people):
    planned(people)
    closed_round(people)
    with clock.standing_on(noon("2025-12-25").date()):
        planned(people, title="又一处河道问题")
        closed_round(people, noon("2025-12-25"))

    told = bulletin().facts["bulletin"]
    assert [one["on"] for one in told["earlier"]] == ["2025-11-25"]
    facts = sample("N5", kinds.shipped("N5")) | {"bulletin": told}
    said = "".join(paragraph.text for paragraph in kinds.compose(facts).body)
    assert "与2025年11月25日调度相比，红色增加1项，黄色持平，绿色持平，已销号持平。" in said


def test_a_bulletin_is_turned_into_a_report_with_a_number_of_its_own(people):
    planned(people)
    closed_round(people)
    notice = sign(bulletin(), people.zhou, {"form": "report"})

    pdf = frozen(load(notice.id, people.sun), press())
    assert notice.number == "巴环委办专报〔2025〕1号"
    text = text_of(pdf)
    assert "突出生态环境问题整改专报" in text
    assert "报送：市委，市人大常委会，市政府，市政协。" in text
    assert "主送" not in text


def drawn_boxes(pdf):
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [(number, box) for number, page in enumerate(opened.pages) for box in page.rects]


def board(units):
    groups = [
        {"name": f"示范{n}县", "red": n % 7, "yellow": 2 * n % 5, "green": n, "closed": 3}
        for n in range(1, units + 1)
    ]
    facts = sample("N5", kinds.shipped("N5"))
    return facts | {"bulletin": facts["bulletin"] | {"groups": groups}}


def test_two_charts_are_drawn_to_scale_inside_the_text_area(faces):
    rendered = render(kinds.compose(board(6)), faces)
    reading = Reading(rendered)
    page = next(
        n for n, sheet in enumerate(reading.sheets)
        if any("各单位“红黄绿”情况（项）" in row.text for row in sheet.rows)
    )  # fmt: skip

    assert any("历次调度“红黄绿”变化（项）" in row.text for row in reading.sheets[page].rows)
    reds = [
        box for number, box in drawn_boxes(rendered.pdf)
        if number == page and near(box["non_stroking_color"][0], 0.78, 0.01)
    ]  # fmt: skip
    widths = [box["x1"] - box["x0"] for box in reds if box["x1"] - box["x0"] > 9.5]
    assert [round(width / widths[0]) for width in widths[:6]] == [1, 2, 3, 4, 5, 6]
    for number, box in drawn_boxes(rendered.pdf):
        if number == page:
            assert LEFT <= box["x0"] <= box["x1"] <= RIGHT
            assert TOP <= box["top"] <= box["bottom"] <= BOTTOM


def test_a_chart_of_many_units_goes_on_over_pages_under_its_own_head(faces):
    document = kinds.compose(board(45))
    reading = Reading(render(document, faces))
    heads = [
        sheet for sheet in reading.sheets
        if any("各单位“红黄绿”情况（项）" in row.text for row in sheet.rows)
    ]  # fmt: skip

    assert check(document, faces) == []
    assert len(heads) == 3
    assert "示范45县" in reading.text


def test_a_bar_or_two_too_many_do_not_go_over_alone(faces):
    """Nineteen units, as the city has."""
    rendered = render(kinds.compose(board(19)), faces)
    heads = [
        sheet for sheet in Reading(rendered).sheets
        if any("各单位“红黄绿”情况（项）" in row.text for row in sheet.rows)
    ]  # fmt: skip

    assert len(heads) == 1
    told = "".join(row.text for row in heads[0].rows)
    assert all(f"示范{n}县" in told for n in range(1, 20))
    assert max(box["bottom"] for _page, box in drawn_boxes(rendered.pdf)) <= BOTTOM + 0.1


def test_the_report_bears_its_name_number_office_and_day_over_a_red_line(faces):
    facts = sample("N5-report", kinds.shipped("N5-report")) | {
        "number": "示专报〔2025〕1号", "signed_on": "2025-11-25", "example": False,
    }  # fmt: skip
    reading = Reading(render(kinds.compose(facts), faces))
    sheet = reading.sheets[0]
    mark, number = sheet.row("突出生态环境问题整改专报"), sheet.row("示专报")
    office = sheet.row("示范市生态环境保护委员会办公室")
    line = next(ruling for ruling in sheet.rulings if ruling.is_red)

    assert all(sign.is_red for sign in mark.signs)
    assert near(mark.middle, (LEFT + RIGHT) / 2, 1.0)
    assert near(number.middle, (LEFT + RIGHT) / 2, 1.0)
    assert near(office.x, LEFT)
    assert office.text.endswith("2025年11月25日")
    assert near(office.right, RIGHT, 1.0)
    assert near(mm(line.y - (office.y + 16)), 4, 0.1)
    assert near(mm(line.x1 - line.x0), 156, 0.1)
    assert "现将有关情况报告如下" in "".join(row.text for row in sheet.rows), "body on page one"


def test_all_notices_of_a_round_are_one_pdf_the_bulletin_first(browser, people):
    for number in range(3):
        planned(people, title=f"第{number}处河道问题")
    round_ = closed_round(people)
    for notice in db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N3)).all():
        sign(notice, people.zhou)
    page = browser.as_("sun").get("/notices", round=str(round_.id))
    link = f"/rounds/{round_.id}/notices.pdf"
    assert link in page.links
    assert len(page.rows()) == len(db.session.scalars(select(Notice).where(MADE)).all())

    answer = browser.as_("sun").get(link).answer
    reader = PdfReader(BytesIO(answer.get_data()))
    text = text_of(answer.get_data())
    assert answer.mimetype == "application/pdf"
    assert "通报" in reader.pages[0].extract_text()
    for number in (1, 2):  # for the second red card the unit is summoned
        assert f"巴环委办督〔2025〕{number}号" in text
    assert browser.as_("sun").get(link).answer.get_data() == answer.get_data(), "same bytes"
    browser.as_("chen").get(link, expect=403)
    browser.as_("sun").get("/rounds/99/notices.pdf", expect=404)


def test_a_bundle_lists_its_tickets_in_the_first_attachment(people):
    tickets = [planned(people, title=f"第{number}处河道问题") for number in range(5)]
    with transaction():
        numbers = [ticket.number for ticket in tickets]
        notice = drafting.draft_by_hand(NoticeKind.N3, numbers, people.sun, TODAY)
    sign(notice, people.zhou)
    facts = load(notice.id, people.sun).facts

    listed = kinds.compose(facts).attachments[0]
    assert listed.title == "督办事项清单"
    assert [row[1] for row in listed.blocks[0].rows] == sorted(ticket.number for ticket in tickets)
    assert "5个突出生态环境问题" in notice.title


def test_a_round_that_is_open_has_no_figures_yet(people):
    with transaction():
        round_ = rounds.open_on(clock.day_of(TODAY), people.sun, TODAY)

    with pytest.raises(LookupError, match="is not closed"):
        round_facts(round_)
