"""The whole history, newest first, as the auditor reads it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from extensions import db
from issues.ground.batches import among
from issues.models import Event, Issue
from issues.queries.admin.subjects import is_called, names_of
from issues.vocabulary import AccessAct, BesideAct, Status, Subject

PER_PAGE = 100
AT_ONCE = 2000
"""Rows read together for a file."""
_COLUMNS = (
    Event.id, Event.subject, Event.subject_id, Event.seq, Event.action, Event.actor, Event.unit,
    Event.at, Event.before, Event.after, Event.reason, Event.digest,
)  # fmt: skip
LOOKS = (
    *AccessAct, BesideAct.VIEW_COMPLAINANT, BesideAct.VIEW_ORIGINAL, BesideAct.EXPORT_DOSSIER,
)  # fmt: skip
"""What somebody took out, looked at in secret, or was refused: a filter of its own."""
OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for. `before` is the id the page goes on under.

    `act` is the code of an act of any subject, or `subject.code` of that of one. `name` is what
    the subject is called, or a part of it.
    """

    subject: str = ""
    act: str = ""
    actor: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One act. `is_gone`: its ticket went with an import, and nobody else is shown it."""

    id: int
    seq: int
    at: datetime
    actor: str
    unit: str
    act: str
    subject: str
    name: str
    before: str
    after: str
    reason: str
    digest: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page. `next` is the id the following page goes on under; None at the beginning."""

    lines: list[Line]
    next: int | None


def records(wanted: Wanted) -> Found:
    rows = db.session.execute(_narrowed(wanted).limit(PER_PAGE + 1)).all()
    shown = rows[:PER_PAGE]
    return Found(_lines(shown), shown[-1].id if len(rows) > PER_PAGE else None)


def count(wanted: Wanted) -> int:
    """Of all pages, whichever is shown."""
    rows = _narrowed(replace(wanted, before=None)).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(rows)) or 0


def every(wanted: Wanted) -> Iterator[list[Line]]:
    """All pages in pieces, newest first; what is written meanwhile is in none of them."""
    before: int | None = None
    while True:
        asked = _narrowed(replace(wanted, before=before))
        rows = db.session.execute(asked.limit(AT_ONCE)).all()
        if not rows:
            return
        yield _lines(rows)
        before = rows[-1].id


def _lines(rows: Sequence[Any]) -> list[Line]:
    names = names_of(rows)
    gone = _taken_back(names[Subject.TICKET])
    return [_line(row, Subject.of(row.subject), names, gone) for row in rows]


def _taken_back(tickets: Collection[int]) -> frozenset[int]:
    """Those that nobody else is shown any more."""
    rows = select(Issue.id).where(Issue.status == Status.TAKEN_BACK, among(Issue.id, tickets))
    return frozenset(db.session.scalars(rows)) if tickets else frozenset()


def _line(
    row: Any,
    subject: Subject | None,
    names: Mapping[Subject, Mapping[int, str]],
    gone: frozenset[int],
) -> Line:
    """In Chinese throughout: what has no words any more is said to be something else."""
    known = names.get(subject, {}) if subject else {}
    act = subject.act_of(row.action) if subject else None
    before, after = (
        ("", "")
        if row.before == row.after or subject is None
        else (subject.state_of(row.before), subject.state_of(row.after))
    )
    return Line(
        id=row.id,
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        unit=row.unit,
        act=act.label if act else OTHER,
        subject=subject.label if subject else OTHER,
        name=known.get(row.subject_id, f"第{row.subject_id}号"),
        before=before,
        after=after,
        reason=row.reason,
        digest=row.digest,
        is_gone=subject is Subject.TICKET and row.subject_id in gone,
    )


def _narrowed(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    rows = select(*_COLUMNS).order_by(Event.id.desc())
    if wanted.subject:
        rows = rows.where(Event.subject == wanted.subject)
    if wanted.act:
        subject, _, act = wanted.act.rpartition(".")
        rows = rows.where(Event.action == act)
        rows = rows.where(Event.subject == subject) if subject else rows
    if wanted.name:
        rows = rows.where(is_called(wanted.name))
    if wanted.actor:
        rows = rows.where(Event.actor.contains(wanted.actor, autoescape=True))
    if wanted.since:
        rows = rows.where(Event.on >= wanted.since)
    if wanted.until:
        rows = rows.where(Event.on <= wanted.until)
    if wanted.before is not None:
        rows = rows.where(Event.id < wanted.before)
    return rows
