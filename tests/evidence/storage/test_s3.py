"""The object store where it differs: absent, refusing, lying."""

import hashlib
import io
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from issues.evidence.refusals import Missing, StoreUnavailable
from issues.evidence.storage.store import open_store

LIMIT = 64 * 1024 * 1024
DATA = b"before and after" * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def put(store):
    return store.put(io.BytesIO(DATA), limit=LIMIT)


def test_a_wrong_secret_is_told_and_nothing_is_acknowledged(s3_server, tmp_path):
    options = s3_server.options | {"AWS_SECRET_ACCESS_KEY": "wrong"}
    store = open_store("s3://evidence/x", options, reserve=0, spool=tmp_path)
    with pytest.raises(StoreUnavailable, match="暂时不可用"):
        put(store)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_a_missing_key_stops_the_start_by_its_name(s3_server, name):
    with pytest.raises(ValueError, match=name):
        open_store("s3://evidence/x", s3_server.options | {name: ""})


class LosesBodies(BaseHTTPRequestHandler):
    """Says yes to every PUT and keeps nothing but a first byte."""

    protocol_version = "HTTP/1.1"
    kept: dict[str, bytes] = {}

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.kept[self.path] = body[:1]
        self.answer(200, b"")

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        body = self.kept.get(self.path)
        self.answer(404 if body is None else 200, body or b"")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Tue, 25 Nov 2025 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class LosesAnswers(LosesBodies):
    """Keeps every PUT and then answers that something went wrong."""

    kept: dict[str, bytes] = {}

    def do_PUT(self):
        self.kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(403, b"")


@pytest.fixture
def served(request, tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), request.param)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    options = {
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "s",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
    }
    yield open_store("s3://b/p", options, reserve=0, spool=tmp_path)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("served", [LosesBodies], indirect=True)
def test_a_store_that_lies_about_saving_is_found_out(served):
    with pytest.raises(StoreUnavailable):
        put(served)


@pytest.mark.parametrize("served", [LosesAnswers], indirect=True)
def test_bytes_that_arrived_count_even_if_the_answer_was_lost(served):
    assert put(served).sha256 == SHA256


def test_a_store_that_is_not_there_is_told_within_seconds(tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        options = {
            "AWS_ACCESS_KEY_ID": "k",
            "AWS_SECRET_ACCESS_KEY": "s",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{nobody.getsockname()[1]}",
        }
        store = open_store("s3://b/p", options, reserve=0, spool=tmp_path)
        started = time.monotonic()
        with pytest.raises(StoreUnavailable):
            put(store)
        assert time.monotonic() - started < 20


def test_bytes_set_aside_by_the_sweep_come_back_when_they_are_asked_for(bucket):
    put(bucket.store)
    bucket.store.remove_orphan(SHA256, older_than=TOMORROW)

    with bucket.store.read_verified(SHA256) as file:
        assert file.read() == DATA
    assert bucket.store.exists(SHA256)


def test_bytes_set_aside_and_never_asked_for_go_for_good(bucket):
    put(bucket.store)
    bucket.store.remove_orphan(SHA256, older_than=TOMORROW)
    bucket.store.sweep_temp(older_than=TOMORROW)

    with pytest.raises(Missing):
        bucket.store.size(SHA256)
