"""What both stores promise."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from issues.evidence.refusals import CutShort, Damaged, Missing, NoSpace, TooLarge
from issues.evidence.storage.store import open_store

LIMIT = 64 * 1024 * 1024
DATA = b"before and after" * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def put(store, data=DATA, **options):
    return store.put(io.BytesIO(data), limit=options.pop("limit", LIMIT), **options)


def read(store, sha256=SHA256):
    with store.read_verified(sha256) as file:
        return file.read()


def test_what_was_put_is_there_under_its_digest(store):
    stored = put(store)

    assert (stored.sha256, stored.size) == (SHA256, len(DATA))
    assert read(store) == DATA
    assert store.size(SHA256) == len(DATA)
    assert store.exists(SHA256)


def test_the_same_bytes_twice_are_one_file(store):
    assert put(store) == put(store)

    assert list(store.digests()) == [SHA256]


def test_a_file_of_several_chunks_comes_back_whole(store):
    data = bytes(range(256)) * 4096 * 7 + b"tail"
    assert read(store, put(store, data).sha256) == data


def test_a_large_file_of_several_parts_comes_back_whole(store):
    data = bytes(range(251)) * 160_000
    assert read(store, put(store, data).sha256) == data


def test_one_byte_over_the_limit_is_refused_and_leaves_nothing(kept):
    put(kept.store, b"x" * 100, limit=100)
    with pytest.raises(TooLarge, match="上限"):
        put(kept.store, b"y" * 101, limit=100)

    assert kept.leftovers() == []
    assert len(list(kept.store.digests())) == 1


@pytest.mark.parametrize("declared", [len(DATA) - 1, len(DATA) + 1])
def test_a_file_shorter_or_longer_than_declared_is_refused(kept, declared):
    with pytest.raises(CutShort, match="不完整"):
        put(kept.store, declared=declared)

    assert kept.leftovers() == []
    assert not kept.store.exists(SHA256)


def test_a_declared_size_over_the_limit_is_refused_before_a_byte_is_read(store):
    stream = io.BytesIO(DATA)
    with pytest.raises(TooLarge):
        store.put(stream, limit=10, declared=11)
    assert stream.tell() == 0


class BrokenOff(io.RawIOBase):
    def read(self, _size=-1):
        raise ConnectionResetError


def test_an_upload_that_breaks_off_leaves_nothing(kept):
    with pytest.raises(ConnectionResetError):
        kept.store.put(BrokenOff(), limit=LIMIT)
    assert kept.leftovers() == []


def test_received_bytes_that_are_not_kept_leave_nothing(kept):
    with kept.store.receive(io.BytesIO(DATA), limit=LIMIT) as incoming:
        assert incoming.path.read_bytes() == DATA
        assert incoming.sha256 == SHA256

    assert kept.leftovers() == []
    assert not kept.store.exists(SHA256)


def test_received_bytes_are_there_once_kept(kept):
    with kept.store.receive(io.BytesIO(DATA), limit=LIMIT) as incoming:
        incoming.keep()

    assert kept.leftovers() == []
    assert read(kept.store) == DATA


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: b"B" + data[1:],
        lambda data: data[:-1] + b"!",
        lambda _: b"",
    ],
    ids=["short", "long", "first byte", "last byte", "empty"],
)
def test_a_damaged_file_is_told_and_never_given(kept, damage):
    put(kept.store)
    kept.overwrite(SHA256, damage(DATA))

    with pytest.raises(Damaged, match="损坏") as told:
        kept.store.read_verified(SHA256)
    assert told.value.sha256 == SHA256
    with pytest.raises(Damaged):
        kept.store.verify(SHA256)


def test_every_single_flipped_bit_is_found(kept):
    data = b"evidence"
    sha256 = put(kept.store, data).sha256
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        kept.overwrite(sha256, bytes(flipped))
        with pytest.raises(Damaged):
            kept.store.verify(sha256)


def test_uploading_the_bytes_again_mends_a_damaged_file(kept):
    put(kept.store)
    kept.overwrite(SHA256, b"rot")
    put(kept.store)

    kept.store.verify(SHA256)


def test_what_was_never_put_is_missing(store):
    for act in (store.read_verified, store.size, store.verify):
        with pytest.raises(Missing):
            act(SHA256)
    assert not store.exists(SHA256)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", SHA256.upper(), SHA256[:-1], f"{SHA256}\n"]
)
def test_only_a_digest_is_a_name(store, name):
    for act in (store.read_verified, store.exists, store.size):
        with pytest.raises(ValueError, match="digest"):
            act(name)


def test_an_old_orphan_is_removed_and_a_young_one_stays(store):
    put(store)

    assert not store.remove_orphan(SHA256, older_than=LONG_AGO)
    assert read(store) == DATA
    assert store.remove_orphan(SHA256, older_than=TOMORROW)
    assert not store.exists(SHA256)
    assert list(store.digests()) == []
    assert not store.remove_orphan(SHA256, older_than=TOMORROW)


def test_leftovers_of_a_crash_are_swept_once_they_are_old(kept):
    incoming = kept.store.receive(io.BytesIO(DATA), limit=LIMIT)

    assert kept.store.sweep_temp(older_than=LONG_AGO) == 0
    assert incoming.path.exists()
    assert kept.store.sweep_temp(older_than=TOMORROW) == 1
    assert kept.leftovers() == []


def test_a_preview_is_kept_beside_and_is_no_evidence(store):
    put(store)
    assert store.preview(SHA256, 320) is None
    store.put_preview(SHA256, 320, b"small")

    assert store.preview(SHA256, 320) == b"small"
    assert store.preview(SHA256, 1280) is None
    assert list(store.digests()) == [SHA256]


def test_too_little_room_is_refused_before_a_byte_is_written(tmp_path, s3_server):
    stores = [
        open_store((tmp_path / "kept").as_uri(), {}, reserve=1 << 60),
        open_store("s3://evidence/x", s3_server.options, reserve=1 << 60, spool=tmp_path / "kept"),
    ]
    for full in stores:
        with pytest.raises(NoSpace, match="空间不足"):
            put(full)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("url", ["", "evidence", "file://host/x", "file:///", "s3://", "ftp://x/y"])
def test_an_address_that_names_no_store_stops_the_start(url):
    with pytest.raises(ValueError, match="EVIDENCE_URL"):
        open_store(url, {})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.binary(max_size=3000), max_size=8))
def test_the_digests_are_those_of_all_that_was_put_and_no_others(local, files):
    before = set(local.store.digests())
    put_now = {put(local.store, data).sha256 for data in files}

    assert set(local.store.digests()) == before | put_now
    assert put_now == {hashlib.sha256(data).hexdigest() for data in files}
