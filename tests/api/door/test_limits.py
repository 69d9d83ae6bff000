"""No token calls more often than the setting allows within any second."""

import threading

import pytest

from extensions import db, transaction
from issues.api.door.limits import DEFAULT, SETTING, Tally, rate_of
from issues.models import Setting


def test_the_default_is_fifty_a_second():
    assert DEFAULT == 50
    assert [rate_of(value) for value in (None, "x", True, 0, 1.5, 10_000, 7)] == [50] * 6 + [7]


def test_the_next_call_waits_until_a_second_after_the_oldest_of_the_last(tmp_path):
    tally = Tally(tmp_path, 3)

    assert [tally.wait("a", now) for now in (10.0, 10.2, 10.4)] == [0, 0, 0]
    assert tally.wait("a", 10.5) == pytest.approx(0.5)
    assert tally.wait("b", 10.5) == 0
    assert tally.wait("a", 11.0) == 0
    assert tally.wait("a", 11.1) == pytest.approx(0.1)
    assert tally.wait("a", 11.2) == 0


def test_a_clock_set_back_locks_nobody_out(tmp_path):
    tally = Tally(tmp_path, 1)

    assert tally.wait("a", 1000.0) == 0
    assert tally.wait("a", 10.0) == 0


def test_the_count_is_one_over_all_who_count(tmp_path):
    """Two processes open the same file; together they admit no more."""
    tallies = [Tally(tmp_path, 20), Tally(tmp_path, 20)]
    admitted = []

    def call(tally):
        admitted.extend(tally.wait("a", 5.0) == 0 for _ in range(20))

    threads = [threading.Thread(target=call, args=(tally,)) for tally in tallies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert admitted.count(True) == 20


def test_a_token_that_calls_too_often_is_told_to_wait_and_others_are_not(app, api):
    with transaction():
        db.session.get_one(Setting, SETTING).value = 5
    app.extensions["api_limit"].forget()

    said = [api.sun.get("/units", {200, 429}) for _ in range(20)]

    refused = [one for one in said if one.status == 429]
    assert refused
    assert refused[0].headers["Retry-After"] == "1"
    assert said[0].status == 200
    api.chen.get("/units")
