"""The quarter's report for the performance office: each sentence is a fact of the record."""

import io
from datetime import date, datetime, time

import pytest
from people import BAZHOU, BUREAU, ENYANG
from pypdf import PdfReader
from sqlalchemy import select

from auth.actor import SYSTEM
from auth.models import Unit
from extensions import db, transaction
from issues.ground import clock
from issues.models import Notice, ScoreEntry
from issues.scores import appeals, booking, publishing
from issues.vocabulary import Action, NoticeStatus, Status

URL = "/scores/report.pdf"
FOURTH = {"year": "2025", "quarter": "4"}


def told(browser, name="he", **asked):
    answer = browser.as_(name).get(URL, **(FOURTH | asked)).answer
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.fixture
def red(make_issue, people):
    """Red cards of August and November; of the second the unit appealed and the ruling upheld."""
    for day in (date(2025, 8, 20), date(2025, 11, 3)):
        issue = make_issue(
            Status.RECTIFYING, found_on=date(2025, 7, 1), source="YD", primary_unit=ENYANG,
            region=BAZHOU, lead_unit=BUREAU,
        )  # fmt: skip
        at = datetime.combine(day, time(10), clock.SHANGHAI)
        make_issue.act(Action.RAISE_CARD, issue, "sun", on=at, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
        rows = select(ScoreEntry.id).join(Unit, Unit.id == ScoreEntry.unit_id)
        rows = rows.where(Unit.code == ENYANG, ScoreEntry.rule == "red", ScoreEntry.quarter == 4)
        entry = db.session.scalars(rows).one()
        appeals.appeal(entry, people.wulead, "依据有误。", [], clock.now())
        appeals.rule(entry, people.he, is_upheld=True, reason="核实属实。", at=clock.now())
    return issue


def test_what_changed_and_what_was_ruled_is_told_from_the_record(browser, red):
    text = told(browser)

    assert "2025年第4季度的得分尚未公布，按初始规则核算" in text
    assert "挂红牌4条、−1.8分（2025年第3季度3条、−4.8分）" in text
    assert "本季度收到申诉1份；裁定1份，其中成立1份、不成立0份" in text
    assert "申诉成立，分值已恢复：核实属实。" in text
    assert "没有写明考核的" in text
    assert "草稿" in text
    assert "不排名次" in text


def test_a_published_quarter_says_when(browser, red, people):
    for quarter in (1, 2, 3):
        with transaction():
            publishing.publish(2025, quarter, people.he, clock.now())

    assert "已于2025年11月25日公布" in told(browser, quarter="3")


def test_a_paper_is_named_by_what_it_says(browser, red):
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=red.number)
    notice = db.session.scalars(select(Notice.id).where(Notice.trigger == "by_hand")).one()
    browser.as_("zhou").sign(f"/notices/{notice}")
    row = db.session.get_one(Notice, notice)
    assert row.status is NoticeStatus.SIGNED

    text = told(browser)

    assert "写明考核的1份" in text
    assert row.number in text
    assert "作为年度目标绩效考核扣分依据" in text
    assert "没有写明考核的" in told(browser, quarter="3")


def test_it_is_for_who_rules_and_of_a_quarter_that_began(browser, red):
    for name in ("zhao", "wulead", "sun"):
        browser.as_(name).get(URL, 403, **FOURTH)
    browser.as_("he").get(URL, 404, year="2026", quarter="1")
