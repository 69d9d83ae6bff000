"""The web process is killed while files come in: what it acknowledged is there, byte for byte."""

import hashlib
import random
import threading
import time
import uuid

import pytest
import samples
from soundness import unsound
from sqlalchemy import select
from standing import BROKEN, Program, Web, environ_of, token_of
from tally import tell
from trials import trials

from extensions import db
from issues.models import Evidence
from issues.vocabulary import Status

pytestmark = pytest.mark.both
SENDERS = 3
LONGEST = 0.5
"""Seconds after the first acknowledgement within which it is killed."""
PHOTO = samples.jpeg()


class Sender(threading.Thread):
    """Sends photos of its own one after another until nobody answers any more.

    What was not answered it sends again to the next server, under the same key.
    """

    def __init__(self, program, number, left, answered):
        super().__init__()
        self.program, self.number, self.answered = program, number, answered
        self.left = left

    def run(self):
        while True:
            if self.left is None:
                key = uuid.uuid4().hex
                self.left = key, PHOTO + key.encode()
            key, data = self.left
            try:
                answer = self.program.upload(self.number, data, key)
            except BROKEN:
                return
            self.left = None
            self.answered.append((hashlib.sha256(data).hexdigest(), answer))


def one_life(web, programs, number, left, chance):
    """All that was answered until it was killed, and what each sender was left with."""
    answered = []
    senders = [
        Sender(program, number, one, answered) for program, one in zip(programs, left, strict=True)
    ]
    for sender in senders:
        sender.start()
    until = time.monotonic() + 60
    while not answered and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, LONGEST))
    web.kill()
    for sender in senders:
        sender.join()
    return answered, [sender.left for sender in senders]


def test_no_acknowledged_upload_is_lost_or_altered(app, place, database, make_issue):
    number, store = make_issue(Status.RECTIFYING).number, app.extensions["evidence"]
    token, chance = token_of("chen"), random.Random(1)  # noqa: S311 - moments that can be repeated
    db.session.remove()
    lives, answered, left = trials(2, 200), [], [None] * SENDERS
    with Web(environ_of(place)) as web:
        programs = [Program(web, token) for _ in range(SENDERS)]
        for _ in range(lives):
            told, left = one_life(web, programs, number, left, chance)
            answered += told
            web.start()
        for program, waiting in zip(programs, left, strict=True):
            if waiting:
                key, data = waiting
                answer = program.upload(number, data, key)
                answered.append((hashlib.sha256(data).hexdigest(), answer))
        found = [f"answered {said.status}" for _, said in answered if said.status != 201]
        place_of = "/api/v1/issues/{}/evidence/{}/file".format
        for sha256, said in answered[-20:]:
            kept = programs[0].ask("GET", place_of(number, said.json["id"])).body
            found += [f"{sha256} is read differently"] * (
                hashlib.sha256(kept).hexdigest() != sha256
            )

    found += missing(answered)
    found += unsound(store)
    assert len(answered) > lives
    what = f"收件时强制终止网页进程，已确认的{len(answered)}份"
    tell(1, what, lives, found, database)


def missing(answered):
    """What was acknowledged and is not there, and what is there twice."""
    db.session.rollback()
    rows = dict(db.session.execute(select(Evidence.id, Evidence.sha256)).all())
    for sha256, said in answered:
        if rows.get(said.json["id"]) != sha256:
            yield f"{sha256} is not there"
    if len(set(rows.values())) != len(rows):
        yield "a file was taken in twice"
    for sha256 in {sha256 for sha256, _ in answered} ^ set(rows.values()):
        yield f"{sha256} is there and was answered to nobody"
