"""The difference of two days: who turned what, and why, ticket by ticket."""

from datetime import date

import pytest

from issues.queries.board.changes import difference
from issues.vocabulary import Action, Colour, Rule, Status

TODAY = date(2025, 11, 25)
LATE = ({"text": "完成整治", "deadline": "2025-11-20"},)
ADDRESS = "/board/changes?on=2025-11-25&compare=2025-11-01"


@pytest.fixture
def late(make_issue):
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=LATE)


def test_who_turned_what_and_why(late, make_issue, browser):
    make_issue(title="没有变化的事项")

    page = browser.as_("zhao").get(ADDRESS)

    assert late.number in page.text
    assert "R1 逾期" in page.text
    assert "时限2025年11月20日，已过5天" in page.text
    assert "没有变化的事项" not in page.text


def test_what_ended_is_told_of_who_got_better(make_issue, people):
    make_issue(Status.CLOSED, deadline="2025-11-05", measures=({"text": "完成整治"},))

    found = difference(people.sun, date(2025, 10, 29), TODAY, TODAY)

    (one,) = found.turned
    assert (one.before, one.after) == (Colour.YELLOW, Colour.GREY)
    assert Rule.Y1 in one.rules
    assert one.why == ("已销号，不再计色",)


def test_a_day_before_it_was_there_and_one_to_come(late, people):
    early = difference(people.sun, date(2025, 9, 1), TODAY, TODAY)
    ahead = difference(people.sun, date(2025, 11, 10), date(2026, 1, 1), TODAY)

    assert [(one.before, one.after) for one in early.turned] == [(None, Colour.RED)]
    assert [one.after for one in ahead.turned] == [Colour.RED]


def test_a_card_alone_is_named(make_issue, people):
    issue = make_issue()
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="拖延")

    (one,) = difference(people.sun, date(2025, 11, 24), TODAY, TODAY).turned

    assert (one.before, one.after, one.why) == (Colour.GREEN, Colour.RED, ("市环委办挂牌",))


def test_it_is_only_of_what_one_sees(late, people):
    assert difference(people.chen, date(2025, 11, 1), TODAY, TODAY).total == 1
    assert difference(people.wu, date(2025, 11, 1), TODAY, TODAY).total == 0


def test_the_board_leads_there(late, browser):
    page = browser.as_("sun").get("/board?compare=2025-11-01")

    assert "/board/changes?on=2025-11-25&compare=2025-11-01" in page.links
    assert late.number in browser.as_("sun").get(ADDRESS).text


@pytest.mark.parametrize("asked", ["on=abc", "page=-1", "page=99999999", "compare=2025-02-30"])
def test_what_cannot_be_read_is_the_usual_difference(late, browser, asked):
    assert "逐件变化" in browser.as_("sun").get(f"/board/changes?{asked}").text


def test_administrators_read_no_business(browser):
    browser.as_("sysadmin").get("/board/changes", expect=403)


def test_the_days_to_come_are_one_click_away(late, browser):
    page = browser.as_("zhao").get(ADDRESS)
    assert "compare=2025-11-25" in page.html
    assert "30天后" in page.text

    ahead = browser.as_("zhao").get("/board/changes?on=2025-12-25&compare=2025-11-25")
    assert "预测" in ahead.text
