"""A city that has said nothing of itself yet."""

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.models import Setting


@pytest.fixture
def unset(app):
    """The words of every test's city are gone; its units and people are there."""
    with transaction():
        for row in db.session.scalars(select(Setting)):
            db.session.delete(row)
    return app
