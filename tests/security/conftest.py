"""Callers of the API beside the browser, for tests that look through every door of a ticket."""

import pytest
from caller import Callers

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
