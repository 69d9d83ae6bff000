"""The folder under crash, full disk and several processes."""

import fcntl
import hashlib
import io
import os
import random
import resource
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from issues.evidence.intake.incoming import key_of
from issues.evidence.refusals import NoSpace
from issues.evidence.storage.store import open_store

LIMIT = 64 * 1024 * 1024
KILLS = 60
"""`python -m bench.files.kills` has two hundred, of the whole product."""
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def payload(number):
    return random.Random(number).randbytes(1 + number * 7919 % 300_000)  # noqa: S311 - made again to compare


def in_another_process(act):
    """Run `act(pipe)` in a fork and return (process id, reading end)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.close(reading)
        act(writing)
        code = 0
    finally:
        os._exit(code)


def all_of(reading):
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read().decode().split()


def first_of(reading, count):
    """So many lines as the process writes them; fewer where it ended."""
    lines = b""
    while lines.count(b"\n") < count and (sign := os.read(reading, 1)):
        lines += sign
    return lines.decode().split()


def test_no_acknowledged_file_is_lost_or_altered_when_the_process_is_killed(local):
    def upload_for_ever(first):
        def act(pipe):
            for number in range(first, first + 10_000):
                local.store.put(io.BytesIO(payload(number)), limit=LIMIT)
                os.write(pipe, f"{number}\n".encode())

        return act

    acknowledged, moments = set(), random.Random(1)  # noqa: S311 - the same trials every time
    for trial in range(KILLS):
        child, reading = in_another_process(upload_for_ever(trial * 10_000))
        acknowledged.update(map(int, first_of(reading, moments.randint(1, 3))))
        time.sleep(moments.uniform(0, 0.01))  # then at any moment of the next ones
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged.update(map(int, all_of(reading)))

    assert len(acknowledged) > KILLS
    for number in acknowledged:
        data = payload(number)
        with local.store.read_verified(hashlib.sha256(data).hexdigest()) as file:
            assert file.read() == data
    for sha256 in local.store.digests():
        local.store.verify(sha256)
    local.store.sweep_temp(older_than=TOMORROW)
    assert local.leftovers() == []


def test_a_disk_that_fills_while_writing_refuses_and_leaves_nothing(local):
    def upload_more_than_fits(pipe):
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, 2_500_000))
        for size in (1_000, 2_499_999, 2_500_001, 9_000_000, 1_001):
            try:
                local.store.put(io.BytesIO(bytes(size)), limit=LIMIT)
                os.write(pipe, b"kept ")
            except NoSpace:
                os.write(pipe, b"refused ")

    child, reading = in_another_process(upload_more_than_fits)
    told = all_of(reading)
    os.waitpid(child, 0)

    assert told == ["kept", "kept", "refused", "refused", "kept"]
    assert len(list(local.store.digests())) == 3
    assert local.leftovers() == []


def test_a_preview_that_does_not_fit_leaves_nothing(local):
    def preview(pipe):
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            local.store.put_preview("ab" * 32, 320, bytes(2000))
        except NoSpace:
            os.write(pipe, b"refused")

    child, reading = in_another_process(preview)
    assert all_of(reading) == ["refused"]
    os.waitpid(child, 0)
    assert local.leftovers() == []
    assert local.store.preview("ab" * 32, 320) is None


def test_several_processes_put_the_same_and_different_files_at_once(local):
    def upload(worker):
        def act(pipe):
            for number in range(20):
                local.store.put(io.BytesIO(payload(number)), limit=LIMIT)
                local.store.put(io.BytesIO(payload(1000 * worker + number)), limit=LIMIT)
            os.write(pipe, b"done")

        return act

    running = [in_another_process(upload(worker)) for worker in (1, 2, 3, 4)]
    for child, reading in running:
        assert all_of(reading) == ["done"]
        os.waitpid(child, 0)

    assert len(list(local.store.digests())) == 20 + 4 * 20
    for sha256 in local.store.digests():
        local.store.verify(sha256)


def test_an_upload_waits_while_a_sweep_looks_and_removes(local):
    local.store.put(io.BytesIO(b"first"), limit=LIMIT)
    before = set(local.store.digests())
    with (local.store.root / ".lock").open() as sweeping:
        fcntl.flock(sweeping, fcntl.LOCK_EX)
        child, reading = in_another_process(
            lambda _: local.store.put(io.BytesIO(b"second"), limit=LIMIT)
        )
        time.sleep(0.2)
        assert set(local.store.digests()) == before
        fcntl.flock(sweeping, fcntl.LOCK_UN)  # closing is not enough, the fork holds it too
    os.waitpid(child, 0)
    os.close(reading)
    assert len(set(local.store.digests())) == 2


def test_a_sweep_waits_while_an_upload_takes_its_place(local):
    sha256 = local.store.put(io.BytesIO(b"orphan"), limit=LIMIT).sha256
    path = local.store.root / key_of(sha256)
    os.utime(path, (0, 0))
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    with (local.store.root / ".lock").open() as uploading:
        fcntl.flock(uploading, fcntl.LOCK_SH)
        child, reading = in_another_process(
            lambda _: local.store.remove_orphan(sha256, older_than=hour_ago)
        )
        time.sleep(0.2)
        path.touch()  # what the upload of the same bytes does
        fcntl.flock(uploading, fcntl.LOCK_UN)
    os.waitpid(child, 0)
    os.close(reading)
    local.store.verify(sha256)


def test_an_orphan_takes_its_previews_with_it(local):
    sha256 = local.store.put(io.BytesIO(b"x"), limit=LIMIT).sha256
    local.store.put_preview(sha256, 320, b"small")
    local.store.remove_orphan(sha256, older_than=TOMORROW)

    assert local.store.preview(sha256, 320) is None


def test_a_damaged_preview_is_none_so_that_it_is_made_again(local):
    local.store.put_preview("ab" * 32, 320, b"small")
    (path,) = (local.store.root / "previews").rglob("*.jpg")
    path.write_bytes(path.read_bytes()[:-1])

    assert local.store.preview("ab" * 32, 320) is None


def test_kept_files_lie_at_their_digest_and_are_read_only(local):
    sha256 = local.store.put(io.BytesIO(b"x"), limit=LIMIT).sha256
    path = local.store.root / sha256[:2] / sha256[2:4] / sha256

    assert path.read_bytes() == b"x"
    assert path.stat().st_mode & 0o222 == 0


def test_strangers_in_the_folder_are_not_taken_for_evidence(local):
    sha256 = local.store.put(io.BytesIO(b"x"), limit=LIMIT).sha256
    folder = (local.store.root / key_of(sha256)).parent
    (folder / "notes.txt").write_text("x")
    (folder / ("00" * 32)).write_text("a digest that does not belong in this folder")

    assert list(local.store.digests()) == [sha256]


def test_a_folder_that_cannot_be_written_is_no_success(tmp_path):
    (tmp_path / "kept").write_text("a file where the folder should be")
    store = open_store((tmp_path / "kept").as_uri(), {}, reserve=0)
    with pytest.raises(OSError, match="kept"):
        store.put(io.BytesIO(b"x"), limit=LIMIT)
