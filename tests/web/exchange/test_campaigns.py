"""The batch leadership follows: a line of its own on the board, on paper and on the wall."""

import io

import pytest
from pypdf import PdfReader
from sheets import short
from workbooks import upload

from extensions import db
from issues.models import Event, Issue
from issues.vocabulary import Status

NAME = "117个暗访问题"


@pytest.fixture
def batch(browser, make_issue):
    """A ledger shown apart under a name, and a ticket beside it; the address of its import."""
    sun = browser.as_("sun")
    page = upload(sun, short())
    report = sun.post(f"{page.url}/confirm")
    make_issue(title="后来登记的同一来源的事项")
    sun.post(f"{report.url}/campaign", name=NAME)
    return report.url


def line(page):
    """What the board says of it: red, yellow, green, struck off, all; the closing progress."""
    return next(row[1:] for table in (0, 1, 2) for row in page.rows(table) if row[0] == NAME)


def test_its_line_is_the_first_of_the_progress_and_counts_nothing_else(batch, browser):
    page = browser.as_("zhao").get("/board")
    tickets = db.session.query(Issue).filter(Issue.imported_on.is_not(None)).all()
    struck = sum(issue.status in (Status.CLOSED, Status.STANDING) for issue in tickets)

    first, *sources = (row for row in page.rows(1) if row)
    assert [first[0], *(row[0] for row in sources)][:2] == [NAME, "市级暗访督导"]
    assert first[5] == str(len(tickets))
    assert first[6].split() == [str(struck), f"{round(100 * struck / len(tickets))}%"]
    assert sources[0][5] == str(len(tickets) + 1)


@pytest.mark.postgresql
def test_each_of_its_numbers_leads_to_exactly_its_tickets(batch, browser):
    zhao = browser.as_("zhao")
    row = next(
        row for row in zhao.get("/board").tree.all("tr", class_="line-apart") if NAME in row.text
    )

    figures = [(link["href"], int(link.text)) for link in row.all("a")]
    assert [count for _, count in figures] == [2, 2, 4, 2], "no red and no yellow: no link"
    for url, count in figures:
        assert f"共 {count} 条" in zhao.get(url).text, url


def test_a_past_day_shows_what_was_there_then(batch, browser):
    """Its tickets were there before they came in; the register itself held none of them."""
    sun = browser.as_("sun")

    assert NAME in sun.get("/board?on=2025-10-01").text
    assert NAME not in sun.get("/board?on=2025-10-01&seen=1").text


@pytest.mark.postgresql
def test_a_unit_reads_of_it_only_its_own(batch, browser):
    assert NAME not in browser.as_("wu").get("/board").text
    page = browser.as_("chenlead").get("/board")

    seen = {row[0]: row[5] for row in page.rows(1) if row}
    assert (seen[NAME], seen["市级暗访督导"]) == ("4", "5")


def test_the_wall_the_sheet_and_programs_say_the_same(batch, browser):
    zhao = browser.as_("zhao")
    wall = zhao.get("/board/wall").text
    sheet = PdfReader(io.BytesIO(zhao.get("/board.pdf").answer.data)).pages[0].extract_text()
    said = zhao.get("/api/v1/board").json["campaign"]

    assert f"{NAME}2 / 4" in wall
    assert f"{NAME}：已销号 2/4（50%）" in sheet
    assert {name: said[name] for name in ("name", "green", "closed", "total", "struck")} == {
        "name": NAME, "green": 2, "closed": 2, "total": 4, "struck": 2,
    }  # fmt: skip
    assert zhao.get("/api/v1/issues", **said["asked"]).json["total"] == 4


def test_it_is_set_by_the_office_with_a_name_and_stands_in_the_history(batch, browser):
    sun = browser.as_("sun")
    report = sun.get(batch)
    assert f"来源进度第一行是这一批：{NAME}" in report.text
    for name in ("zhou", "chen", "zhao", "sysadmin"):
        browser.as_(name).post(f"{batch}/campaign", 403, name="别的")

    assert NAME in sun.get("/board").text
    sun.post(f"{batch}/campaign/end")
    assert NAME not in sun.get("/board").text
    for wrong in ("", "  ", "一" * 13):
        page = sun.post(f"{batch}/campaign", 422, name=wrong)
        assert "不超过12个字" in page.error("name")
    sun.post(f"{batch}/campaign", name="另起的名称")

    assert "另起的名称" in sun.get("/board").text
    events = db.session.query(Event).filter_by(action="set_campaign").order_by(Event.seq)
    assert [(one.before, one.after, one.actor) for one in events] == [
        ("", NAME, "孙经办"), (NAME, "", "孙经办"), ("", "另起的名称", "孙经办"),
    ]  # fmt: skip


def test_a_workbook_not_imported_yet_cannot_be_shown(browser, make_issue):
    make_issue(title="另一件事项")
    sun = browser.as_("sun")
    page = upload(sun, short())

    sun.post(f"{page.url}/campaign", 409, name=NAME)

    assert NAME not in sun.get("/board").text
    assert sun.get("/api/v1/issues").json["total"] == 1
    assert sun.get("/api/v1/issues?batch=1").json["total"] == 0
