"""An act's preconditions are read alike of a row, in a statement, by the buttons and by the act."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import centre
import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.models import Issue, Objection
from issues.vocabulary import Action, Status
from issues.workflow.looking import ASKED, Columns, Row
from issues.workflow.preconditions import (
    PRECONDITIONS,
    Precondition,
    condition,
    is_ready,
    none,
    require,
)

pytestmark = pytest.mark.both
LATER = timedelta(days=1)


def row_of(issue, person, day):
    columns = Columns(person, day, issue.id, issue.round)
    asked = db.session.execute(select(*(getattr(columns, name) for name in ASKED))).one()
    return Row(issue, day, *(bool(value) for value in asked))


def in_sql(action, person, day):
    found = select(Issue.id).where(condition(action, person, day))
    return set(db.session.scalars(found))


def tickets(make_issue):
    """A ticket in each status, and one for each thing a precondition looks at."""
    made = [make_issue(status) for status in (*STATUSES, Status.RECTIFYING)]
    made.append(make_issue(Status.RECTIFYING, source="SX"))
    reported = make_issue(Status.RECTIFYING)
    make_issue.act(Action.REPORT_PROGRESS, reported, "chen", text="已开工。")
    carded = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, carded, "sun", colour="red", reason="进展缓慢")
    objected = make_issue(Status.PUBLICITY)
    with transaction():
        db.session.add(
            Objection(issue_id=objected.id, who="王某", text="仍有异味。", on=clock.today())
        )
    driven = make_issue(Status.RECTIFYING)
    centre.with_task(make_issue, driven)
    return [*made, reported, carded, objected, driven]


STATUSES = (Status.DRAFT, Status.ASSIGNED, Status.PUBLICITY)


def disagreeing(made, people, days):
    for person, day in product(people, days):
        rows = {issue: row_of(issue, person, day) for issue in made}
        for action in PRECONDITIONS:
            found = in_sql(action, person, day)
            for issue, row in rows.items():
                if is_ready(action, row) != (issue.id in found):
                    yield action.value, issue.number, person.name, day


def test_a_row_and_a_statement_say_the_same(make_issue):
    made = tickets(make_issue)
    today = clock.today()
    ends = {issue.publicity_until for issue in made} | {issue.deadline for issue in made}
    days = {today} | {day for end in ends if end for day in (end - LATER, end, end + LATER)}
    people = [make_issue.people["sun"], make_issue.people["chen"], make_issue.people["chenlead"]]

    assert list(disagreeing(made, people, sorted(days))) == []
    held = {action for action in PRECONDITIONS for day in days if in_sql(action, people[0], day)}
    assert len(held) > len(PRECONDITIONS) / 2, "the tickets show too little"


@pytest.mark.postgresql
def test_two_readings_that_differ_are_found(make_issue, monkeypatch):
    made = tickets(make_issue)
    wrong = Precondition(lambda row, _: row.card in ("", row.card), lambda _: "")
    monkeypatch.setitem(
        PRECONDITIONS, Action.LIFT_CARD,
        (Precondition(lambda row, _: isinstance(row, Row) or none(row.objected), wrong.refusal),),
    )  # fmt: skip

    assert list(disagreeing(made, [make_issue.people["sun"]], [clock.today()]))


@pytest.mark.sqlite
@pytest.mark.parametrize("action", PRECONDITIONS)
def test_the_act_refuses_where_the_button_is_not_shown(make_issue, action):
    issue = make_issue(Status.RECTIFYING, source="SX")
    person, day = make_issue.people["sun"], clock.today()

    def refuse(holds, sentence):
        if not holds:
            raise WrongStatus(sentence)

    act = SimpleNamespace(
        action=action, actor=person, on=day, issue=issue, refuse_now_unless=refuse,
        policy=SimpleNamespace(publicity_workdays=10),
    )  # fmt: skip
    if is_ready(action, row_of(issue, person, day)):
        require(act)
    elif action is not Action.CLOSE:
        with pytest.raises(WrongStatus):
            require(act)
