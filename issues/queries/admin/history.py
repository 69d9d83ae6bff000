"""The whole history, newest first, as the auditor reads it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from auth.models import Unit, User
from extensions import db
from issues.ground.batches import among
from issues.models import Event, Issue, Region
from issues.vocabulary import AccessAct, BesideAct, Status, Subject

PER_PAGE = 100
LOOKS = (
    *AccessAct, BesideAct.VIEW_COMPLAINANT, BesideAct.VIEW_ORIGINAL, BesideAct.EXPORT_DOSSIER,
)  # fmt: skip
"""What somebody took out, looked at in secret, or was refused: a filter of its own."""
OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for. `before` is the id the page goes on under."""

    subject: str = ""
    act: str = ""
    actor: str = ""
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
    rows = db.session.scalars(_narrowed(wanted).limit(PER_PAGE + 1)).all()
    shown = rows[:PER_PAGE]
    names = {
        Subject.TICKET: _names(select(Issue.id, Issue.number), Issue.id, shown, Subject.TICKET),
        Subject.ACCOUNT: _names(select(User.id, "@" + User.name), User.id, shown, Subject.ACCOUNT),
        Subject.UNIT: _names(select(Unit.id, Unit.short_name), Unit.id, shown, Subject.UNIT),
        Subject.REGION: _names(select(Region.id, Region.name), Region.id, shown, Subject.REGION),
    }
    gone = _taken_back(names[Subject.TICKET])
    lines = [_line(row, Subject.of(row.subject), names, gone) for row in shown]
    return Found(lines, shown[-1].id if len(rows) > PER_PAGE else None)


def _taken_back(tickets: Collection[int]) -> frozenset[int]:
    """Those that nobody else is shown any more."""
    rows = select(Issue.id).where(Issue.status == Status.TAKEN_BACK, among(Issue.id, tickets))
    return frozenset(db.session.scalars(rows)) if tickets else frozenset()


def _line(
    row: Event,
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


def _narrowed(wanted: Wanted) -> Select[Event]:
    rows = select(Event).order_by(Event.id.desc())
    if wanted.subject:
        rows = rows.where(Event.subject == wanted.subject)
    if wanted.act:
        rows = rows.where(Event.action == wanted.act)
    if wanted.actor:
        rows = rows.where(Event.actor.contains(wanted.actor, autoescape=True))
    if wanted.since:
        rows = rows.where(Event.on >= wanted.since)
    if wanted.until:
        rows = rows.where(Event.on <= wanted.until)
    if wanted.before is not None:
        rows = rows.where(Event.id < wanted.before)
    return rows


def _names(
    source: Select[int, str], key: Any, rows: Sequence[Event], subject: Subject
) -> dict[int, str]:
    ids = [row.subject_id for row in rows if row.subject == subject.value]
    if not ids:
        return {}
    return dict(db.session.execute(source.where(key.in_(ids))).all())
