"""Points booked from the record: who bears what, once, and again the same from the history."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from people import BAZHOU, BUREAU, ENYANG
from sqlalchemy import delete, select, update

from auth.actor import SYSTEM
from auth.models import Unit
from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Event, Issue, ScoreEntry
from issues.scores import booking, recounting
from issues.vocabulary import Action, EntryKind, ScoreRule, ScoreShare, Status

YEAR = 2025


def at(day, hour=10):
    return datetime.combine(day, time(hour), clock.SHANGHAI)


def book(year=YEAR):
    with transaction():
        return booking.book(year, SYSTEM, clock.now())


def lines(**where):
    rows = select(ScoreEntry).filter_by(**where).order_by(ScoreEntry.id)
    return list(db.session.scalars(rows))


def values(rule):
    found = select(Unit.code, ScoreEntry.value).join(Unit, Unit.id == ScoreEntry.unit_id)
    return dict(db.session.execute(found.where(ScoreEntry.rule == rule)).all())


@pytest.fixture
def carded(make_issue):
    """A ticket of the central inspection on which two yellow cards were raised."""
    issue = make_issue(
        Status.RECTIFYING, source="YD", primary_unit=ENYANG, region=BAZHOU, lead_unit=BUREAU,
    )  # fmt: skip
    for day in (date(2025, 10, 20), date(2025, 11, 3)):
        make_issue.act(
            Action.RAISE_CARD, issue, "sun", on=at(day), colour="yellow", reason="进度滞后"
        )
        if day.month == 10:
            make_issue.act(
                Action.LIFT_CARD, issue, "zhou", on=at(day + timedelta(3)), reason="已赶上"
            )
    return issue


def test_a_second_yellow_card_is_borne_by_three_and_names_its_event(carded):
    book()

    assert values(ScoreRule.SECOND_YELLOW) == {
        ENYANG: Decimal("-1.5"),
        BUREAU: Decimal("-0.45"),
        BAZHOU: Decimal("-0.45"),
    }
    (event,) = {row.event_id for row in lines(rule=ScoreRule.SECOND_YELLOW)}
    told = db.session.get_one(Event, event)
    assert (told.action, told.on) == (Action.RAISE_CARD.value, date(2025, 11, 3))
    assert {row.share_as for row in lines()} == {
        ScoreShare.PRIMARY,
        ScoreShare.LEAD,
        ScoreShare.COUNTY,
    }


def test_booking_again_books_nothing(carded):
    assert book() == 3
    assert book() == 0
    assert list(recounting.faults(YEAR)) == []


def test_who_bears_is_who_stood_there_on_the_day(carded, make_issue):
    """An amendment after the card moves nothing that was booked or is booked later."""
    make_issue.act(
        Action.AMEND, carded, "sun", on=at(date(2025, 11, 10)),
        fields={"primary_unit": "511921", "region": "511921"}, reason="责任单位调整",
    )  # fmt: skip

    book()

    assert set(values(ScoreRule.SECOND_YELLOW)) == {ENYANG, BUREAU, BAZHOU}


def test_one_act_is_booked_once_for_the_gravest_of_it(make_issue, people):
    issue = make_issue(Status.RECTIFYING, source="AF", primary_unit=ENYANG, region=ENYANG)
    paper = make_issue.evidence(issue, name="sun")
    found = {
        "result": "fake", "on": "2025-11-04", "reason": "现场未建成", "document": paper.id,
    }  # fmt: skip
    with transaction():
        acts.do(Action.RECORD_FINDING, issue, people.sun, found)

    book()

    assert values(ScoreRule.FAKE) == {ENYANG: Decimal(-5), BUREAU: Decimal("-1.5")}
    assert values(ScoreRule.RED) == {}


def test_what_was_registered_in_error_is_not_counted(carded, make_issue):
    make_issue.act(Action.WITHDRAW, carded, "zhou", reason="登记有误")

    assert book() == 0


def test_a_fact_that_no_longer_holds_is_made_good_by_a_line_of_its_own(carded, make_issue):
    book()
    make_issue.act(Action.WITHDRAW, carded, "zhou", reason="登记有误")

    assert [one.told for one in booking.differences(YEAR)] == [0, 0, 0]
    assert book() == 3

    made_good = lines(kind=EntryKind.CORRECTION)
    assert {row.of_id for row in made_good} == {row.id for row in lines(kind=EntryKind.BOOKING)}
    assert sum(row.value for row in lines()) == 0
    assert all(row.reason for row in made_good)
    assert list(recounting.faults(YEAR)) == []


def test_the_points_of_a_ticket_that_went_with_its_import_come_to_nothing(carded):
    book()
    assert sum(one.value for one in lines(issue_id=carded.id)) < 0
    with transaction():
        gone = update(Issue).where(Issue.id == carded.id).values(status=Status.TAKEN_BACK)
        db.session.execute(gone)

    book()

    assert sum(one.value for one in lines(issue_id=carded.id)) == 0
    assert list(booking.differences(YEAR)) == []


def test_a_line_that_was_changed_added_or_taken_away_is_found(carded):
    book()
    first, second, third = lines()

    with transaction():
        db.session.execute(
            update(ScoreEntry).where(ScoreEntry.id == first.id).values(value=Decimal(-1))
        )
    assert len(list(recounting.faults(YEAR))) == 2, "the sum and the line's own arithmetic"

    with transaction():
        db.session.execute(delete(ScoreEntry).where(ScoreEntry.id == second.id))
    assert len(list(recounting.faults(YEAR))) == 3
    assert third.value < 0


def test_the_command_ends_with_one_where_a_point_differs(app, carded):
    run = app.test_cli_runner().invoke

    told = run(args=["scores", "recount", "--year", "2025"])
    assert (told.exit_code, len(told.output.splitlines())) == (1, 3)
    assert run(args=["scores", "book", "--year", "2025"]).output == "2025年度：记入3条。\n"
    told = run(args=["scores", "recount", "--year", "2025"])
    assert (told.exit_code, told.output) == (
        0,
        "2025年度：3条记分，合计−2.4分，与办理记录一致。\n",
    )


def test_the_job_of_the_day_books_each_year_once(app, carded):
    tools = tools_for(clock.today(), app.extensions["evidence"], "known to every test")

    assert run_once(JOBS["book-scores"], tools).done == 1
    assert run_once(JOBS["book-scores"], tools).done == 0
    assert len(lines()) == 3
