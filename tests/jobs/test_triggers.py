"""What the triggers ask to be drafted, and that each occurrence is drafted once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.models import Notice
from issues.rules.policy import Policy
from issues.supervision.triggers import due_drafts
from issues.vocabulary import Action, NoticeKind, Status

TODAY = date(2025, 11, 25)
POLICY = Policy.default()
PLAIN = ({"text": "清运"},)


def asked(on=TODAY):
    return [(due.kind, due.trigger) for due in due_drafts(on, POLICY)]


def drafted(issue):
    rows = select(Notice).where(Notice.issue_id == issue.id).order_by(Notice.id)
    return [(notice.kind, notice.trigger) for notice in db.session.scalars(rows)]


def test_an_assigned_ticket_has_its_notice_drafted_in_the_same_act(make_issue):
    issue = make_issue(Status.ASSIGNED)

    assert drafted(issue) == [(NoticeKind.N0, "assigned")]
    assert asked() == []


def test_a_unit_the_ticket_is_passed_on_to_on_the_same_day_is_told_as_well(make_issue):
    issue = make_issue(Status.ASSIGNED, found_on=TODAY)
    make_issue.act(Action.DECLINE, issue, "chen", reason="不属本区")
    make_issue.act(Action.EDIT, issue, "sun", primary_unit="511903", region="511903")

    make_issue.act(Action.ASSIGN, issue, "sun")

    assert drafted(issue) == [(NoticeKind.N0, "assigned")] * 2


def test_the_first_yellow_of_a_round_asks_for_a_reminder(make_issue):
    make_issue(Status.RECTIFYING, deadline="2025-12-01", measures=({"text": "清运"},))

    assert (NoticeKind.N1, "first_yellow") in asked()


def test_a_green_ticket_asks_for_nothing(make_issue):
    make_issue(Status.RECTIFYING, measures=PLAIN)

    assert asked() == []


def test_a_ticket_that_is_red_already_is_past_a_reminder(make_issue):
    make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=({"text": "清运"},))

    assert (NoticeKind.N1, "first_yellow") not in asked()


def test_thirty_days_of_yellow_running_ask_for_a_yellow_card_notice(make_issue):
    issue = make_issue(Status.RECTIFYING, deadline="2026-06-30",
                       measures=({"text": "清运", "deadline": "2025-10-31"},))  # fmt: skip
    thirtieth = issue.yellow_from + timedelta(days=29)

    clock.stand_still(thirtieth)

    assert issue.red_from <= thirtieth  # the measure is red by then: no yellow notice
    assert (NoticeKind.N2, "long_yellow") not in asked(thirtieth)


@pytest.mark.both
def test_a_red_card_is_drafted_for_at_once_and_never_again(make_issue):
    issue = make_issue(Status.RECTIFYING, measures=PLAIN)

    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="整改迟缓")

    assert (NoticeKind.N3, "red_card") in drafted(issue)
    assert asked() == []


def test_a_second_yellow_card_asks_for_a_yellow_card_notice(make_issue):
    issue = make_issue(Status.RECTIFYING, measures=PLAIN)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="第一次")
    make_issue.act(Action.LIFT_CARD, issue, "zhou", reason="已跟上")

    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="第二次")

    assert (NoticeKind.N2, "second_yellow") in drafted(issue)


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(29, set()), (30, {NoticeKind.N4}), (59, {NoticeKind.N4}),
     (60, {NoticeKind.N6})],
)  # fmt: skip
def test_a_red_card_that_stands_long_asks_for_the_next_step(make_issue, days, kinds):
    issue = make_issue(Status.RECTIFYING, measures=PLAIN)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="整改迟缓")

    found = {kind for kind, trigger in asked(TODAY + timedelta(days=days)) if "red" in trigger}

    assert found == kinds


def test_two_red_cards_at_one_unit_in_a_quarter_ask_for_a_summons(make_issue):
    first, second = (
        make_issue(Status.RECTIFYING, measures=PLAIN),
        make_issue(Status.RECTIFYING, measures=PLAIN),
    )
    make_issue.act(Action.RAISE_CARD, first, "sun", colour="red", reason="整改迟缓")
    make_issue.act(Action.RAISE_CARD, second, "sun", colour="red", reason="整改迟缓")

    assert (NoticeKind.N4, "many_red") in drafted(second)
    assert (NoticeKind.N4, "many_red") not in drafted(first)


def test_a_finding_asks_for_hanging_alone_though_it_raises_a_red_card(make_issue, people):
    issue = make_issue(Status.RECTIFYING, measures=PLAIN)
    proof = make_issue.evidence(issue, name="sun")

    detail = {"result": "fake", "on": "2025-11-24", "reason": "现场未建设", "document": proof.id}
    with transaction():
        acts.do(Action.RECORD_FINDING, issue, people.sun, detail)

    assert issue.card == "red"
    assert drafted(issue)[1:] == [(NoticeKind.N6, "found")]


def test_closing_drafts_the_notice_of_closure(make_issue):
    issue = make_issue(Status.CLOSED)

    assert (NoticeKind.N8, "closed") in drafted(issue)
