"""A published quarter of a unit as a signed paper, held against the record before it is signed."""

import io
from datetime import date
from decimal import Decimal

import pytest
from people import ENYANG
from pypdf import PdfReader
from sqlalchemy import select, update

from auth.actor import SYSTEM
from auth.models import Unit
from extensions import db, transaction
from issues.ground import clock
from issues.models import Event, ScoreEntry, ScoreSheet
from issues.notices.page.gongwen import SETTING
from issues.scores import booking
from issues.scores.sheets import signing
from issues.vocabulary import Action
from issues.web.notices.pdf import press

THIRD = "year=2025&quarter=3"
URL = f"/scores/{ENYANG}/sheet?{THIRD}"
PDF = f"/scores/{ENYANG}/sheet.pdf?{THIRD}"


def text_of(pdf):
    """Without blanks: a cell breaks its lines anywhere."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def sheets():
    db.session.rollback()
    return list(db.session.scalars(select(ScoreSheet)))


def red():
    rows = select(ScoreEntry).join(Unit, Unit.id == ScoreEntry.unit_id)
    return db.session.scalars(rows.where(Unit.code == ENYANG, ScoreEntry.rule == "red")).one()


def test_the_paper_names_each_point_s_event_formula_and_rules(browser, published):
    he = browser.as_("he")
    assert he.get(URL).text.count("已与记录核对一致") == 1
    he.post(URL, via=URL)

    (row,) = sheets()
    assert row.number == "考核得分单〔2025〕1号"
    seq = db.session.get_one(Event, red().event_id).seq
    told = text_of(he.get(PDF).answer.data)
    for said in (
        row.number, "恩阳区", "2025年第3季度", published.number, f"办理过程第{seq}条",
        "−2×100%×1.5＝−3", "初始规则", row.facts["formula"][:8], "签收人", "何绩效",
    ):  # fmt: skip
        assert said in told, said
    assert "草稿" not in told
    assert f"/scores/{ENYANG}/sheet?{THIRD}" in he.get(f"/scores/{ENYANG}?{THIRD}").links


def test_a_unit_sees_its_own_paper_once_it_is_signed(browser, published):
    wu = browser.as_("wu")
    assert "尚未签发" in wu.get(URL).text
    wu.get(PDF, 404)
    wu.send(URL, 403, **wu.bare({}))
    browser.as_("he").post(URL, via=URL)

    assert "下载得分单" in wu.get(URL).text
    assert wu.get(PDF).answer.data == browser.as_("zhao").get(PDF).answer.data
    browser.as_("chen").get(URL, 404)
    browser.as_("chen").get(PDF, 404)


def test_a_draft_says_that_it_is_one(browser, published):
    assert "草稿" in text_of(browser.as_("he").get(PDF).answer.data)
    assert sheets() == []


def test_what_is_not_published_is_no_paper(browser, published):
    browser.as_("he").get(f"/scores/{ENYANG}/sheet?year=2025&quarter=4", 404)
    assert "第3季度" in browser.as_("he").get(f"/scores/{ENYANG}/sheet").text
    browser.as_("he").get(f"/scores/{ENYANG}/sheet.pdf?year=2025&quarter=4", 404)


def test_a_paper_is_signed_once(browser, published):
    he = browser.as_("he")
    he.post(URL, via=URL)

    he.send(URL, 409, **he.bare({}))

    assert len(sheets()) == 1


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        (ScoreEntry, {"base": Decimal(-1)}, "基数、比例、权重不符"),
        (ScoreEntry, {"value": Decimal(-2)}, "与每一分之和不符"),
        (ScoreEntry, {"on": date(2025, 8, 21)}, "所依据的办理记录不符"),
    ],
)
def test_a_line_the_record_does_not_bear_out_keeps_it_from_being_signed(
    browser, published, table, values, said
):
    entry = red().id
    with transaction():
        db.session.execute(update(table).where(table.id == entry).values(values))

    assert said in browser.as_("he").get(URL).text
    refused = browser.as_("he").send(URL, 422, **browser.as_("he").bare({}))

    assert said in refused.text
    assert sheets() == []


def test_what_the_history_says_otherwise_since_keeps_it_from_being_signed(
    browser, published, make_issue
):
    make_issue.act(Action.WITHDRAW, published, "zhou", reason="登记有误")
    assert "先核算记分" in browser.as_("he").get(URL).text
    with transaction():
        booking.book(2025, SYSTEM, clock.now())

    browser.as_("he").post(URL, via=URL)

    assert len(sheets()) == 1, "made good in the running quarter, the published one stands"


def test_the_list_of_a_published_quarter_says_which_are_signed(browser, published):
    listed = "/scores?year=2025&quarter=3"
    he = browser.as_("he")
    assert "考核得分单〔2025〕1号" not in he.get(listed).text
    he.post(URL, via=URL)

    for name in ("he", "zhao", "wu"):
        assert browser.as_(name).get(listed).text.count("考核得分单〔2025〕1号") == 1, name
    assert "尚未签发" not in browser.as_("wu").get(listed).text
    assert "得分单" not in he.get("/scores?year=2025&quarter=4").text


def test_the_same_facts_are_drawn_the_same(app, browser, published):
    browser.as_("he").post(URL, via=URL)
    with app.test_request_context():
        (row,) = sheets()
        assert signing.redrawn(row, press()) == signing.frozen(row, press())
        assert row.facts["setting"] == SETTING, "told as of papers"
