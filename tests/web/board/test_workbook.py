"""作战图 as a workbook: found where one looks, and every figure the page's and the paper's."""

import io
import re

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from issues.vocabulary import Action, Status
from issues.web.board import sheet_rows

HEADS = list(sheet_rows.HEADS)


@pytest.fixture
def city(make_issue):
    """Tickets of every colour, two sources, one newly red and one that will turn."""
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    soon = [{"text": "完成整治", "deadline": "2025-12-20"}]
    make_issue(deadline="2025-11-20", title="=逾期的事项", measures=late, sponsor="王副区长")
    make_issue(deadline="2025-12-20", title="要转红的事项", measures=soon)
    make_issue(Status.ASSIGNED, title="别的来源", source="ZC")
    make_issue(Status.CLOSED)
    carded = make_issue(Status.RECTIFYING, deadline="2027-12-31", measures=({"text": "清运"},))
    return make_issue.act(Action.RAISE_CARD, carded, "sun", colour="yellow", reason="久拖未改")


def sheets(visitor, url):
    answer = visitor.get(url).answer
    assert "no-store" in answer.headers["Cache-Control"]
    book = load_workbook(io.BytesIO(answer.data))
    return {one.title: [row for row in one.iter_rows(values_only=True) if any(row)] for one in book}


def tables(rows):
    """By the word at their head, what stands under it: a name and its figures."""
    found, at = {}, None
    for name, *cells in rows:
        if name == "全部" or cells[:5] == HEADS:
            at = found.setdefault(name, {})
        elif at is not None and isinstance(cells[0], int):
            at[name.strip("（）")] = [cell for cell in cells if cell is not None]
    return found


def whole(text):
    return int(re.sub(r"\D", "", text))


def printed(page):
    """The same of the page."""
    found = {}
    for table in page.tree.all("table"):
        head = table.one("thead").all("th")[0].text.strip()
        found[head] = {}
        for row in table.one("tbody").all("tr"):
            counted = [
                [*cell.all("a"), *cell.all("span", class_="num zero")] for cell in row.all("td")[:5]
            ]
            cells = [part for parts in counted for part in parts[:1]] or row.all("td")
            found[head][row.one("th").text.strip().strip("（）")] = [whole(c.text) for c in cells]
    return found


def totals_of(page):
    return [whole(one.text) for one in page.tree.all("b", **{"class": "total-count"})][:5]


@pytest.mark.by_turns
@pytest.mark.parametrize("asked", ["", "?on=2025-11-20&compare=2025-10-01&within=60"])
def test_every_figure_is_the_pages_and_the_papers(city, browser, asked):
    sun = browser.as_("sun")
    page = sun.get(f"/board{asked}")
    link = next(url for url in page.links if url.startswith("/board.xlsx"))
    told = sheets(sun, link)
    held, shown = tables(told["数字"]), printed(page)
    paper = sun.get(link.replace(".xlsx", ".pdf")).answer.data
    text = "".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())

    assert [row[0] for row in held["全部"].values()] == totals_of(page)
    assert sum(totals_of(page)[:4]) == totals_of(page)[4] > 0
    for name in ("主责单位", "县（区）、园区", "问题来源"):
        assert held[name] == shown[name], name
        for line, figures in held[name].items():
            assert f"{line}{''.join(map(str, figures))}" in text.replace("）", ""), line
    weeks = {day: cells[:4] for day, cells in held["近几周"].items()}
    assert weeks == {day: cells[:4] for day, cells in shown["日期"].items()}
    for of, line in (("新增红色", told["新增红色"][0][0]), ("天内将", told["将转色"][0][0])):
        assert of in line
        assert "".join(line.split()) in text


def test_the_lists_are_whole_and_count_as_their_heads_say(city, browser):
    told = sheets(browser.as_("sun"), "/board.xlsx")
    (said,), newly = told["新增红色"][0][:1], told["新增红色"][2:]
    turning = told["将转色"]

    assert whole(said) == len(newly) == 1
    assert newly[0][1] == "=逾期的事项", "text, not a formula"
    red, yellow = re.search(r"转红 (\d+) 件、转黄 (\d+) 件", turning[0][0]).groups()
    assert int(red) + int(yellow) == len(turning) - 2 > 0


def test_a_unit_has_its_own_alone_and_no_administrator_any(city, browser):
    assert tables(sheets(browser.as_("wu"), "/board.xlsx")["数字"])["全部"]["上板总数"][0] == 0
    assert tables(sheets(browser.as_("sun"), "/board.xlsx")["数字"])["全部"]["上板总数"][0] > 0
    browser.as_("sysadmin").get("/board.xlsx", expect=403)


def test_a_wrong_figure_is_seen(city, browser, monkeypatch):
    """The control: with one count changed on the workbook alone, it is not the page's."""
    sun = browser.as_("sun")
    shown = printed(sun.get("/board"))
    monkeypatch.setattr(sheet_rows, "counts", lambda tally: [tally.red + 1, 0, 0, 0, tally.total])

    assert tables(sheets(sun, "/board.xlsx")["数字"])["主责单位"] != shown["主责单位"]
