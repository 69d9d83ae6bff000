"""After a stand-still one ticket gets one paper, the highest step due; the rest stays passed over.

Also: nothing no higher is drafted while a paper is out, and a paper by a card alone is not missed.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from pressed import plan_rows, press
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.jobs.runner import Runner, run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Notice
from issues.notices import acts as notice_acts
from issues.rules.policy import Policy
from issues.supervision.one_paper import STEPS, Paper, stands_for
from issues.supervision.triggers import due_drafts
from issues.vocabulary import Action, EvidenceKind, NoticeAct, NoticeKind, Status

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)
FAR = "2027-12-31"
SIGNERS = {"N1": "sun", "N2": "zhou", "N3": "zhou", "N4": "zhao", "N6": "zhao"}


def drafted(issue):
    db.session.rollback()
    rows = select(Notice).where(Notice.issue_id == issue.id, Notice.kind.in_(STEPS))
    return [(row.kind.value, row.trigger) for row in db.session.scalars(rows.order_by(Notice.id))]


@pytest.fixture
def run(app):
    def run_on(day):
        clock.stand_still(day)
        tools = tools_for(day, app.extensions["evidence"], "secret")
        outcome = run_once(JOBS["draft-notices"], tools)
        assert outcome.failed == 0
        return outcome.done

    return run_on


def act_on(issue, people, act, raw=None, *, name=None):
    """One act on the newest paper of a ticket."""
    rows = select(Notice).where(Notice.issue_id == issue.id, Notice.kind.in_(STEPS))
    notice = db.session.scalars(rows.order_by(Notice.id.desc())).first()
    person = people[name or SIGNERS[notice.kind.value]]
    with transaction():
        notice_acts.do(act, notice.id, person, raw or {}, press())
    return notice


def raise_card(make_issue, issue, colour, reason="整改迟缓"):
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour=colour, reason=reason)


@pytest.mark.both
def test_a_backlog_gets_one_paper_a_ticket_and_nothing_on_any_later_run(make_issue, run):
    """The example city left alone from November to March (case 21)."""
    yellow = make_issue(Status.PLANNING, deadline="2026-02-20")
    red = make_issue(Status.PLANNING, deadline=FAR)
    raise_card(make_issue, red, "red")
    assert drafted(red) == [("N3", "red_card")]
    later = date(2026, 2, 8)

    assert run(later) == 2
    assert drafted(yellow) == [("N1", "first_yellow")]
    assert drafted(red) == [("N3", "red_card"), ("N6", "very_long_red")], "not N4 and N6"
    assert [run(later), run(later + timedelta(days=1))] == [0, 0]


def test_a_first_yellow_of_a_month_ago_gets_no_reminder_beside_the_notice(make_issue, run):
    issue = make_issue(Status.RECTIFYING, deadline=FAR, measures=PLAIN)
    due = issue.yellow_from + timedelta(days=29)

    assert run(due) == 1
    assert drafted(issue) == [("N2", "long_yellow")]
    assert [run(due), run(due + timedelta(days=1))] == [0, 0], "the reminder stays passed over"


@pytest.mark.postgresql
def test_a_server_that_stood_still_drafts_one_paper_dated_the_day_it_was_made(app, make_issue):
    issue = make_issue(Status.RECTIFYING, deadline=FAR, measures=PLAIN)
    runner = Runner(app.extensions["evidence"], app.config["SECRET_KEY"])
    runner.catch_up()
    back = issue.yellow_from + timedelta(days=29)

    clock.stand_still(back)
    runner.catch_up()

    assert drafted(issue) == [("N2", "long_yellow")]
    made = db.session.scalars(select(Notice).where(Notice.trigger == "long_yellow")).one()
    assert clock.day_of(made.drafted_at) == back


def test_two_triggers_in_one_act_draft_the_higher_step_alone(make_issue, people):
    issue = make_issue(Status.RECTIFYING, measures=PLAIN)
    proof = make_issue.evidence(issue, name="sun")
    detail = {"result": "fake", "on": "2025-11-24", "reason": "现场未建设", "document": proof.id}

    with transaction():
        acts.do(Action.RECORD_FINDING, issue, people.sun, detail)

    assert drafted(issue) == [("N6", "found")]
    assert due_drafts(TODAY, Policy.default()) == []


def test_an_assignment_that_is_yellow_at_once_gets_its_hand_over_and_no_reminder(make_issue, run):
    issue = make_issue(Status.ASSIGNED, found_on=TODAY, deadline="2025-11-27")
    assert issue.yellow_from <= TODAY

    kinds = db.session.scalars(select(Notice.kind).where(Notice.issue_id == issue.id)).all()

    assert kinds == [NoticeKind.N0]
    assert run(TODAY) == 0


def test_a_unit_is_summoned_once_a_quarter_whatever_its_next_red_card(make_issue):
    tickets = [make_issue(Status.RECTIFYING, measures=PLAIN) for _ in range(4)]
    for issue in tickets:
        raise_card(make_issue, issue, "red")

    assert [drafted(issue) for issue in tickets] == [
        [("N3", "red_card")], [("N4", "many_red")], [("N3", "red_card")], [("N3", "red_card")],
    ]  # fmt: skip


def test_no_reminder_is_drafted_while_a_paper_is_unanswered(make_issue, people, run):
    """Even past its day: what a lapse asks for is a higher step, never the same one again."""
    issue = make_issue(Status.RECTIFYING, deadline=FAR, measures=PLAIN)
    first = issue.yellow_from + timedelta(days=29)
    run(first)
    act_on(issue, people, NoticeAct.SIGN)
    told = [("N2", "long_yellow")]

    clock.stand_still(first + timedelta(days=1))
    raise_card(make_issue, issue, "yellow", "第一次")
    for days in range(1, 40):
        run(first + timedelta(days=days))
    assert drafted(issue) == told, "neither Y6 nor thirty days more"

    act_on(issue, people, NoticeAct.ACKNOWLEDGE, {"name": "陈某", "phone": "1"}, name="chen")
    proof = make_issue.evidence(issue)
    answer = {"text": "已加快推进。", "plan": plan_rows("2026-12-20"), "evidence": [str(proof.id)]}
    act_on(issue, people, NoticeAct.REPLY, answer, name="chenlead")
    assert run(first + timedelta(days=41)) == 0, "what began meanwhile is no news afterwards"


def test_a_step_that_begins_after_the_answer_is_new(make_issue, people, run):
    issue = make_issue(Status.PLANNING, deadline=FAR)
    raise_card(make_issue, issue, "yellow", "第一次")
    run(TODAY + timedelta(days=29))
    assert drafted(issue) == [("N2", "long_yellow")]
    act_on(issue, people, NoticeAct.SIGN)
    act_on(issue, people, NoticeAct.ACKNOWLEDGE, {"name": "陈某", "phone": "1"}, name="chen")
    proof = make_issue.evidence(issue)
    answer = {"text": "已加快推进。", "plan": plan_rows("2026-12-20"), "evidence": [str(proof.id)]}
    act_on(issue, people, NoticeAct.REPLY, answer, name="chenlead")
    clock.stand_still(TODAY + timedelta(days=32))
    make_issue.act(Action.LIFT_CARD, issue, "zhou", reason="已跟上")

    clock.stand_still(TODAY + timedelta(days=33))
    raise_card(make_issue, issue, "yellow", "第二次")

    assert drafted(issue) == [("N2", "long_yellow"), ("N2", "second_yellow")]


@pytest.mark.parametrize(("days", "asked"), [(28, False), (29, True), (30, True)])
def test_thirty_days_yellow_by_a_card_alone_ask_for_a_yellow_card_notice(make_issue, days, asked):
    issue = make_issue(Status.PLANNING, deadline=FAR)
    raise_card(make_issue, issue, "yellow")
    on = TODAY + timedelta(days=days)
    assert issue.yellow_from > on

    found = [due.trigger for due in due_drafts(on, Policy.default())]

    assert found == (["long_yellow"] if asked else [])


def test_a_card_alone_is_told_on_its_thirtieth_day_of_yellow_and_not_a_day_before(make_issue, run):
    """By its own dates it is green all the time; its twin without a card is told nothing."""
    issue, twin = (make_issue(Status.PLANNING, deadline=FAR) for _ in range(2))
    raise_card(make_issue, issue, "yellow")
    on = TODAY + timedelta(days=29)

    assert [run(on - timedelta(days=days)) for days in (9, 1)] == [0, 0]
    assert drafted(issue) == []
    assert run(on) == 1
    assert (drafted(issue), drafted(twin)) == ([("N2", "long_yellow")], [])
    assert issue.yellow_from > on, "green by its dates"
    assert all(one["since"] > on.isoformat() for one in issue.firings), "by no rule"
    assert run(on + timedelta(days=1)) == 0


def test_a_red_card_in_between_breaks_the_thirty_days(make_issue):
    """The yellow one that a lifted red card leaves behind begins them anew."""
    issue = make_issue(Status.PLANNING, deadline=FAR)
    raise_card(make_issue, issue, "yellow")
    clock.stand_still(TODAY + timedelta(days=10))
    raise_card(make_issue, issue, "red")
    check = make_issue.evidence(issue, EvidenceKind.SITE_CHECK, "lin")
    report = make_issue.evidence(issue)
    clock.stand_still(TODAY + timedelta(days=12))
    detail = {"reason": "已整改", "report": report.id, "check": check.id}
    make_issue.act(Action.LIFT_CARD, issue, "zhou", **detail)

    def asked(days):
        due = due_drafts(TODAY + timedelta(days=12 + days), Policy.default())
        return Counter(one.trigger for one in due)["long_yellow"]

    assert issue.card == "yellow"
    assert (asked(20), asked(28)) == (0, 0), "yellow and red and yellow are no thirty days"


days_ahead = st.integers(0, 60).map(lambda n: TODAY + timedelta(days=n))
papers = st.builds(
    lambda kind, drafted_on, out: Paper(
        kind, drafted_on, None if out is None else drafted_on + timedelta(days=out)
    ),
    st.sampled_from(STEPS), days_ahead, st.none() | st.integers(0, 40),
)  # fmt: skip


@given(papers, st.sampled_from(STEPS), days_ahead)
def test_a_paper_stands_for_no_higher_step_and_for_nothing_begun_after_its_answer(
    paper, kind, since
):
    is_out = paper.ended_on is None or since < paper.ended_on
    began_before = since <= paper.drafted_on
    is_higher = STEPS.index(kind) > STEPS.index(paper.kind)

    assert stands_for(paper, kind, since) == ((is_out or began_before) and not is_higher)
