"""Files of one ticket as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.evidence.intake.proof import of_media_type
from issues.ground.refusals import NotFound
from issues.models import Evidence, Issue
from issues.rights.table import Right, may
from issues.rules.required import held, required_evidence
from issues.vocabulary import COMPLAINT_SOURCES, EvidenceKind

KIBIBYTE = 1024


class Needed(NamedTuple):
    """One line of the checklist."""

    kind: EvidenceKind
    asked: int
    held: int

    @property
    def is_held(self) -> bool:
        return self.held >= self.asked

    @property
    def short(self) -> int:
        return max(0, self.asked - self.held)


@dataclass(frozen=True, slots=True)
class File:
    """A row with what a page asks of it."""

    row: Evidence
    is_newest: bool

    @property
    def is_picture(self) -> bool:
        return of_media_type(self.row.media_type).is_picture

    @property
    def is_film(self) -> bool:
        return self.row.media_type.startswith("video/")

    @property
    def size(self) -> str:
        return written_size(self.row.size)

    @property
    def by(self) -> str:
        unit = self.row.unit.short_name if self.row.unit else ""
        name = self.row.uploaded_by.display_name if self.row.uploaded_by else ""
        return f"{unit} {name}".strip()


def written_size(size: int) -> str:
    if size < KIBIBYTE:
        return f"{size} 字节"
    if size < KIBIBYTE**2:
        return f"{size / KIBIBYTE:.0f} KB"
    if size < KIBIBYTE**3:
        return f"{size / KIBIBYTE**2:.1f} MB"
    return f"{size / KIBIBYTE**3:.1f} GB"


def rows_of(issue: Issue) -> list[Evidence]:
    """Every file that stands on the ticket, covert ones too, oldest first. One statement."""
    return list(db.session.scalars(_rows(Evidence.issue_id == issue.id).order_by(Evidence.id)))


def every_row_of(issue: Issue) -> list[Evidence]:
    """Withdrawn files too, which the office alone is shown, oldest first. One statement."""
    rows = (
        select(Evidence)
        .where(Evidence.issue_id == issue.id)
        .options(
            joinedload(Evidence.uploaded_by),
            joinedload(Evidence.unit),
            joinedload(Evidence.withdrawn_by),
        )
        .order_by(Evidence.id)
    )
    return list(db.session.scalars(rows))


def _rows(condition: ColumnElement[bool]) -> Select[Evidence]:
    return (
        select(Evidence)
        .where(condition, Evidence.withdrawn_at.is_(None))
        .options(joinedload(Evidence.uploaded_by), joinedload(Evidence.unit))
    )


def seen_by(actor: Actor, issue: Issue, rows: Iterable[Evidence]) -> list[Evidence]:
    """Units never see covert files, and nobody but the office those that were withdrawn."""
    covert, withdrawn = (
        may(actor, right, issue) for right in (Right.SEE_COVERT, Right.SEE_WITHDRAWN)
    )
    return [
        row
        for row in rows
        if (covert or not row.is_covert) and (withdrawn or row.withdrawn_at is None)
    ]


def hidden_from(actor: Actor, issue: Issue) -> frozenset[int]:
    """The withdrawn files, which the history does not name to who may not see them."""
    return frozenset() if may(actor, Right.SEE_WITHDRAWN, issue) else withdrawn_of(issue)


def withdrawn_of(issue: Issue) -> frozenset[int]:
    rows = select(Evidence.id).where(
        Evidence.issue_id == issue.id, Evidence.withdrawn_at.is_not(None)
    )
    return frozenset(db.session.scalars(rows))


def files_of(rows: Sequence[Evidence]) -> list[File]:
    replaced = {row.replaces_id for row in rows}
    return [File(row, row.id not in replaced) for row in rows]


def tombstones(rows: Sequence[Evidence]) -> list[File]:
    """What was withdrawn, the latest version of each, in the order it came."""
    return [file for file in files_of(rows) if file.row.withdrawn_at and file.is_newest]


def newest(rows: Sequence[Evidence]) -> list[File]:
    """The latest version of each, by kind in the order of the words, then by time."""
    order = list(EvidenceKind)
    files = [file for file in files_of(rows) if file.is_newest]
    return sorted(files, key=lambda file: (order.index(file.row.kind), file.row.id))


def checklist(
    issue: Issue,
    rows: Sequence[Evidence],
    *,
    has_contact: bool,
    readings: Iterable[tuple[date | None, int | None]] = (),
    document: Any = None,
) -> list[Needed]:
    """What must be held before acceptance is asked for, and how much of it is."""
    asked = required_evidence(
        issue.source,
        issue.types,
        has_contact=has_contact and issue.source in COMPLAINT_SOURCES,
        is_unlawful=issue.unlawful,
        document=document,
    )
    files = (
        (file.row.kind, file.row.sha256, file.row.id)
        for file in files_of(rows)
        if file.is_newest and not file.row.is_covert
    )
    found = held(files, readings)
    return [Needed(kind, count, found[kind]) for kind, count in asked.items()]


def one(issue: Issue, evidence_id: int, actor: Actor) -> Evidence:
    """A file of this ticket that the person sees. Raises NotFound."""
    row = db.session.scalars(
        _rows((Evidence.issue_id == issue.id) & (Evidence.id == evidence_id))
    ).first()
    if row is None or not seen_by(actor, issue, [row]):
        raise NotFound
    return row


def kept(issue: Issue, evidence_id: int, actor: Actor) -> Evidence:
    """The same, or for the office a withdrawn one, whose bytes stay. Raises NotFound."""
    row = db.session.get(Evidence, evidence_id)
    if row is None or row.issue_id != issue.id or not seen_by(actor, issue, [row]):
        raise NotFound
    return row


def versions_of(row: Evidence, rows: Sequence[Evidence]) -> list[Evidence]:
    """The row with all earlier and later versions of it, newest first."""
    by_id = {one.id: one for one in rows}
    after = {one.replaces_id: one for one in rows if one.replaces_id is not None}
    chain = [row]
    while chain[-1].replaces_id in by_id:
        chain.append(by_id[chain[-1].replaces_id])
    while chain[0].id in after:
        chain.insert(0, after[chain[0].id])
    return chain


def pairs_of(shown: Sequence[File]) -> list[tuple[File, File]]:
    """Pictures before and after of one measure, or of the whole, in the order they came."""
    found = []
    for measure_id in dict.fromkeys(file.row.measure_id for file in shown):
        sides = [
            [file for file in shown if file.is_picture and file.row.kind is kind
             and file.row.measure_id == measure_id]
            for kind in (EvidenceKind.BEFORE, EvidenceKind.AFTER)
        ]  # fmt: skip
        found += list(zip(*sides, strict=False))
    return found
