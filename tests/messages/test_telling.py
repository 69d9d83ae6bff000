"""Who is told of what: with the act or not at all, never contents, nothing out of sight."""

import pytest
from people import CAST, ENYANG
from sqlalchemy import func, select, true, update

from auth import changing, signin
from auth.models import Grant, User
from extensions import db, transaction
from issues import acts
from issues.ground.refusals import NotFound, Refusal
from issues.messages import inbox as reading, sight
from issues.models import IssueUnit, Message
from issues.queries.messages import inbox
from issues.rights.holders import may_be_theirs
from issues.rights.table import TABLE, may
from issues.vocabulary import Action, MessageEvent, Status

UNIT_OF_ENYANG = {"fields": {"supporting_units": [ENYANG]}, "reason": "一并负责"}


def told(person):
    """What stands in a person's inbox, the oldest first."""
    db.session.rollback()
    rows = db.session.scalars(inbox.messages(person)).all()
    return [(row.event, row.called) for row in reversed(rows)]


def events(person):
    return [event for event, _ in told(person)]


def do(action, issue, person, **detail):
    with transaction():
        acts.do(action, issue, person, detail)


@pytest.mark.both
def test_the_life_of_a_ticket_is_told_to_whom_it_concerns(people, make_issue):
    issue = make_issue(Status.SITE_CHECK)
    number = issue.number

    assert told(people.chen)[0] == (MessageEvent.ASSIGNED, number)
    assert (MessageEvent.DECISION, number) in told(people.liu)
    assert (MessageEvent.TASK, number) in told(people.lin)
    assert (MessageEvent.TASK, number) not in told(people.sun)
    assert told(people.wu) == [], "another county is told nothing"


def test_who_did_it_is_not_told_and_the_others_are_told_once(people, make_issue):
    issue = make_issue(Status.PLAN_REVIEW)
    do(Action.RETURN_PLAN, issue, people.liu, reason="第二项措施没有责任人")

    assert events(people.chenlead)[-1] is MessageEvent.RETURNED
    assert MessageEvent.RETURNED not in events(people.liu)
    every = db.session.scalars(select(Message)).all()
    assert len({(row.user_id, row.occasion) for row in every}) == len(every)


def test_a_message_holds_no_contents(people, make_issue):
    issue = make_issue(Status.RECTIFYING, title="某砂石厂夜间偷排")
    do(Action.INSTRUCT, issue, people.zhao, text="请立即查实整改", due_on="2025-12-10")

    assert MessageEvent.INSTRUCTION in events(people.sun)
    for row in db.session.scalars(select(Message)):
        words = f"{row.called} {row.path} {row.occasion}"
        assert "砂石厂" not in words, row.event
        assert "查实" not in words, row.event


def _twice(issue, person):
    """The second one is refused, and with it the first."""
    with transaction():
        for _ in range(2):
            acts.do(Action.RETURN_PLAN, issue, person, {"reason": "缺少责任人"})


def test_an_act_that_fails_tells_nobody(people, make_issue):
    issue = make_issue(Status.PLAN_REVIEW)
    before = told(people.chenlead)
    with pytest.raises(Refusal):
        _twice(issue, people.liu)

    assert told(people.chenlead) == before


def test_a_unit_that_comes_later_is_told_and_the_others_not_again(people, make_issue):
    issue = make_issue(Status.RECTIFYING)
    before = told(people.chen)
    do(Action.AMEND, issue, people.sun, **UNIT_OF_ENYANG)

    assert told(people.wu) == [(MessageEvent.ASSIGNED, issue.number)]
    assert told(people.chen) == before


@pytest.mark.both
def test_who_lost_sight_of_a_ticket_sees_no_message_of_it(people, make_issue, browser, monkeypatch):
    issue = make_issue(Status.RECTIFYING)
    do(Action.AMEND, issue, people.sun, **UNIT_OF_ENYANG)
    row = db.session.scalar(select(Message.id).where(Message.user_id == people.wu.id))
    assert told(people.wu)
    with transaction():
        which = IssueUnit.unit_id == people.wu.unit_id, IssueUnit.issue_id == issue.id
        for one in db.session.scalars(select(IssueUnit).where(*which)):
            db.session.delete(one)

    assert told(people.wu) == []
    page = browser.as_("wu").get("/messages")
    assert issue.number not in page.html
    assert "条未读" not in page.text
    with pytest.raises(NotFound), transaction():
        reading.open_one(people.wu, row)

    monkeypatch.setattr(sight, "reach", lambda *_: true())
    assert told(people.wu), "without the guard it would be seen"


def test_a_look_back_is_told_to_inspectors_alone(people, make_issue, monkeypatch):
    """Units do not know that they are visited, and no message says so."""
    issue = make_issue(Status.CLOSED)
    do(Action.PLAN_LOOKBACK, issue, people.sun, planned_on="2025-12-20", reason="群众反映")
    covert = db.session.scalars(select(Message).where(Message.is_covert)).all()
    names = {db.session.get(User, row.user_id).name for row in covert}

    assert names == {"lin", "lin2"}
    with transaction():
        chen = people.chen.id
        db.session.execute(
            update(Message)
            .where(Message.is_covert)
            .values(user_id=None, unit_id=1)
            .where(Message.id != covert[0].id)
        )
        db.session.execute(update(Message).where(Message.id == covert[0].id).values(user_id=chen))
    assert MessageEvent.TASK not in events(people.chen), "and is not shown to who may not know"
    monkeypatch.setattr(sight, "holds", lambda *_: True)
    assert MessageEvent.TASK in events(people.chen)


def test_what_others_did_to_an_account_is_told_and_what_one_did_is_not(people):
    with transaction():
        signin.begin(people.chen.id, None, address="127.0.0.1", agent="")
    before = told(people.chen)
    with transaction():
        changing.reset_by_link(people.sysadmin, people.chen.id)
        for _ in range(3):
            signin.record_failure("chen", "10.0.0.9")

    new = told(people.chen)[len(before) :]
    assert new == [(MessageEvent.ACCOUNT, "重置密码"), (MessageEvent.ACCOUNT, "登录失败")]


@pytest.mark.postgresql
def test_of_whom_the_table_says_it_may_the_query_says_it_too(people, make_issue):
    """The third reading of the table agrees with may(), of each of the cast and each power."""
    issues = [make_issue(Status.DRAFT), make_issue(Status.RECTIFYING)]
    rows = select(User.name).join(Grant, Grant.user_id == User.id).order_by(User.name)
    for issue in issues:
        for power in TABLE:
            found = db.session.scalars(rows.where(may_be_theirs(power, issue)).distinct()).all()
            assert found == sorted(n for n in CAST if may(people[n], power, issue)), power


def test_messages_of_half_a_year_ago_are_forgotten_with_their_lines(people, make_issue):
    make_issue(Status.RECTIFYING)
    with transaction():
        old = select(Message.id).where(Message.user_id == people.chen.id)
        long_ago = reading.clock.real_now() - reading.KEPT_FOR * 2
        db.session.execute(update(Message).where(Message.id.in_(old)).values(written_at=long_ago))
    count = reading.count_old()
    assert count > 0
    with transaction():
        assert reading.forget_old() == count

    assert told(people.chen) == []
    assert told(people.liu)
    assert db.session.scalar(select(func.count(Message.id)))
