"""All notices of a round in one file, made in pieces: a run broken off goes on where it stopped.

A folder for each person and round holds `plan.json` (which notices, as of when), the pieces drawn
so far and in the end `whole.pdf`. Nothing in it is a record: it may be thrown away at any time.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import IO, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from extensions import db
from issues.ground import clock
from issues.models import Notice
from issues.notices import signing
from issues.notices.desk.annex.pictures import with_pictures
from issues.notices.page.gongwen import render_together
from issues.notices.pdf.merging import bind, merged
from issues.notices.readiness import document_now
from issues.notices.signing import Press
from issues.vocabulary import NoticeStatus

PIECE = 10
"""Notices in a piece: as many as are drawn between two looks at whether to go on."""
KEPT_FOR = timedelta(days=1)
WHOLE, PLAN = "whole.pdf", "plan.json"
TITLE = "调度文书"


class Plan(NamedTuple):
    """Which notices, in which order, as of which moment."""

    notices: list[int]
    at: datetime

    @property
    def pieces(self) -> list[list[int]]:
        return [self.notices[n : n + PIECE] for n in range(0, len(self.notices), PIECE)]


class Volume:
    """What is made of a round for one person."""

    def __init__(self, place: Path, round_id: int, user_id: int) -> None:
        self.place = place
        self.folder = place / f"{round_id}-{user_id}"

    @property
    def plan(self) -> Plan | None:
        """None where nothing was begun, or where it was dropped."""
        try:
            told = json.loads((self.folder / PLAN).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return Plan(told["notices"], datetime.fromisoformat(told["at"]))

    @property
    def whole(self) -> Path | None:
        path = self.folder / WHOLE
        return path if path.is_file() else None

    def done(self, plan: Plan) -> int:
        """Notices that are drawn."""
        there = (len(one) for n, one in enumerate(plan.pieces) if self._piece(n).is_file())
        return sum(there)

    def begin(self, notices: Sequence[int], at: datetime) -> None:
        """Anew, whatever was there; what everybody left lying for a day goes with it."""
        self.drop()
        sweep(self.place, clock.real_now() - KEPT_FOR)
        self.folder.mkdir(parents=True)
        told = json.dumps({"notices": list(notices), "at": at.isoformat()})
        self._keep(self.folder / PLAN, lambda file: file.write(told.encode()))

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def steps(self, press: Press) -> Iterator[tuple[int, int]]:
        """Draws what is wanting, then binds it: how many are drawn, and how many there are.

        Ends early where it was dropped or begun anew meanwhile.
        """
        plan = self.plan
        if plan is None:
            return
        yield self.done(plan), len(plan.notices)
        for number, wanted in enumerate(plan.pieces):
            if self._piece(number).is_file():
                continue
            content = drawn(wanted, plan.at, press)
            if self.plan != plan:
                return
            self._keep(self._piece(number), partial(_pour, content))
            yield self.done(plan), len(plan.notices)
        pieces = [self._piece(number) for number in range(len(plan.pieces))]
        if self.plan == plan:
            self._keep(self.folder / WHOLE, lambda file: bind(Path(file.name), pieces))

    def _keep(self, path: Path, fill: Callable[[IO[bytes]], object]) -> None:
        """Whole or not at all; nothing where the folder is dropped meanwhile."""
        with suppress(FileNotFoundError):
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                fill(file)
            Path(file.name).replace(path)

    def _piece(self, number: int) -> Path:
        return self.folder / f"{number:04}.pdf"


def drawn(wanted: Sequence[int], at: datetime, press: Press) -> bytes:
    """These notices in one file, in this order; what was voided meanwhile is left out.

    A signed one is its frozen page, byte for byte; drafts that follow one another are drawn in one
    go. Ends the reading transaction, so that a long run holds none open.
    """
    found = _found(wanted)
    runs = groupby(found, key=lambda notice: notice.sha256 is None)
    files = [part for is_draft, run in runs for part in _parts(run, at, press, is_draft=is_draft)]
    db.session.rollback()
    db.session.expunge_all()
    return merged(files)


def _found(wanted: Sequence[int]) -> list[Notice]:
    rows = db.session.scalars(
        select(Notice)
        .where(Notice.id.in_(wanted), Notice.status != NoticeStatus.VOID)
        .options(joinedload(Notice.unit), selectinload(Notice.issues))
    )
    return sorted(rows.unique(), key=lambda notice: wanted.index(notice.id))


def _parts(run: Iterable[Notice], at: datetime, press: Press, *, is_draft: bool) -> Iterator[bytes]:
    if not is_draft:
        yield from (signing.frozen(notice, press) for notice in run)
        return
    faces, is_example = press.faces(), press.is_example
    drafts = (document_now(one, at, is_example=is_example) for one in run)
    documents = [with_pictures(draft, press.store) for draft in drafts]
    yield render_together(documents, faces, TITLE)


def sweep(place: Path, before: datetime) -> None:
    """Folders nobody touched since."""
    for folder in place.glob("*-*"):
        if folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def _pour(content: bytes, file: IO[bytes]) -> None:
    file.write(content)
