"""Printing the register prints all that the filter finds, and says where it does not."""

import random

import pytest
from registers import TODAY, Register, on_board

from extensions import db
from issues.models import Event
from issues.web.register import register_print


@pytest.fixture
def many(people):
    return Register(random.Random(3), people)  # noqa: S311 - nothing secret


def numbers(page):
    return [next(filter(None, row)).split()[0] for row in page.rows()]


@pytest.mark.both
def test_every_line_of_the_filter_is_on_it_in_its_order(many, browser):
    sun = browser.as_("sun")
    first = numbers(sun.get("/issues?sort=number"))
    page = sun.get("/issues/print?sort=number&page=2")

    assert len(first) == 25
    assert numbers(page) == sorted(ticket.number for ticket in many.tickets)
    assert "共 40 条" in page.text
    red = sun.get("/issues/print?colour=red&on=2025-09-03")
    assert numbers(red) == numbers(sun.get("/issues?colour=red&on=2025-09-03&limit=200"))
    assert "颜色和状态截至 2025-09-03" in red.text
    few = len(sun.get("/issues/print?q=" + many.tickets[0].number).statements)
    assert len(page.statements) == few
    assert {one.reason for one in db.session.query(Event).filter_by(action="export")} == {
        "GET /issues/print"
    }


def test_where_it_is_cut_it_says_so(many, browser, monkeypatch):
    monkeypatch.setattr(register_print, "MOST", 7)
    page = browser.as_("sun").get("/issues/print")

    assert len(page.rows()) == 7
    assert "一次最多打印 7 条，此处为前 7 条" in page.text


def test_the_register_leads_to_it_and_says_on_paper_that_it_is_one_page(many, browser):
    sun = browser.as_("sun")
    page = sun.get("/issues?sort=number")

    assert "/issues/print?sort=number" in page.links
    note = page.tree.all("p", **{"data-print-note": True})[0]
    assert "此处为第 1 页，共 2 页、40 条" in note.text
    assert any(ticket for ticket in many.tickets if on_board(ticket, TODAY))


def test_nobody_prints_what_is_out_of_sight(many, browser, people):
    seen = {ticket.number for ticket in many.seen_by(people.chen)}

    assert {*numbers(browser.as_("chen").get("/issues/print"))} == seen
    assert len(seen) < 40
    browser.as_("auditor").get("/issues/print", expect=403)
