"""The far side on this machine: a web server and a mail server that keep what they were sent."""

import dataclasses
import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from extensions import transaction
from issues.ground import outward
from issues.messages import addresses

HOST = "127.0.0.1"


class Web(ThreadingHTTPServer):
    """`status` is what it answers; `elsewhere` where it leads."""

    def __init__(self):
        super().__init__((HOST, 0), _Taker)
        self.sent, self.status, self.elsewhere = [], 200, ""

    @property
    def url(self):
        return f"http://{HOST}:{self.server_port}/hook"

    @property
    def bodies(self):
        return [json.loads(body) for _, body in self.sent]


class _Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.elsewhere:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"no")

    def log_message(self, *_args):
        pass


class Mail(socketserver.ThreadingTCPServer):
    """As little of SMTP as takes a letter."""

    allow_reuse_address = True

    def __init__(self):
        super().__init__((HOST, 0), _Postman)
        self.letters, self.takes = [], True

    @property
    def url(self):
        return f"mailto://{HOST}:{self.server_address[1]}?from=noreply@example.cn&mode=insecure"


class _Postman(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(b"".join(lines).decode())
                self._say("250 taken" if self.server.takes else "554 refused")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def serving(kind):
    with kind() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def allowed(**changes):
    """The gate stands open to these until the test ends."""
    before = outward.way()
    outward.use(dataclasses.replace(before, **changes))
    try:
        yield
    finally:
        outward.use(before)


def proven(person, text="chen@example.cn", *, for_unit=False):
    """An address of theirs that was proven by the code that was sealed with it."""
    with transaction():
        row = addresses.add(person, text, for_unit=for_unit)
        return addresses.prove(person, row.id, addresses.opened(row).code)
