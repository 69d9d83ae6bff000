"""Several processes that write at once lose nothing of each other's work."""

import pytest
import writers
from rows import an_issue, save

from extensions import db
from issues.models import Counter, Issue
from tools.own_process import FORKED

PROCESSES, TIMES = 4, 40


@pytest.fixture
def at_once(app):
    """Run one job in four processes at once; answers everything they told."""

    def run(job):
        db.session.remove()
        together, told = FORKED.Barrier(PROCESSES), FORKED.Queue()
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        started = [
            FORKED.Process(target=writers.run, args=(job, url, TIMES, together, told))
            for _ in range(PROCESSES)
        ]
        for process in started:
            process.start()
        answers = [told.get(timeout=60) for _ in started]
        for process in started:
            process.join(timeout=30)
            process.close()
        told.close()
        told.join_thread()
        return [answer for one in answers for answer in one]

    return run


@pytest.mark.both
def test_a_number_is_taken_by_one_alone_and_none_is_left_out(at_once):
    numbers = at_once(writers.take_a_number)

    assert sorted(numbers) == list(range(1, PROCESSES * TIMES + 1))


def test_on_sqlite_even_careless_writers_queue(at_once):
    save(Counter(series=writers.SERIES, last=0))

    at_once(writers.add_one_plainly)

    assert db.session.get(Counter, writers.SERIES).last == PROCESSES * TIMES


@pytest.mark.both
def test_a_ticket_changed_by_two_at_once_is_changed_by_both_or_one_is_told(at_once):
    save(an_issue("BZ-AF-2025-001", extra={"count": 0}))

    at_once(writers.add_one_to_the_ticket)

    issue = db.session.query(Issue).one()
    assert issue.extra["count"] == PROCESSES * TIMES
    assert issue.version == PROCESSES * TIMES + 1
