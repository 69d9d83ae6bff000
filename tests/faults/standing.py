"""The product as a process of its own, which is killed and started again, and who asks it."""

import json
import os
import signal
import socket
import sys
import time
import uuid
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

from people import PASSWORD
from sqlalchemy import select

from auth.actor import SYSTEM
from auth.models import User
from auth.people import issue_token
from extensions import db, transaction
from issues.api.door.limits import MOST, SETTING
from issues.models import Setting
from tools import serve
from tools.own_process import OwnProcess

PATIENCE = 120
"""Seconds after which something hangs."""
BROKEN = (OSError, HTTPException)
"""What a client meets whose server is gone."""


def environ_of(place, **changes):
    settings = place.config()
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "TODAY": "2025-11-25",
        "SAID_INTO": str(place.folder / f"said-{uuid.uuid4().hex[:8]}"),
    } | changes


def run(_tells, environ):
    """`python -m tools.serve`, in a process that has the application loaded."""
    os.environ.clear()
    os.environ.update(environ)
    with Path(environ["SAID_INTO"]).open("a", encoding="utf-8") as said:
        sys.stdout = sys.stderr = said
        sys.exit(serve.main())


class Web:
    """One served product at a port that stays the same however often it is started."""

    def __init__(self, environ):
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environ = environ | {"PORT": str(self.port)}
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process is not None:
            os.kill(self.process.process.pid, signal.SIGTERM)
            self.process.rest()

    def start(self):
        """Until it answers."""
        self.process = OwnProcess(run, self.environ)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.exitcode is None:
            try:
                if Program(self, "").ask("GET", "/healthz").status == 200:
                    return
            except BROKEN:
                time.sleep(0.02)
        raise RuntimeError(Path(self.environ["SAID_INTO"]).read_text(encoding="utf-8")[-4000:])

    def kill(self):
        self.process.kill()
        self.process = None


class Answer(NamedTuple):
    status: int
    body: bytes
    etag: str

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def is_acknowledged(self):
        return self.status in range(200, 400)


class Program:
    """Who asks with one person's token; each request on a connection of its own."""

    def __init__(self, web, token):
        self.web, self.token = web, token

    def ask(self, method, path, body=b"", **headers):
        """The whole answer. Raises one of BROKEN where there is none."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with closing(HTTPConnection("127.0.0.1", self.web.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), answer.headers.get("ETag", ""))

    def send(self, method, path, said, **headers):
        body = json.dumps(said).encode()
        return self.ask(method, f"/api/v1{path}", body, Content_Type="application/json", **headers)

    def upload(self, number, data, key=""):
        """A photo of one's own onto a ticket."""
        fields = (
            b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nbefore\r\n'
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        )
        once = {"Idempotency_Key": key} if key else {}
        return self.ask(
            "POST", f"/api/v1/issues/{number}/evidence", fields + data + b"\r\n--x--\r\n",
            Content_Type="multipart/form-data; boundary=x", **once,
        )  # fmt: skip


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def own_title():
    """A title nobody else gives, without figures: those may be somebody's telephone."""
    return f"某处污水直排{uuid.uuid4().hex.translate(LETTERS)}"


def token_of(name):
    """A token of one of the cast, who may call as often as a test does."""
    with transaction():
        person = db.session.scalars(select(User).where(User.name == name)).one()
        db.session.merge(Setting(key=SETTING, value=MOST))
        return issue_token(SYSTEM, person.id)
