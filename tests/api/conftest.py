"""Callers of the API, and tickets made by calling it."""

import pytest
from caller import Callers
from drafts import DRAFT

from extensions import db, transaction
from issues.api.door.limits import MOST, SETTING
from issues.models import Setting


@pytest.fixture
def api(app):
    """Tests call faster than a token may by default."""
    with transaction():
        db.session.add(Setting(key=SETTING, value=MOST))
    app.extensions["api_limit"].forget()
    yield Callers(app)
    app.extensions["api_limit"].forget()


@pytest.fixture
def draft(api):
    """A complete draft of the office's, ready to be assigned."""
    return api.sun.post("/issues", DRAFT, 201).json
