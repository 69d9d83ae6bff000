"""No token calls more often than the setting allows within any second."""

import hashlib
import subprocess
import sys
import threading
from itertools import count, islice

import pytest

from config import ROOT
from extensions import db, transaction
from issues.api.door.limits import DEFAULT, PLACES_EACH, SETTING, SLOTS, Tally, rate_of
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


CALLS = """
import sys
from pathlib import Path
from issues.api.door.limits import Tally
tally = Tally(Path(sys.argv[1]), 20)
print("ready", flush=True)
sys.stdin.readline()
print(sum(tally.wait("a", 5.0) == 0 for _ in range(500)))
"""


def test_two_processes_admit_together_no_more_than_one(tmp_path):
    """Both are loaded before either may begin, so that they call at once."""
    asked = [sys.executable, "-c", CALLS, str(tmp_path)]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    both = [subprocess.Popen(asked, **piped) for _ in range(2)]  # noqa: S603 - the test's own
    assert [one.stdout.readline() for one in both] == ["ready\n"] * 2
    for one in both:
        one.stdin.write("go\n")
        one.stdin.flush()

    admitted = [int(one.communicate(timeout=60)[0]) for one in both]

    assert sum(admitted) == 20


def home(caller):
    mark = hashlib.sha256(caller.encode()).digest()
    return int.from_bytes(mark[8:12], "little") % SLOTS


def neighbours(caller):
    """Made-up tokens that want the caller's own place."""
    made = (f"made-up-{number}" for number in count())
    return (one for one in made if home(one) == home(caller))


def test_nobody_begins_anew_by_making_up_tokens_for_the_same_place(tmp_path):
    tally, admitted = Tally(tmp_path, 5), 0

    for other in islice(neighbours("a"), 20):
        admitted += tally.wait("a", 5.0) == 0
        tally.wait(other, 5.0)

    assert admitted == 5


def test_a_full_row_of_places_is_free_again_after_a_second(tmp_path):
    tally = Tally(tmp_path, 1)
    others = list(islice(neighbours("a"), PLACES_EACH))

    assert [tally.wait(other, 5.0) for other in others] == [0] * PLACES_EACH
    assert tally.wait("a", 5.5) > 0
    assert tally.wait("a", 6.5) == 0


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
