"""A sheet understood becomes tickets: all of them or none, and nothing is lost or made up."""

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest
from brought import bring, the_117, ticket
from sheets import (
    COMPLAINTS,
    INSPECTION,
    LEDGER,
    MEASURE,
    PROFILE,
    TODAY,
    changed,
    findings,
    short,
)  # fmt: skip
from sqlalchemy import func, select

from extensions import db, transaction
from issues import audit, counters
from issues.colour import facts_of as records
from issues.exchange.import_report import RowsRefused
from issues.exchange.importing import understand_workbook
from issues.ground import clock
from issues.ground.refusals import NotAllowed
from issues.imprints import checking
from issues.models import Claim, ColourSpan, Event, Issue, Measure
from issues.rules.colour import LADDER, shown_colour
from issues.vocabulary import Colour, Relation, Source, Status, Truth


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.postgresql
def test_the_117_come_in_whole_with_their_colours(app, shelf):
    report = the_117(shelf)

    assert (report.tickets, report.measures, report.same) == (117, 417, 0)
    assert (count(Issue), count(Measure)) == (117, 417)
    day = date(2025, 11, 25)
    tickets = db.session.scalars(select(Issue).order_by(Issue.number)).all()
    colours = Counter(shown_colour(issue, day) for issue in tickets)
    assert colours == {Colour.GREY: 46, Colour.GREEN: 62, Colour.YELLOW: 6, Colour.RED: 3}
    assert Counter(issue.status for issue in tickets)[Status.STANDING] == 6
    by_colour = {
        colour: [i.number[-3:] for i in tickets if shown_colour(i, day) is colour]
        for colour in (Colour.YELLOW, Colour.RED)
    }
    assert by_colour[Colour.YELLOW] == ["029", "047", "079", "119", "126", "129"]
    assert by_colour[Colour.RED] == ["042", "057", "097"]
    red = next(rung for rung in LADDER if rung.colour is Colour.RED)
    found = db.session.scalars(
        select(Issue.number).where(Issue.status != Status.CLOSED, red.holds(Issue, day))
    )
    assert sorted(found) == ["BZ-AF-2025-042", "BZ-AF-2025-057", "BZ-AF-2025-097"]


@pytest.mark.both
def test_no_word_of_the_ledger_is_changed_on_its_way_in(app, shelf):
    understood = understand_workbook(LEDGER.read_bytes(), None, TODAY)
    the_117(shelf)

    for item in understood.items:
        issue = ticket(item.number)
        assert issue.problem == item.problem
        assert {name: getattr(issue, name) for name in item.texts} == item.texts
        assert (issue.place, issue.lon, issue.lat) == (item.place, item.lon, item.lat)
        assert {"goal", "criteria", "remark", "sponsor", "contact"} <= set(item.texts)
        assert (issue.deadline, issue.deadline_text) == (item.deadline.on, item.deadline.text)
        assert issue.deadline_kind == item.deadline.kind
        assert (issue.assigned_on, issue.closed_on) == (item.assigned_on, item.closed_on)
        assert issue.is_starred == item.starred
        assert issue.types == [word.value for word in item.types]
        assert issue.extra["责任单位"] == item.units_text
        assert issue.extra["整改阶段"] == item.stage
        assert issue.extra["行政区域"] == item.region_text
        measures = records.measures_of(issue)
        assert len(measures) == len(item.measures)
        for row, read in zip(measures, item.measures, strict=True):
            assert (row.no, row.text, row.unit.code) == (read.no, read.text, read.unit)
            assert row.original.get("text", row.text) == read.original
            assert (row.start, row.deadline) == (read.start, read.deadline.on)
            assert row.deadline_text == read.deadline.text
            assert (row.target, row.confirmed) == (read.target, read.confirmed)
            assert (row.unit_of_target, row.progress) == (read.unit_of_target, read.progress)
            assert row.is_done == read.done


def test_units_stand_to_a_ticket_as_the_sheet_says(app):
    bring(short())
    issue = ticket("BZ-AF-2025-001")

    def codes(relation):
        return {unit.code for unit in issue.units(relation)}

    assert issue.primary_unit.code == "511902"
    assert codes(Relation.LEAD) == {"511900-ZJJ"}
    assert codes(Relation.SUPPORTING) == {"511900-STHJ"}
    assert codes(Relation.ACCEPTANCE) == {"511900-ZJJ"}
    assert codes(Relation.SUPERVISING) == {"511900-STHJ"}
    assert codes(Relation.MEASURE) == {"511902", "511900-STHJ"}
    assert codes(Relation.TERRITORIAL) == {"511902"}


def test_one_history_row_names_the_workbook_the_sheet_and_the_rows(app, people):
    content = short()
    bring(content, people.sun)

    rows = db.session.scalars(select(Event).where(Event.subject == "ticket")).all()
    assert [row.action for row in rows] == ["import"] * 4
    first = rows[0]
    assert (first.actor, first.after, first.on) == ("孙经办", "rectifying", TODAY)
    assert first.detail["sha256"] == hashlib.sha256(content).hexdigest()
    assert (first.detail["sheet"], first.detail["rows"]) == ("责任清单", [5, 8])
    assert list(audit.faults("")) == []
    assert list(checking.faults()) == []


def test_an_import_invents_no_missed_report(app):
    bring(short())

    for issue in db.session.scalars(select(Issue)):
        assert (issue.imported_on, issue.reporting_from) == (TODAY, TODAY)
        rules = {firing["rule"]: firing["since"] for firing in issue.firings}
        assert rules.get("Y4", "2026-01-01") > "2025-12-31"


def test_a_ticket_awaiting_acceptance_has_claimed_on_its_day(app, shelf):
    the_117(shelf)

    claims = db.session.scalars(
        select(Claim)
        .join(Issue, Issue.id == Claim.issue_id)
        .where(Issue.status == Status.FIRST_ACCEPTANCE)
    ).all()
    assert len(claims) == 5
    assert all(claim.claimed_on < TODAY and claim.ended_on is None for claim in claims)


def test_what_is_recorded_of_a_ticket_begins_on_the_day_of_import(app):
    bring(short())

    spans = db.session.scalars(select(ColourSpan).where(~ColourSpan.is_backfilled)).all()
    assert len(spans) == 4
    assert {span.valid_from for span in spans} == {TODAY}


@pytest.mark.both
def test_findings_and_complaints_are_numbered_by_source_and_year(app):
    bring(INSPECTION)
    bring(COMPLAINTS)

    finding = db.session.scalars(select(Issue).where(Issue.source_ref == "省整改任务第三项")).one()
    assert finding.number == "BZ-YD-2022-001"
    assert (finding.status, finding.closed_on) == (Status.STANDING, TODAY)
    assert finding.extra["销号日期说明"] == "表中没有销号日期，按导入当日记"
    letter = db.session.scalars(select(Issue).where(Issue.case_number == "D3SC202410240007")).one()
    assert letter.number.startswith("BZ-YX-2024-")
    assert (letter.status, letter.interim_on) == (Status.RECTIFYING, TODAY)
    assert letter.verified is Truth.PARTLY
    assert str(letter.fine) == "3.2"
    numbers = db.session.scalars(select(Issue.number)).all()
    assert len(set(numbers)) == 61


def test_numbers_given_later_come_after_those_of_the_sheet(app, shelf):
    the_117(shelf)

    with transaction():
        assert counters.next_issue_number(Source.AF, 2025) == "BZ-AF-2025-133"


def test_the_same_workbook_again_changes_nothing(app, shelf):
    the_117(shelf)
    events = count(Event)

    report = bring(LEDGER)

    assert (report.tickets, report.same) == (0, 117)
    assert (count(Issue), count(Measure), count(Event)) == (117, 417, events)


def test_a_workbook_without_numbers_is_known_by_its_item_and_case_numbers(app):
    bring(INSPECTION)
    bring(COMPLAINTS)
    clock.stand_still(TODAY + timedelta(days=1))

    assert (bring(INSPECTION).same, bring(COMPLAINTS).same) == (22, 39)
    assert count(Issue) == 61


def test_a_ticket_that_is_here_and_says_otherwise_is_refused_at_its_number(app):
    bring(short())
    events = count(Event)

    with pytest.raises(RowsRefused) as refused:
        bring(changed(short(), {"N5": "改过的整改目标"}))

    assert [(cell.cell, cell.heading) for cell in refused.value.cells] == [("B5", "编号")]
    assert "BZ-AF-2025-001" in refused.value.cells[0].sentence
    assert (count(Issue), count(Event)) == (4, events)
    assert ticket("BZ-AF-2025-001").goal != "改过的整改目标"


def test_rows_added_to_a_workbook_come_in_and_the_others_stay(app):
    bring(short())

    report = bring(short(31))

    assert report.same == 4
    assert report.tickets == count(Issue) - 4 > 0


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("J5", "市水务局牵头"),
        ("R9", "2025年2月30日前"),
        ("V13", "2027年1月1日"),
        ("P16", "不存在的单位"),
    ],
)
def test_one_bad_cell_and_nothing_at_all_is_written(app, cell, value):
    with pytest.raises(RowsRefused) as refused:
        bring(changed(short(), {cell: value}))

    assert [error.cell for error in refused.value.cells] == [cell]
    assert (count(Issue), count(Measure), count(Event)) == (0, 0, 0)


def test_a_small_sheet_with_a_profile_comes_in(app):
    report = bring(findings(MEASURE), profile=PROFILE)

    assert report.numbers == ((4, "BZ-YD-2025-001"),)


@pytest.mark.parametrize("name", ["lin", "zhou", "chen", "liulead", "he", "sysadmin", "auditor"])
def test_only_the_office_imports(app, people, name):
    with pytest.raises(NotAllowed):
        bring(short(), people[name])

    assert count(Issue) == 0
