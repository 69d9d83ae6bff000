"""Who is told of what: with the act or not at all, never contents, nothing out of sight."""

import pytest

from extensions import db
from issues.queries.messages import inbox
from issues.vocabulary import MessageEvent, Status

pytestmark = pytest.mark.both


def told(person):
    """What stands in a person's inbox, the oldest first."""
    db.session.rollback()
    rows = db.session.scalars(inbox.messages(person)).all()
    return [(row.event, row.called) for row in reversed(rows)]


def test_the_life_of_a_ticket_is_told_to_whom_it_concerns(people, make_issue):
    issue = make_issue(Status.SITE_CHECK)
    number = issue.number

    assert told(people.chen)[0] == (MessageEvent.ASSIGNED, number)
    assert (MessageEvent.DECISION, number) in told(people.liu)
    assert (MessageEvent.TASK, number) in told(people.lin)
    assert (MessageEvent.TASK, number) not in told(people.sun)
    assert told(people.wu) == [], "another county is told nothing"
