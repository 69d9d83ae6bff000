"""Many at once, over HTTP, at two served products on one database: pairs, repetitions, writers."""

import contextlib
import math
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import samples
from drafts import DRAFT
from soundness import unsound
from sqlalchemy import func, select
from standing import Program, Web, environ_of, token_of
from tally import tell
from trials import trials

from extensions import db
from issues.models import Issue

pytestmark = pytest.mark.both
WRITERS = 32
BEATEN = {409, 412}
PHOTO = samples.jpeg()


@pytest.fixture
def two(app, place):
    """The same person's program at each of two served products."""
    token = token_of("sun")
    db.session.remove()
    with contextlib.ExitStack() as stack:
        webs = [stack.enter_context(Web(environ_of(place))) for _ in range(2)]
        yield [Program(web, token) for web in webs]


def together(pool, *asked):
    """The answers of those who begin in the same moment."""
    at_once = threading.Barrier(len(asked))

    def one(ask):
        at_once.wait()
        return ask()

    return list(pool.map(one, asked))


def pairs(two, pool, count):
    """Each pair knows the same version: one change stands, and whoever made it was told so."""
    number = two[0].send("POST", "/issues", DRAFT, Idempotency_Key="pair").json["number"]
    path = f"/issues/{number}"
    for turn in range(count):
        known = two[0].ask("GET", f"/api/v1{path}").etag
        said = [f"某镇河段{turn}之{one}" for one in "甲乙"]
        asked = [
            partial(program.send, "PATCH", path, {"place": place}, If_Match=known)
            for program, place in zip(two, said, strict=True)
        ]
        told = together(pool, *asked)
        won = [place for place, answer in zip(said, told, strict=True) if answer.status == 200]
        stands = two[1].ask("GET", f"/api/v1{path}").json["place"]
        lost = [answer.status for answer in told if answer.status != 200]
        if won != [stands] or not set(lost) <= BEATEN:
            yield f"{turn}: {[answer.status for answer in told]}, {stands}"


def repetitions(two, pool, count):
    """The same sent to both under one key, and then once more: one effect, one answer."""
    for turn in range(count):
        key, said = uuid.uuid4().hex, DRAFT | {"title": f"同一件事登记两次{turn}"}

        asked = [
            partial(program.send, "POST", "/issues", said, Idempotency_Key=key) for program in two
        ]
        told = [*together(pool, *asked), asked[turn % 2]()]
        numbers = {answer.json.get("number") for answer in told}
        if {answer.status for answer in told} != {201} or len(numbers) != 1:
            yield f"{turn}: {[answer.status for answer in told]}, {numbers}"


class Writer(threading.Thread):
    """Registers, changes what it registered, adds a photo, for so long; keeps what it was told."""

    def __init__(self, program, turn, until):
        super().__init__()
        self.program, self.turn, self.until = program, turn, until
        self.told, self.times, self.registered = Counter(), [], 0

    def run(self):
        while time.monotonic() < self.until:
            said = DRAFT | {"title": f"第{self.turn}人登记的第{len(self.times)}件"}
            entered = self._timed("登记", self.program.send, "POST", "/issues", said)
            if entered.status != 201:
                continue
            self.registered += 1
            number = entered.json["number"]
            for place in "甲乙":
                change = {"place": f"某镇河段{place}"}
                self._timed("更改", self.program.send, "PATCH", f"/issues/{number}", change)
            self._timed("上传", self.program.upload, number, PHOTO + uuid.uuid4().bytes)

    def _timed(self, kind, ask, *given):
        begun = time.monotonic()
        answer = ask(*given)
        self.times.append((kind, time.monotonic() - begun))
        self.told[answer.status] += 1
        return answer


def writers(two, seconds):
    until = time.monotonic() + seconds
    started = [Writer(two[turn % 2], turn, until) for turn in range(WRITERS)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    return started


def slowest(times):
    """Half of each kind is answered within so many seconds, and 99 of 100."""
    kinds = {}
    for kind, taken in sorted(times):
        kinds.setdefault(kind, []).append(taken)
    return "，".join(
        f"{kind}中位{one[len(one) // 2]:.2f}秒、p99 {one[math.ceil(len(one) * 0.99) - 1]:.2f}秒"
        for kind, one in kinds.items()
    )


def test_one_of_two_wins_the_same_acts_once_and_no_writer_is_turned_away(app, database, two):
    before = db.session.scalar(select(func.count(Issue.id)))
    count, seconds = trials(8, 2000), trials(2, 600)
    with ThreadPoolExecutor(2) as pool:
        lost = list(pairs(two, pool, count))
        doubled = list(repetitions(two, pool, count))
    wrote = writers(two, seconds)
    told = sum((one.told for one in wrote), Counter())
    times = [taken for one in wrote for taken in one.times]

    db.session.rollback()
    there = db.session.scalar(select(func.count(Issue.id)))
    assert there - before == 1 + count + sum(one.registered for one in wrote)
    assert list(unsound(app.extensions["evidence"])) == []
    tell(6, "两人同时改一件", count, lost, database)
    tell(7, "同一提交送三次", count, doubled, database)
    turned_away = [f"{status}: {times}" for status, times in told.items() if status >= 300]
    what = f"{WRITERS}人同时写{seconds}秒，两个网页进程；{slowest(times)}"
    tell(12, what, len(times), turned_away, database)
