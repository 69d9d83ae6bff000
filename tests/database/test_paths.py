"""Every status is reached by acts, and the rows it leaves are whole."""

import pytest
from sqlalchemy import select

from extensions import db
from issues import audit
from issues.models import Event
from issues.vocabulary import Status

pytestmark = pytest.mark.both


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached_by_acts(make_issue, status):
    issue = make_issue(status)

    db.session.expire_all()
    assert issue.status is status
    last = db.session.scalars(
        select(Event).where(Event.subject_id == issue.id).order_by(Event.seq.desc())
    ).first()
    assert last.after == status.value
    assert list(audit.faults("any")) == []
