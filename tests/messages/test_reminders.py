"""Reminders of days that come near and of colours that turned: by the day, once each."""

from datetime import date

import pytest
from notice_steps import do, draft
from pressed import planned
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.leads import taking
from issues.models import Message
from issues.vocabulary import Action, MessageEvent, NoticeAct, Status


def run(app, name, day):
    tools = tools_for(date.fromisoformat(day), app.extensions["evidence"], "secret")
    return run_once(JOBS[name], tools)


def told(person, *events):
    db.session.rollback()
    rows = select(Message).where(Message.user_id == person.id, Message.event.in_(events))
    return [(row.event, row.called) for row in db.session.scalars(rows.order_by(Message.id))]


def test_seven_three_and_one_working_day_before(app, people, make_issue):
    """2026-06-30 is a Tuesday: seven working days before it is Friday the 19th, a holiday."""
    issue = make_issue(Status.RECTIFYING)
    number = issue.number
    seen = {}
    for day in ("2026-06-15", "2026-06-18", "2026-06-22", "2026-06-25", "2026-06-29", "2026-06-30"):
        before = len(told(people.chen, MessageEvent.DEADLINE))
        outcome = run(app, "tell-deadlines", day)
        assert outcome.failed == 0
        run(app, "tell-deadlines", day)
        seen[day] = len(told(people.chen, MessageEvent.DEADLINE)) - before

    assert sum(seen.values()) == 6, "the ticket and its second measure, at each of the three steps"
    assert seen["2026-06-15"] == 0
    assert seen["2026-06-30"] == 0, "one working day was told the day before"
    assert told(people.wu, MessageEvent.DEADLINE) == []
    assert {called for _, called in told(people.chen, MessageEvent.DEADLINE)} == {
        number, f"{number} 措施2",
    }  # fmt: skip


def test_after_a_stand_still_the_nearest_step_alone_is_told(app, people, make_issue):
    make_issue(Status.RECTIFYING)
    run(app, "tell-deadlines", "2026-06-29")

    assert len(told(people.chen, MessageEvent.DEADLINE)) == 2


def test_nobody_is_pressed_for_what_they_have_claimed(app, people, make_issue):
    make_issue(Status.FIRST_ACCEPTANCE)
    assert run(app, "tell-deadlines", "2026-06-29").done == 0


@pytest.mark.both
def test_a_day_to_answer_a_notice_is_told_to_its_unit(app, people):
    notice = draft(people, planned(people))
    notice = do(NoticeAct.SIGN, notice, people.zhou)
    run(app, "tell-deadlines", "2025-11-25")

    assert (MessageEvent.DEADLINE, notice.number) in told(people.chen, MessageEvent.DEADLINE)
    assert (MessageEvent.NOTICE, notice.number) in told(people.chen, MessageEvent.NOTICE)


@pytest.mark.both
def test_a_colour_that_turned_is_told_once_and_one_that_got_better_is_not(app, people, make_issue):
    issue = make_issue(Status.RECTIFYING)
    turns = (MessageEvent.TURNED_YELLOW, MessageEvent.TURNED_RED)
    yellow, red = issue.yellow_from, issue.red_from
    assert yellow < red
    for day in (yellow, red):
        assert run(app, "tell-colours", day.isoformat()).done > 0
        assert run(app, "tell-colours", day.isoformat()).done == 0

    number = issue.number
    assert told(people.chen, *turns) == [(turns[0], number), (turns[1], number)]
    assert told(people.wu, *turns) == []


def test_a_card_tells_the_colour_at_once_and_the_night_does_not_again(app, people, make_issue):
    issue = make_issue(Status.RECTIFYING)
    with transaction():
        detail = {"colour": "red", "reason": "整改严重滞后"}
        acts.do(Action.RAISE_CARD, issue, people.sun, detail)
    assert told(people.chen, MessageEvent.TURNED_RED) == [(MessageEvent.TURNED_RED, issue.number)]
    run(app, "tell-colours", "2025-11-26")

    assert len(told(people.chen, MessageEvent.TURNED_RED)) == 1


def test_a_lead_that_nobody_decides_is_told_of_once_on_its_day(app, people):
    """Taken on a Tuesday with three working days: its time is over as Friday ends."""
    said = {"origin": "patrol", "at": clock.now(), "text": "河边堆放垃圾"}
    with transaction():
        lead = taking.take(people.chen, said, (), clock.now()).lead.id
    seen = []
    for day in ("2025-11-27", "2025-11-28", "2025-11-29"):
        assert run(app, "tell-leads", day).failed == 0
        seen.append(len(told(people.sun, MessageEvent.DEADLINE)))

    assert seen == [0, 1, 1]
    assert told(people.lin, MessageEvent.DEADLINE) == [("deadline", f"线索第{lead}号")]
    assert told(people.chen, MessageEvent.DEADLINE) == []


def test_an_urgent_lead_is_told_at_once_and_no_other(app, people):
    """Those who triage, and who told of it knows."""
    said = {"origin": "online_monitor", "at": clock.now(), "text": "氨氮超标", "pollutant": "氨氮"}
    with transaction():
        taking.take(people.lin, said | {"value": "9", "limit": "8"}, (), clock.now())
        lead = taking.take(people.lin, said | {"value": "80", "limit": "8"}, (), clock.now()).lead

    assert told(people.sun, MessageEvent.TASK) == [("task", f"急办线索第{lead.id}号")]
    assert told(people.lin, MessageEvent.TASK) == []
    assert told(people.chen, MessageEvent.TASK) == []
