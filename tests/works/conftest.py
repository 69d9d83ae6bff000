"""A worker for the tests of long work."""

import os

import pytest
from people import PASSWORD
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


@pytest.fixture
def environ(place):
    """What another process is told to stand on the same ground."""
    settings = place.config()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "TODAY": "2025-11-25",
        "PYTHONUTF8": "1",
    }
