"""Whoever holds connections open, sends by halves or signs in by the dozen shuts nobody out."""

import contextlib
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

import pytest
import samples
from begun import begun

from auth.actor import SYSTEM
from auth.people import issue_token
from bench.serving.crowd import BODY, HEAD, Crowd
from bench.serving.visitor import FORM, TOKEN, Visitor
from extensions import transaction
from issues.vocabulary import Status
from tools import connections
from tools.connections import Server, reserve

IDLE, SLOW = 2000, 200
SIGNING_IN = 12
AT_MOST = 1.0
AS_IT_COMES = """
import waitress
def hello(_environ, start):
    start("200 OK", [("Content-Length", "2")])
    return [b"ok"]
server = waitress.create_server(hello, listen="127.0.0.1:0", threads=1)
print(server.effective_port, flush=True)
server.run()
"""


def hello(_environ, start):
    start("200 OK", [("Content-Length", "2")])
    return [b"ok"]


def seconds_for(port, path="/healthz"):
    begun = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    assert connection.getresponse().status == 200
    connection.close()
    return time.monotonic() - begun


@contextlib.contextmanager
def turning(app=hello):
    """The server on a thread of this process; answers its port."""
    with reserve("127.0.0.1", 0) as door:
        server = Server(app, door, 2)
        thread = Thread(target=server.run)
        thread.start()
        try:
            yield door.getsockname()[1]
        finally:
            server.stop()
            thread.join()


@pytest.fixture
def served(place):
    """The port of the product on the database of this test."""
    with begun(place) as port:
        yield port


def sign_in_wrongly(port, number):
    visitor = Visitor(port)
    _, page = visitor.ask("GET", "/login")
    given = {
        "csrf_token": TOKEN.search(page.decode())[1],
        "username": f"nobody{number}",
        "password": "Wrong-wrong-1",
    }
    sent = urlencode(given).encode()
    status, _ = visitor.ask("POST", "/login", sent, {"Content-Type": FORM})
    visitor.connection.close()
    return status


def upload(port, number, token):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    photo = samples.jpeg()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        + photo
        + b'\r\n--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nbefore\r\n--x--\r\n'
    )
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    connection.request("POST", f"/api/v1/issues/{number}/evidence", body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer.status, said


def test_the_product_answers_while_two_thousand_hold_its_doors(app, make_issue, people, request):
    connections.room_for(IDLE + SLOW)
    issue = make_issue(Status.RECTIFYING)
    with transaction():
        token = issue_token(SYSTEM, people.sun.id)
    number = issue.number
    port = request.getfixturevalue("served")

    with Crowd(port, idle=IDLE, slow=SLOW) as crowd, ThreadPoolExecutor(SIGNING_IN) as many:
        alone = [seconds_for(port, path) for path in ("/healthz", "/login", "/readyz")]
        trying = [many.submit(sign_in_wrongly, port, n) for n in range(SIGNING_IN)]
        beside = [seconds_for(port) for _ in range(5)]
        status, said = upload(port, number, token)
        answers = {one.result() for one in trying}
        held = crowd.held

    assert max(alone + beside) < AT_MOST
    assert answers == {422}
    assert status == 201, said
    assert held == IDLE + SLOW


def test_the_test_sees_a_server_that_shuts_its_doors():
    """waitress as it comes lets in a hundred."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", AS_IT_COMES], stdout=subprocess.PIPE
    )
    try:
        port = int(process.stdout.readline())
        with Crowd(port, idle=120, slow=0):
            connection = HTTPConnection("127.0.0.1", port, timeout=AT_MOST)
            connection.request("GET", "/healthz")
            with pytest.raises(TimeoutError):
                connection.getresponse()
            connection.close()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_beyond_the_limit_the_silent_give_way(monkeypatch):
    monkeypatch.setattr(connections, "MOST", 400)

    with turning() as port, Crowd(port, idle=600, slow=20) as crowd:
        assert seconds_for(port) < AT_MOST
        assert 200 < crowd.held < 400


@pytest.mark.parametrize(("start", "limit"), [(HEAD, "HEADER_SECONDS"), (BODY, "GRACE_SECONDS")])
def test_what_is_sent_by_halves_comes_to_an_end(monkeypatch, start, limit):
    monkeypatch.setattr(connections, "LOOK_EVERY", 0.1)
    with turning() as port, socket.create_connection(("127.0.0.1", port), timeout=4) as one:
        one.sendall(start)
        one.settimeout(0.6)
        with pytest.raises(TimeoutError):  # within its time it is let be
            one.recv(1)

        monkeypatch.setattr(connections, limit, 0.1)
        one.settimeout(4)

        assert one.recv(1) == b""


def test_a_body_that_keeps_its_pace_is_waited_for(monkeypatch):
    monkeypatch.setattr(connections, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(connections, "GRACE_SECONDS", 0.1)
    with turning() as port, socket.create_connection(("127.0.0.1", port), timeout=4) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n")
        for _ in range(8):
            one.sendall(b"a" * 500)
            time.sleep(0.15)

        assert one.recv(12) == b"HTTP/1.1 200"


def test_whoever_reads_slowly_holds_no_thread():
    """Two threads, three answers larger than the sockets take: the fourth caller is served."""
    whole = b"a" * (8 << 20)

    def large(environ, start):
        if environ["PATH_INFO"] == "/healthz":
            return hello(environ, start)
        start("200 OK", [("Content-Length", str(4 * len(whole)))])
        return iter([whole] * 4)

    with turning(large) as port, contextlib.ExitStack() as stack:
        for _ in range(3):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=4))
            one.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.3)

        assert seconds_for(port) < AT_MOST
