"""A round in the browser: opened and decided by the office, closed by the head."""

from datetime import date

import pytest
from sqlalchemy import select

from extensions import db
from issues.exchange.writing.colour_rows import colour_rows
from issues.models import AssessmentRound, Card
from issues.notices.facts.counted import round_facts
from issues.notices.facts.findings import issues_facts
from issues.notices.kinds.situation import rules_of
from issues.vocabulary import Status

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)


@pytest.fixture
def red(make_issue):
    return make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=PLAIN)


@pytest.fixture
def round_(browser, red):
    browser.as_("sun").post("/rounds", via="/rounds")
    return db.session.scalars(select(AssessmentRound)).one()


def test_the_office_decides_and_the_head_closes(browser, red, round_):
    address = f"/rounds/{round_.id}"
    page = browser.as_("sun").post(f"{address}/confirm", via=address)
    assert "还有0件未研判" in page.text

    page = browser.as_("zhou").post(f"{address}/close", via=address, sure="true")

    assert "结束" in page.text
    db.session.refresh(red)
    assert red.card == "red"


def test_a_lighter_rule_is_folded_within_its_graver_wherever_reasons_are_listed(
    browser, make_issue
):
    """On the page of the round, on its card, on papers and in the workbook; the row keeps all."""
    lag = {"text": "修复管网", "start": "2025-10-16", "deadline": "2026-01-24",
           "target": "60", "unit_of_target": "个"}  # fmt: skip
    issue = make_issue(Status.RECTIFYING, measures=[lag, lag])
    browser.as_("sun").post("/rounds", via="/rounds")
    row = db.session.scalars(select(AssessmentRound)).one()
    address = f"/rounds/{row.id}"
    named = "严重滞后（R2，措施1、2）"

    assert row.items[0].rules == ["R2", "Y2"]
    assert named in browser.as_("sun").get(address).text
    assert "滞后（Y2" not in browser.as_("sun").get(address).text

    browser.as_("sun").post(f"{address}/confirm", via=address)
    browser.as_("zhou").post(f"{address}/close", via=address, sure="true")
    card = db.session.scalars(select(Card).where(Card.issue_id == issue.id)).one()
    assert card.reason == f"2025年11月25日调度确认：{named}"
    assert round_facts(row)["listed"][0]["rules"] == ["严重滞后（措施1、2）"]
    assert rules_of(issues_facts([issue], TODAY)[0]) == ["严重滞后（措施1、2）"]
    lines = colour_rows(TODAY, [issue.id])
    assert [line[4] for line in lines] == ["R2 严重滞后", "R2 严重滞后"]


def test_an_unticked_confirmation_is_told_at_its_box_and_is_no_want_of_rights(browser, round_):
    address = f"/rounds/{round_.id}"
    browser.as_("sun").post(f"{address}/confirm", via=address)

    page = browser.as_("zhou").post(f"{address}/close", 422, via=address)

    assert page.error("sure") == "请先勾选，确认已核对"
    db.session.refresh(round_)
    assert round_.closed_on is None


def test_a_round_with_undecided_rows_does_not_close(browser, round_):
    address = f"/rounds/{round_.id}"
    browser.as_("zhou").post(f"{address}/close", 409, via=address, sure="true")

    db.session.refresh(round_)
    assert round_.closed_on is None


def test_holding_red_is_told_on_the_page(browser, red, round_):
    page = browser.as_("sun").post(
        f"/rounds/{round_.id}/hold", 422, number=red.number, reason="再看"
    )

    assert "只有黄色可以暂缓挂牌" in page.text


@pytest.mark.parametrize("name", ["chen", "chenlead", "sysadmin", "auditor"])
def test_units_and_administrators_see_no_round(browser, round_, name):
    browser.as_(name).get("/rounds", 403)
    browser.as_(name).get(f"/rounds/{round_.id}", 403)


def test_the_other_roles_read_only(browser, red, round_):
    for name in ("zhao", "he", "lin"):
        browser.as_(name).get(f"/rounds/{round_.id}")
        browser.as_(name).post(f"/rounds/{round_.id}/confirm", 403, number=red.number)


def test_an_empty_list_says_what_comes(browser):
    assert "还没有调度" in browser.as_("zhao").get("/rounds").text


def test_a_decision_that_is_refused_stays_as_it_was_typed(browser, red, round_):
    address = f"/rounds/{round_.id}"
    said = {"number": red.number, "colour": "red", "reason": "", "unable": "true"}

    page = browser.as_("sun").send(f"{address}/raise", 422, **browser.as_("sun").bare(said))

    fields = page.tree.all("option", value="red")
    assert [field["selected"] is not None for field in fields] == [True]
    assert page.tree.one("input", name="unable")["checked"] is not None
    assert page.tree.one("input", id="f-number")["value"] == red.number
