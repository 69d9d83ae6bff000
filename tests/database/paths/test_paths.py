"""Every status is reached by acts, and the rows it leaves are whole."""

import pytest
from sqlalchemy import select

from extensions import db
from issues import audit
from issues.ground import clock
from issues.models import Event
from issues.rules.colour import shown_colour
from issues.vocabulary import Colour, Status

pytestmark = pytest.mark.both


@pytest.mark.by_turns
@pytest.mark.parametrize("status", [one for one in Status if one is not Status.TAKEN_BACK])
def test_every_status_is_reached_by_acts(make_issue, status):
    """But that of an import taken back: tests/exchange/again/test_taking_back."""
    issue = make_issue(status)

    db.session.expire_all()
    assert issue.status is status
    last = db.session.scalars(
        select(Event).where(Event.subject_id == issue.id).order_by(Event.seq.desc())
    ).first()
    assert last.after == status.value
    assert list(audit.faults("any")) == []


def test_a_ticket_made_without_a_word_is_green_on_the_test_day(make_issue):
    issue = make_issue()

    assert shown_colour(issue, clock.today()) is Colour.GREEN
    assert issue.firings
