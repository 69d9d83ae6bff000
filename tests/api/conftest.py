"""Callers of the API, and tickets made by calling it."""

import pytest
from caller import Callers
from drafts import DRAFT


@pytest.fixture
def api(app):
    return Callers(app)


@pytest.fixture
def draft(api):
    """A complete draft of the office's, ready to be assigned."""
    return api.sun.post("/issues", DRAFT, 201).json
