"""The doors of the product, and a ticket with every field filled."""

from types import SimpleNamespace

import pytest
from brought import bring
from caller import Callers
from filled import add_towns, not_held, value, workbook
from sqlalchemy import select

from extensions import db
from issues.models import Issue
from issues.tickets.fields import AMENDED, FIELDS
from issues.vocabulary import Action


@pytest.fixture(autouse=True)
def towns(people):
    add_towns()


@pytest.fixture
def doors(app, browser, people, make_issue, tmp_path):
    return SimpleNamespace(
        app=app, browser=browser, api=Callers(app), people=people, make_issue=make_issue,
        folder=tmp_path,
    )  # fmt: skip


@pytest.fixture
def whole(app, make_issue):
    """Brought in by a ledger, and then amended, so that its history too holds every value."""
    bring(workbook())
    issue = db.session.scalars(select(Issue)).one()
    fields = {field.name: value(field) for field in AMENDED}
    make_issue.act(Action.AMEND, issue, "sun", fields=fields, reason="补齐各项")
    assert not_held(FIELDS, issue) == []
    return issue
