"""A worker for the tests of long work."""

import pytest
from sqlalchemy import select

from extensions import db
from issues.models import LongWork
from issues.works.worker import run_all


@pytest.fixture
def work(app):
    """Does what waits, as a worker does; the piece that was asked for last."""

    def run():
        run_all(app, app.extensions["evidence"])
        db.session.rollback()
        return db.session.scalars(select(LongWork).order_by(LongWork.id.desc())).first()

    return run
