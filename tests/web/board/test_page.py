"""The board page: one screen, every number a link, kept until the next act."""

from datetime import date

import pytest

from extensions import transaction
from issues import acts
from issues.vocabulary import Action, Status
from issues.web.board import map as maps

KEPT = 3
"""Of past days: the weeks, the counts of the compared day, the tickets that were red on it."""


@pytest.fixture
def red(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=late, sponsor="王副区长")


def test_it_names_what_is_newly_red_why_and_who_answers(red, browser):
    page = browser.as_("zhao").get("/board")

    assert red.number in page.text
    assert "已过5天" in page.text
    assert "包案 王副区长" in page.text
    assert "无在途文书" in page.text
    assert "截止时间 2025-11-25" in page.text


def test_a_number_leads_to_exactly_its_tickets(red, make_issue, browser):
    make_issue(title="正常的事项")
    zhao = browser.as_("zhao")
    page = zhao.get("/board")

    link = next(url for url in page.links if url == "/issues?colour=red&region=511902")

    assert [row[1][:2] for row in zhao.get(link).rows()] == ["逾期"]


def test_a_past_day_and_a_difference(red, make_issue, browser):
    page = browser.as_("sun").get("/board?on=2025-11-10&compare=2025-11-01")

    assert "截止时间 2025-11-10" in page.text
    assert "对比 2025-11-01" in page.text
    assert "/issues?colour=yellow&on=2025-11-10" in page.links
    assert "增 1" in page.text


def test_it_is_never_older_than_the_last_act(red, make_issue, browser):
    sun = browser.as_("sun")
    assert "逾期的事项" in sun.get("/board").text

    make_issue.act(Action.WITHDRAW, red, "zhou", reason="登记有误")

    assert "这一天还没有上板的事项" in sun.get("/board").text


def test_it_is_never_another_viewers(red, browser):
    assert "逾期的事项" in browser.as_("sun").get("/board").text
    assert "逾期的事项" not in browser.as_("wu").get("/board").text
    assert "逾期的事项" in browser.as_("chenlead").get("/board").text


def test_it_asks_as_much_of_the_database_for_many_as_for_few(red, make_issue, browser):
    sun = browser.as_("sun")
    make_issue(Status.ASSIGNED, title="只在这里登记的事项")
    few = len(sun.get("/board").statements)
    for number in range(6):
        make_issue(Status.ASSIGNED, title=f"事项{number}")

    assert len(sun.get("/board").statements) == few <= 30
    assert len(sun.get("/board").statements) < few


@pytest.mark.parametrize("asked", ["on=abc", "compare=2025-13-01", "within=-3", "within=99999999"])
def test_what_cannot_be_read_is_the_usual_board(red, browser, asked):
    assert "30 天内将转色" in browser.as_("sun").get(f"/board?{asked}").text


@pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditor"])
def test_administrators_read_no_business(browser, name):
    browser.as_(name).get("/board", expect=403)


def test_the_forecast_of_a_day_to_come(make_issue, browser):
    make_issue(deadline="2025-12-20", measures=[{"text": "完成整治", "deadline": "2025-12-20"}])

    page = browser.as_("sun").get("/board?on=2025-12-21")

    assert date(2025, 12, 21).isoformat() in page.text
    assert "/issues?colour=red&on=2025-12-21" in page.links


def test_units_stand_by_closing_rate_and_by_lateness_with_the_formula(red, make_issue, browser):
    make_issue(Status.CLOSED, title="已销号的事项")
    make_issue(title="恩阳的事项", region="511903", primary_unit="511903")
    sun = browser.as_("sun")
    page = sun.get("/board")

    bazhou = next(row for row in page.rows(-1) if row[0] == "巴州区")
    assert bazhou[6:8] == ["50%", "100%"]
    assert "销号率=已销号（含长期坚持）÷合计；逾期率=逾期未申请验收÷未销号" in page.text
    units = ("巴州区", "恩阳区")

    def order(url):
        return [row[0] for row in sun.get(url).rows(-1) if row[0] in units]

    assert order("/board?by=closing") == ["恩阳区", "巴州区"]
    assert order("/board?by=late") == ["巴州区", "恩阳区"]


def test_what_is_overdue_leads_to_exactly_its_tickets(red, make_issue, browser):
    make_issue(title="正常的事项")
    zhao = browser.as_("zhao")
    links = zhao.get("/board").links

    late = next(url for url in links if "rule=R1" in url and "unit=511902" in url)

    assert "共 1 条" in zhao.get(late).text


def test_the_map_stands_on_the_board_and_it_works_without_one(red, browser, monkeypatch):
    monkeypatch.setattr(maps, "installed", lambda _folder: [])

    page = browser.as_("sun").get("/board")

    assert page.tree.all("svg", class_="map") == []
    assert "县（区）、园区" in page.text


def test_it_is_not_sent_again_until_something_changes(red, make_issue, browser):
    sun, zhao = browser.as_("sun"), browser.as_("zhao")
    tag = sun.get("/board").answer.headers["ETag"]
    known = {"If-None-Match": tag}

    assert sun.get("/board", expect=304, headers=known).answer.data == b""
    assert sun.get("/board?within=60", headers=known).status == 200
    assert zhao.get("/board", headers=known).status == 200

    make_issue.act(Action.WITHDRAW, red, "zhou", reason="登记有误")

    assert sun.get("/board", headers=known).status == 200


def test_past_days_are_counted_again_only_when_an_earlier_day_is_written(
    people, make_issue, browser
):
    issue = make_issue(title="上月就在的事项")
    sun = browser.as_("sun")
    whole = len(sun.get("/board").statements)

    with transaction():
        acts.do(Action.COMMENT, issue, people.sun, {"text": "今天的一条意见"})
    assert len(sun.get("/board").statements) == whole - KEPT

    make_issue(title="补记上月的事项")
    page = sun.get("/board")
    assert len(page.statements) == whole


def test_each_figure_says_what_it_means_on_the_board_the_wall_and_the_map(red, browser):
    """What is struck off is not what is grey, and a zone is not added to its county."""
    sun = browser.as_("sun")
    closing, places = (
        "销号进度的“已销号”含这两类",
        "园区按主责单位计，已含在所在县（区）内，不再相加",
    )

    for path in ("/board", "/board/wall"):
        text = sun.get(path).text
        assert closing in text, path
        assert places in text, path
    assert "新增红色：2025-11-25为红而2025-10-26不为红的事项" in sun.get("/board").text
    assert "已含在所在县（区）内，不再相加" in sun.get("/board/map").text
