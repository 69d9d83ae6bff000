"""A quarter with a point in it, published: what becomes a paper."""

from datetime import date, datetime, time

import pytest
from people import BAZHOU, BUREAU, ENYANG

from auth.actor import SYSTEM
from extensions import transaction
from issues.ground import clock
from issues.scores import booking, publishing
from issues.vocabulary import Action, Status


@pytest.fixture
def published(make_issue, people):
    """A red card of August, booked; the first three quarters published."""
    issue = make_issue(
        Status.RECTIFYING, found_on=date(2025, 7, 1), source="YD", primary_unit=ENYANG,
        region=BAZHOU, lead_unit=BUREAU,
    )  # fmt: skip
    at = datetime.combine(date(2025, 8, 20), time(10), clock.SHANGHAI)
    make_issue.act(Action.RAISE_CARD, issue, "sun", on=at, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
    for quarter in (1, 2, 3):
        with transaction():
            publishing.publish(2025, quarter, people.he, clock.now())
    return issue
