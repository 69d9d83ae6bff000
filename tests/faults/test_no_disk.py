"""A disk that is full, or can only be read: told in a sentence, nothing half, and then it goes on.

The database and the evidence lie on small disks of their own; PostgreSQL's in a tablespace.
"""

import contextlib
import hashlib
import random
import uuid

import pytest
import samples
from drafts import DRAFT
from killed_at import forked
from mounts import filled, read_only, small_disk
from soundness import unsound
from sqlalchemy import create_engine, text
from standing import Program, Web, environ_of, own_title, token_of
from tally import tell
from trials import trials

from app import create_app
from extensions import db
from issues.evidence.refusals import Damaged, NoSpace, NotWritable
from issues.evidence.storage.store import RESERVE, open_store
from issues.ground.database import NoRoom, ReadOnly
from issues.vocabulary import Status

CREATED, OK, UNAVAILABLE = 201, 200, 503
MOST = 100
"""Of one act, before a disk that was left a little room has to be full."""
MEBIBYTE = 1024 * 1024
LEFT = MEBIBYTE // 2
ROOM = 96 * MEBIBYTE
PHOTO = samples.jpeg()
LONG = "管网破损。" * 700


def kept(url, evidence):
    """What is in the database and in the store: titles, and digests of files that are whole."""
    engine, store = create_engine(url), open_store(evidence, {}, reserve=0)
    with engine.connect() as connection:
        titles = set(connection.scalars(text("SELECT title FROM issue")))
        files = set(connection.scalars(text("SELECT sha256 FROM evidence")))
    engine.dispose()
    for sha256 in files:
        with contextlib.suppress(Damaged):
            store.verify(sha256)
            continue
        files = files - {sha256}
    return titles, files


class Asked:
    """Who registers tickets and sends photos, and what each was told."""

    def __init__(self, program, number):
        self.program, self.number = program, number
        self.titles, self.files, self.refused, self.wrong = set(), set(), set(), []

    def register(self):
        title = own_title()
        said = DRAFT | {"title": title, "problem": LONG}
        return self._noted(self.program.send("POST", "/issues", said), title, self.titles)

    def upload(self):
        data = PHOTO + uuid.uuid4().bytes
        sha256 = hashlib.sha256(data).hexdigest()
        return self._noted(self.program.upload(self.number, data), sha256, self.files)

    def _noted(self, answer, what, kept):
        (kept if answer.is_acknowledged else self.refused).add(what)
        told = {str(NoRoom()), str(NoSpace()), str(ReadOnly()), str(NotWritable())}
        if answer.status != CREATED and answer.json["detail"] not in told:
            self.wrong.append(f"{answer.status}: {answer.json['detail']}")
        return answer.status

    def until_refused(self, act):
        """But not for ever."""
        next((n for n in range(MOST) if act() != CREATED), None)

    def goes_on(self):
        if (told := (self.register(), self.upload())) != (CREATED, CREATED):
            self.wrong.append(f"with room again: {told}")
        page = self.program.ask("GET", f"/api/v1/issues/{self.number}").status
        if page != OK:
            self.wrong.append(f"read: {page}")


@pytest.fixture
def disks(app, place):
    """The disk of the database with its address, and that of the evidence."""
    db.session.remove()
    db.engine.dispose()
    with (
        small_disk(RESERVE + ROOM) as evidence,
        small_disk(ROOM) as folder,
        place.databases.elsewhere(folder) as url,
    ):
        yield folder, url, evidence


@pytest.mark.postgresql
def test_what_was_acknowledged_is_kept_and_what_was_refused_is_not(
    app, place, database, make_issue, request
):
    number, token = make_issue(Status.RECTIFYING).number, token_of("sun")
    folder, url, evidence = request.getfixturevalue("disks")
    chance, count = random.Random(4), trials(2, 200)  # noqa: S311 - amounts that can be repeated
    settings = {"DATABASE_URL": url, "EVIDENCE_URL": (evidence / "kept").as_uri()}
    with Web(environ_of(place, **settings)) as web:
        asked = Asked(Program(web, token), number)
        asked.goes_on()
        for turn in range(count):
            disk = (folder, evidence)[turn % 2]
            with filled(disk, chance.randrange(LEFT) if turn else 0):
                asked.until_refused((asked.register, asked.upload)[turn % 2])
                if web.process.exitcode is not None:
                    asked.wrong.append("the process ended")
            asked.goes_on()
        refused_full = len(asked.refused)
        with read_only(evidence):
            assert asked.upload() == UNAVAILABLE
            assert asked.register() == CREATED
        asked.goes_on()

    assert refused_full >= count
    found = asked.wrong + list(differing(asked, *kept(url, settings["EVIDENCE_URL"])))
    found += forked(lambda: told_of(place, url, settings["EVIDENCE_URL"]))
    tell(4, f"磁盘写满，另有只读；拒绝{len(asked.refused)}次", count, found, database)


def differing(asked, titles, files):
    yield from (f"lost: {one}" for one in (asked.titles - titles) | (asked.files - files))
    yield from (f"kept though refused: {one}" for one in asked.refused & (titles | files))


def told_of(place, url, evidence):
    """What is half there, as an application on that database sees it."""
    app = create_app(place.config(database_url=url, evidence_url=evidence))
    with app.app_context():
        return list(unsound(app.extensions["evidence"]))
