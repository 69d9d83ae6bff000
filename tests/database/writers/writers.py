"""What the processes of test_writers.py run: many at once, on one database."""

from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from extensions import db, open_safely, transaction
from issues.counters import take
from issues.imprints import keys
from issues.models import Counter, Issue

SERIES = "test"


def opened(url):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        open_safely(db.engine)
    keys.use_secret("known to every test and to nobody else")
    return app


def run(job, url, times, together, told):
    """One process: wait for the others, do the job so many times, tell what came of it."""
    with opened(url).app_context():
        db.session.execute(db.select(1))
        together.wait()
        told.put([job() for _ in range(times)])
        db.session.remove()
        db.engine.dispose()


def take_a_number():
    with transaction():
        return take(SERIES)


def add_one_plainly():
    """Reads and then writes, as careless code would: only the way SQLite is opened saves it."""
    with transaction():
        row = db.session.get(Counter, SERIES)
        row.last += 1
        return row.last


def add_one_to_the_ticket():
    """Changes a ticket as an act does, again where somebody was quicker; answers how often."""
    lost = 0
    while True:
        try:
            with transaction():
                issue = db.session.query(Issue).one()
                issue.extra = {"count": issue.extra["count"] + 1}
                issue.version += 1
        except StaleDataError:
            lost += 1
        else:
            return lost
