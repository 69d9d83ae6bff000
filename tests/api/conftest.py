"""Callers of the API, and tickets made by calling it."""

import pytest
from caller import Callers
from drafts import DRAFT

from extensions import db, transaction
from issues.api.door.limits import MOST, SETTING
from issues.models import Setting


@pytest.fixture
def api(app, shelf):
    """Tests call faster than a token may by default."""
    shelf.of(("fast calls",), fast_calls) if shelf else fast_calls()
    app.extensions["api_limit"].forget()
    yield Callers(app, shelf)
    app.extensions["api_limit"].forget()


def fast_calls():
    row = Setting(key=SETTING, value=MOST)
    with transaction():
        db.session.add(row)
    return (row,)


@pytest.fixture
def draft(api):
    """A complete draft of the office's, ready to be assigned."""
    return api.sun.post("/issues", DRAFT, 201).json
