"""Callers of the API beside the browser, for tests that look through every door of a ticket."""

import contextvars

import pytest
from caller import PREFIX, Callers

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
def look(browser, api):
    """What anybody is answered at any address, whatever the status; each look alone."""

    def looked(name, url):
        caller, headers = browser.as_(name).client, {}
        if url.startswith(PREFIX):
            caller = getattr(api, name).client
            headers["Authorization"] = f"Bearer {getattr(api, name).token}"
        db.session.rollback()
        answer = contextvars.Context().run(caller.get, url, headers=headers, buffered=True)
        db.session.rollback()
        return answer

    return looked
