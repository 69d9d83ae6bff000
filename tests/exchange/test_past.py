"""A city that moves in has a past: the days before an import, counted by hand and told alike."""

import io
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from arrivals import FIRST, Ledger, colour, is_closed, issue_of
from brought import the_117
from flask_migrate import downgrade, upgrade
from openpyxl import load_workbook
from pypdf import PdfReader
from sheets import TODAY
from sqlalchemy import delete, event, select

from extensions import db, transaction
from issues import rounds
from issues.colour import past
from issues.exchange.earlier_imports import fill_past
from issues.models import ColourSpan, Event
from issues.queries.board import map as maps, page as boards, tally
from issues.queries.board.changes import days_of, turned
from issues.queries.ground import names, remembered
from issues.queries.ground.day import Standing
from issues.queries.register import lines as registers
from issues.queries.register.filters import Filters
from issues.queries.supervision import digest
from issues.vocabulary import Action, Colour, Rule, Status
from issues.web.board.figures import Linked

JANUARY, COMPARE = date(2025, 1, 31), date(2025, 10, 26)
DAYS = [FIRST + timedelta(days=step) for step in range((TODAY - FIRST).days)]
MIGRATIONS = Path(__file__).parents[2] / "migrations"
BEFORE = "0013_unit_kinds_in_full_width"
FROM_DATES = {Rule.Y1, Rule.R1, Rule.Y2, Rule.R2, Rule.Y3, Rule.R3}


@pytest.fixture(params=range(2))
def ledger(request, people, shelf):
    def build():
        made = Ledger(request.param, people)
        return issue_of(made.tickets[0]), made

    return shelf.of(("Ledger", request.param), build, is_dear=True)[1]


def said(tally):
    return {one: tally.of(one) for one in Colour if tally.of(one)}


def recounted(ledger, day):
    return dict(Counter(colour(one, day) for one in ledger.on_board(day)))


def backfilled():
    return kept(is_backfilled=True)


def kept(*, is_backfilled):
    columns = [one for one in ColourSpan.__table__.c if one.name != "id"]
    rows = db.session.execute(select(*columns).where(ColourSpan.is_backfilled.is_(is_backfilled)))
    return sorted(tuple(map(str, row)) for row in rows)


@pytest.mark.by_turns
def test_the_board_of_each_day_before_is_a_recount(ledger, people):
    """By the cells every board is made of; the whole board is drawn for one day of ten."""
    wrong = [
        day for day in DAYS
        if said(tally.total(tally.cells(people.sun, Standing.on(day, TODAY))))
        != recounted(ledger, day)
    ]  # fmt: skip
    whole = [
        day for day in DAYS[::10]
        if said(boards.plain(people.sun, TODAY, on=day).total) != recounted(ledger, day)
    ]  # fmt: skip

    assert (wrong, whole) == ([], [])
    reds = [day for day in DAYS if recounted(ledger, day).get(Colour.RED)]
    assert reds
    assert reds[0] < date(2025, 4, 1)


@pytest.mark.by_turns
def test_one_day_is_told_alike_wherever_it_is_told(app, ledger, people, browser):
    day = TODAY - timedelta(days=7)
    here = ledger.on_board(day)
    newly = {
        one.number for one in here
        if colour(one, day) is Colour.RED and colour(one, COMPARE) is not Colour.RED
    }  # fmt: skip
    board = boards.board(people.sun, TODAY, day, COMPARE)

    assert said(board.total) == recounted(ledger, day)
    assert said(board.total_before) == recounted(ledger, COMPARE)
    assert board.total.struck == sum(is_closed(one, day) for one in here)
    assert [said(week.tally) for week in board.weeks] == [
        recounted(ledger, day - timedelta(weeks=back)) for back in reversed(range(12))
    ]
    assert board.counts["newly"] == len(newly)
    filters = Filters(on=day.isoformat(), newly=COMPARE.isoformat())
    assert registers.count(filters, people.sun, TODAY) == len(newly)

    turns = turned(people.sun, days_of(COMPARE, day, TODAY, is_seen=False), 0, 200)
    assert {one.number for one in turns if one.after is Colour.RED} == newly
    assert {one.number for one in turns} == {
        one.number for one in here if colour(one, day) is not colour(one, COMPARE)
    }

    told = digest.written(people.zhao, day, TODAY)
    assert (told["now"], told["before"]) == (
        board.total.document(),
        boards.plain(people.sun, TODAY, on=day - digest.WEEK).total.document(),
    )
    grown = told["now"]["closed"] - told["before"]["closed"]
    assert told["closed_count"] - told["closed_back"] == grown

    with app.test_request_context():
        areas = maps.areas(Filters(on=day.isoformat()), people.sun, TODAY, names.names())
    inside = [area.tally for area in areas if not area.is_zone]
    assert sum(tally.red for tally in inside) == board.total.red
    assert sum(tally.total for tally in inside) == board.total.total

    answer = browser.as_("sun").get("/issues/export.xlsx", on=day.isoformat(), colour="red")
    sheet = load_workbook(io.BytesIO(answer.answer.data)).active
    reds = {one.number for one in here if colour(one, day) is Colour.RED}
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert cells & {one.number for one in ledger.tickets} == reds

    text = pdf_text(browser, on=day, compare=COMPARE)
    assert f"新增红色 {len(newly)} 件" in text
    assert f"已销号 {board.total.struck}/{board.total.total}" in text


def pdf_text(browser, **asked):
    data = browser.as_("sun").get("/board.pdf", **asked).answer.data
    pages = PdfReader(io.BytesIO(data)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", " ")


@pytest.mark.by_turns
def test_newly_red_is_what_turned_red_after_the_compared_day(ledger, people):
    """Not what an import wrote since: the day a ticket turned red is its own."""
    board = boards.board(people.sun, TODAY, None, COMPARE)

    reds = [issue for issue in map(issue_of, ledger.tickets) if issue.red_from <= TODAY]
    reds = [issue for issue in reds if issue.status is not Status.CLOSED]
    assert board.total.red == len(reds)
    assert board.counts["newly"] == sum(issue.red_from > COMPARE for issue in reds)
    assert {one.number for one in board.newly} <= {i.number for i in reds if i.red_from > COMPARE}
    assert board.total.red - board.total_before.red <= board.counts["newly"]


@pytest.mark.by_turns
def test_what_the_register_held_itself_is_a_switch(app, ledger, people, browser):
    seen = boards.board(people.sun, TODAY, None, COMPARE, is_seen=True)
    whole = boards.board(people.sun, TODAY, None, COMPARE)

    assert seen.total == whole.total
    assert (seen.total_before.total, whole.total_before.total > 0) == (0, True)
    assert (len(seen.weeks), len(whole.weeks)) == (1, 12)
    assert seen.counts["newly"] == whole.total.red
    assert boards.board(people.sun, TODAY, COMPARE, is_seen=True).total.total == 0
    with app.test_request_context():
        url = Linked(seen, TODAY).newly.url
    filters = Filters.from_args(parse_qs(urlsplit(url).query))
    assert registers.count(filters, people.sun, TODAY) == seen.counts["newly"]
    sun = browser.as_("sun")
    assert "当日所见" in sun.get("/board", seen="1", compare=COMPARE).text
    asked = {"on": COMPARE, "compare": JANUARY}
    assert sun.get("/api/v1/board", **asked, seen="1").json["total"] == 0
    assert sun.get("/api/v1/board", **asked).json["total"] == len(ledger.on_board(COMPARE))
    assert sun.get("/api/v1/board/changes", **asked, seen="1").json["total"] == 0
    assert sun.get("/api/v1/board", seen="x", expect=422).json["errors"]["seen"]
    assert sun.get("/api/v1/issues", on=COMPARE, seen="1").json["total"] == 0


@pytest.mark.by_turns
def test_a_frozen_board_holds_what_the_register_held(ledger, people):
    frozen = rounds.frozen_board(TODAY)

    with transaction():
        db.session.execute(delete(ColourSpan).where(ColourSpan.is_backfilled))

    assert rounds.frozen_board(TODAY) == frozen


@pytest.mark.by_turns
def test_registers_that_came_in_before_get_their_past_by_a_command(app, ledger, make_issue):
    """What the import itself would have written, whatever was done since, and only once."""
    written = backfilled()
    one = next(one for one in ledger.tickets if one.status is Status.RECTIFYING)
    make_issue.act(Action.WITHDRAW, issue_of(one), "zhou", reason="登记有误")
    with transaction():
        db.session.execute(delete(ColourSpan).where(ColourSpan.is_backfilled))
    assert backfilled() == []
    run = app.test_cli_runner().invoke

    first, again = (run(args=["ledger", "backfill"]) for _ in range(2))

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "没有需要补记的问题" in again.output
    assert backfilled() == written
    filled = db.session.scalars(select(Event).where(Event.action == "fill_past")).all()
    assert f"已补记{len(filled)}个问题" in first.output
    assert len(filled) == len({row[0] for row in written})


@pytest.mark.both
def test_what_is_kept_of_past_days_is_counted_anew_after_an_import(people):
    empty = boards.board(people.sun, TODAY, None, COMPARE)
    assert empty.total_before.total == 0

    ledger = Ledger(7, people)

    held = boards.board(people.sun, TODAY, None, COMPARE)
    remembered.DAYS.cache_clear()
    assert repr(held) == repr(boards.board(people.sun, TODAY, None, COMPARE))
    assert said(held.total_before) == recounted(ledger, COMPARE)


def test_nothing_is_invented_for_the_days_before(ledger):
    """No missed report, no notice, no return, no card."""
    spans = db.session.scalars(select(ColourSpan).where(ColourSpan.is_backfilled)).all()

    assert spans
    assert {Rule(found["rule"]) for span in spans for found in span.firings} <= FROM_DATES
    assert {span.card for span in spans} == {""}
    assert all(span.valid_to <= TODAY for span in spans)


def test_the_117_have_a_past_and_the_ticket_tells_it(app, people, browser, shelf):
    the_117(shelf)

    board = boards.board(people.sun, TODAY, None, COMPARE)

    assert len(board.weeks) == 12
    assert board.total_before.total > 100
    page = browser.as_("sun").get("/issues/BZ-AF-2025-042").text
    assert "导入时按台账所载事实补记" in page


def test_many_tickets_are_given_their_past_in_as_many_statements_as_few(app, people):
    asked = []
    for size in (3, 30):
        ledger = Ledger(5, people, size=size, first=1 + 100 * size)
        ids = [issue_of(one).id for one in ledger.tickets]
        with transaction():
            db.session.execute(delete(ColourSpan).where(ColourSpan.is_backfilled))
        with counting() as statements, transaction():
            past.fill(ids)
        asked.append(len(statements))

    assert asked[0] == asked[1] <= 13, "five of them are the imprint of the transaction"


@contextmanager
def counting():
    statements = []

    def note(*_, **__):
        statements.append(1)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.both
def test_a_step_back_leaves_what_was_recorded_and_forward_again_all_can_be_filled(people):
    Ledger(5, people, size=6)
    written, recorded = backfilled(), kept(is_backfilled=False)
    assert written
    db.session.remove()

    downgrade(MIGRATIONS, BEFORE)
    upgrade(MIGRATIONS)

    assert (backfilled(), kept(is_backfilled=False)) == ([], recorded)
    assert list(fill_past())
    assert backfilled() == written
