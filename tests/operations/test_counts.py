"""What several processes count adds up, never goes back, outlives a kill and a full disk."""

import multiprocessing
import os
import signal
import threading

import pytest
from hypothesis import given, settings, strategies as st

from issues.figures import slots
from issues.figures.kept import BOUNDS, NOW, SUM, TIMES, Kept
from issues.operations.routes import MEDIAN, MOST, lines, quantile, routes_of

ROUTE = ("/issues/<number>", "GET", "2xx")
SPAWN = multiprocessing.get_context("spawn")


def times(kept, labels=ROUTE):
    counts = kept.totals().counts
    return int(sum(n for key, n in counts.items() if key[0] == TIMES and key[1:-1] == labels))


def count(home, many, tells, kill):
    kept = Kept(home, "1")
    for _ in range(many):
        kept.time(0.2, *ROUTE)
    kept.move(3.0, "lane_waiting", "files")
    tells.send(str(kept.slot.path))
    if kill:
        os.kill(os.getpid(), signal.SIGKILL)
    tells.recv()


def another(home, many, *, kill=False):
    """A process that has counted so many, alive or killed, with its file."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=count, args=(home, many, theirs, kill))
    process.start()
    path = ours.recv()
    if kill:
        process.join()
    return process, ours, path


def test_what_two_processes_count_adds_up_and_each_has_a_file_of_its_own(tmp_path):
    kept = Kept(tmp_path, "1")
    kept.time(0.1, *ROUTE)
    process, pipe, path = another(tmp_path, 5)
    found = kept.totals()
    assert path != str(kept.slot.path)
    assert (times(kept), found.processes) == (6, 2)
    assert found.now["lane_waiting", "files"] == 3
    pipe.send("end")
    process.join()
    found = kept.totals()
    assert (times(kept), found.processes) == (6, 1)
    assert found.now["lane_waiting", "files"] == 0, "what stood went with its process"
    kept.close()


def test_a_killed_process_leaves_its_counts_and_the_next_one_takes_its_file_on(tmp_path):
    _, _, left = another(tmp_path, 7, kill=True)
    kept = Kept(tmp_path, "1")
    assert times(kept) == 7
    kept.time(0.1, *ROUTE)
    assert str(kept.slot.path) == left
    assert times(kept) == 8
    assert kept.totals().now.get(("lane_waiting", "files"), 0) == 0
    assert len(slots.files(kept.folder)) == 1
    kept.close()


def test_threads_of_one_process_lose_nothing(tmp_path):
    kept = Kept(tmp_path, "1")

    def work():
        for _ in range(500):
            kept.time(0.01, *ROUTE)
            kept.move(1.0, "x")
            kept.move(-1.0, "x")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert times(kept) == 4000
    assert kept.totals().now["x",] == 0
    kept.close()


@pytest.mark.parametrize("wrong", [b"", b"\xff" * 100, b"\x40\x00\x00\x00\x00\x00\x00\x00\x09"])
def test_a_file_that_was_cut_begins_anew_and_ends_nothing(tmp_path, wrong):
    kept = Kept(tmp_path, "1")
    kept.time(0.1, *ROUTE)
    path = kept.slot.path
    kept.close()
    path.write_bytes(wrong.ljust(slots.SIZE, b"\0") if wrong else wrong)
    assert times(Kept(tmp_path, "1")) == 0, "reading alone does not fail"
    again = Kept(tmp_path, "1")
    again.time(0.1, *ROUTE)
    assert times(again) == 1
    again.close()


def test_without_room_a_process_counts_for_itself_and_answers(tmp_path, monkeypatch):
    def full(_door):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as changed:
        changed.setattr(slots, "_write_out", full)
        kept = Kept(tmp_path, "1")
        kept.time(0.1, *ROUTE)
        kept.move(1.0, "lane_waiting", "files")
    assert times(kept) == 1
    assert kept.totals().processes == 1
    assert kept.totals().now["lane_waiting", "files"] == 1


def test_a_file_never_grows_whatever_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(slots, "SIZE", 64 * 1024)
    kept = Kept(tmp_path, "1")
    for number in range(200):
        kept.time(0.1, f"/{number}/" + "a" * 100, "GET", "2xx")
    assert kept.slot.path.stat().st_size == 64 * 1024
    kept.time(0.1, "/0/" + "a" * 100, "GET", "2xx")
    assert times(kept, ("/0/" + "a" * 100, "GET", "2xx")) == 2, "what has a place goes on"
    kept.close()


def test_a_new_build_begins_anew_and_takes_the_old_counts_away_unless_somebody_is_at_them(tmp_path):
    old = Kept(tmp_path, "1")
    old.time(0.1, *ROUTE)
    new = Kept(tmp_path, "2")
    new.time(0.1, *ROUTE)
    assert times(new) == 1
    assert old.folder.exists()
    old.close()
    new.close()
    again = Kept(tmp_path, "2")
    again.open()
    assert not old.folder.exists()
    assert times(again) == 1
    again.close()


def test_who_counts_nothing_is_no_process(tmp_path):
    kept = Kept(tmp_path, "1")
    kept.put(14.0, "database_pool_limit")
    assert kept.totals().processes == 0
    assert not kept.folder.exists()
    kept.open()
    assert kept.totals().processes == 1
    assert kept.totals().now["database_pool_limit",] == 14
    assert (NOW, "database_pool_limit") not in kept.totals().counts
    kept.close()


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=60),
    st.sampled_from((MEDIAN, MOST)),
)
def test_an_estimate_lies_in_the_class_of_the_true_time(tmp_path_factory, seconds, share):
    kept = Kept(tmp_path_factory.mktemp("figures"), "1")
    for one in seconds:
        kept.time(one, *ROUTE)
    (route,) = routes_of(kept.totals().counts)
    assert route.count == len(seconds)
    assert route.seconds == pytest.approx(sum(seconds))
    rank = max(1, -int(-share * len(seconds) // 1))
    true = sorted(seconds)[rank - 1]
    low = max((bound for bound in BOUNDS if bound < true), default=0.0)
    high = min((bound for bound in BOUNDS if bound >= true), default=BOUNDS[-1])
    assert low <= quantile(share, route.classes) <= high
    kept.close()


def test_a_line_adds_the_classes_of_status_up(tmp_path):
    kept = Kept(tmp_path, "1")
    for status, many in (("2xx", 5), ("4xx", 3), ("5xx", 2)):
        for _ in range(many):
            kept.time(0.02, "/board", "GET", status)
    (line,) = lines(routes_of(kept.totals().counts))
    assert (line.count, line.refused, line.failed) == (10, 3, 2)
    assert kept.totals().counts[SUM, "/board", "GET", "2xx"] == pytest.approx(0.1)
    kept.close()
