"""Texts kept before signs that nobody sees were taken out at every door: once read as they are now.

What is signed, frozen or chained stays to the byte: notices, rounds, the history, names of files.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import inspect, select

from auth.actor import SYSTEM
from extensions import Model, db, transaction
from issues import audit
from issues.colour.policies import setting
from issues.evidence.storage.store import Store
from issues.exchange.old.sheets import Sheets
from issues.exchange.old.values import cleaned, digest, is_dirty, removed, texts
from issues.ground import clock
from issues.ground.batches import among
from issues.models import (
    Card,
    CardProposal,
    Claim,
    ContradictionRuling,
    CountyTask,
    CovertNote,
    Evidence,
    Exposure,
    Extension,
    Finding,
    FlagRuling,
    Instruction,
    Issue,
    IssueLink,
    Lookback,
    Measure,
    Objection,
    ProgressReport,
    Reading,
    Setting,
    SiteCheck,
    Target,
    Waiver,
)  # fmt: skip
from issues.vocabulary import BesideAct, CovertAct, Subject

AT_ONCE = 1000
MARK = "texts_cleaned_to"
"""The setting that keeps the last ticket read, so that the next run begins behind it."""
Kind = type[Model]
TEXTS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Issue: ("事项", (
        "source_ref", "case_number", "title", "problem", "goal", "criteria", "place",
        "remark", "extra", "sponsor", "contact", "subject_firm", "area_keeper", "section_keeper",
        "household_keeper", "deadline_text", "findings", "punished",
    )),
    Measure: ("整改措施", (
        "text", "person", "deadline_text", "unit_of_target", "progress", "original",
    )),
    Target: ("目标", (
        "name", "unit_of_value", "source_unit", "basis", "quote", "ended_why",
    )),
    ProgressReport: ("进展填报", ("text", "opinion")),
    Claim: ("验收申请", ("text", "reason")),
    Extension: ("延期申请", ("cause", "progress", "opinion")),
    Objection: ("公示异议", ("who", "text", "reason")),
    Card: ("挂牌", ("reason", "lift_reason")),
    Exposure: ("公开曝光", ("medium", "reason")),
    Finding: ("认定", ("reason",)),
    SiteCheck: ("现场核查", ("place", "inspectors", "measures", "reason")),
    Lookback: ("回头看", ("place", "inspectors", "text")),
    IssueLink: ("关联", ("reason", "end_reason")),
    CardProposal: ("挂牌建议", ("reason", "answer")),
    CountyTask: ("县级交办任务", ("text", "answer", "reason")),
    Instruction: ("批示", ("text", "reply")),
    Evidence: ("佐证材料", ("note", "withdraw_reason")),
    FlagRuling: ("疑点复核", ("reason",)),
    ContradictionRuling: ("矛盾判断", ("reason",)),
    Reading: ("监测数据", (
        "pollutant", "unit_of_value", "point", "laboratory", "withdraw_reason",
    )),
    Waiver: ("仍予推进", ("reason", "lacks")),
}  # fmt: skip
"""What is said of a ticket and may be read anew: by kind of row, its word and its columns."""
OF_NOTES = ("title", "findings", "place", "subject_firm")


class Change(NamedTuple):
    """One text that was cleaned; `document` is what the history keeps of it."""

    kind: Kind
    row_id: int
    column: str
    before: Any
    after: Any

    def document(self) -> dict[str, Any]:
        return {
            "table": self.kind.__tablename__,
            "row": self.row_id,
            "column": self.column,
            "before": digest(self.before),
            "after": digest(self.after),
            "removed": removed(texts(self.before)),
        }


def clean_texts(store: Store) -> Iterator[int]:
    """Every ticket's texts are read as they would be at the door; how many were changed so far.

    A lot at a time, each in a transaction of its own with the mark of how far it came: one that
    breaks off is taken up again, and of two at once the second finds nothing left.
    """
    sheets = Sheets(store)
    if done := _clean_notes():
        yield done
    while ids := _next_lot():
        dirty = sorted({row.issue_id for kind in TEXTS for row in _dirty(kind, ids)})
        with transaction():
            if dirty:
                done += _clean(dirty, sheets)
            if (setting(MARK) or 0) < ids[-1]:
                db.session.merge(Setting(key=MARK, value=ids[-1]))
        if dirty:
            yield done


def _clean_notes() -> int:
    """What was written on covert tours before it became a ticket: few, and read every time."""
    count = 0
    with transaction():
        for note in db.session.scalars(select(CovertNote).with_for_update()):
            if changes := list(_changed(note, OF_NOTES)):
                said = removed(text for change in changes for text in texts(change.before))
                audit.record(
                    Subject.COVERT, note.id, CovertAct.CLEAN_TEXT, SYSTEM, at=clock.now(),
                    reason=said, detail=_kept(changes), is_covert=True,
                )  # fmt: skip
                count += 1
    return count


def _next_lot() -> list[int]:
    rows = select(Issue.id).where(Issue.id > (setting(MARK) or 0)).order_by(Issue.id)
    return list(db.session.scalars(rows.limit(AT_ONCE)))


class _Row(NamedTuple):
    id: int
    issue_id: int


def _dirty(kind: Kind, ids: Sequence[int]) -> Iterator[_Row]:
    """The rows of these tickets in which some text is not as it would come in today."""
    columns = [getattr(kind, name) for name in TEXTS[kind][1]]
    owner = _owner(kind)
    rows = select(kind.__table__.c.id, owner, *columns).where(among(owner, ids))
    for row in db.session.connection().execute(rows):
        if any(is_dirty(value) for value in row[2:]):
            yield _Row(row[0], row[1])


def _owner(kind: Kind) -> Any:
    return kind.__table__.c["id" if kind is Issue else "issue_id"]


def _clean(ids: Sequence[int], sheets: Sheets) -> int:
    """How many tickets were changed."""
    locked = select(Issue).where(among(Issue.id, ids)).order_by(Issue.id).with_for_update()
    issues = db.session.scalars(locked.execution_options(populate_existing=True)).all()
    changes: dict[tuple[int, bool], list[Change]] = defaultdict(list)
    for kind in TEXTS:
        for row in _dirty(kind, ids):
            found = db.session.get(kind, row.id, populate_existing=True)
            is_covert = bool(getattr(found, "is_covert", False))
            changes[row.issue_id, is_covert] += _changed(found, TEXTS[kind][1])
    at, count = clock.now(), 0
    said = sheets.said_of(ids)
    for issue in issues:
        mine = {c: changes[issue.id, c] for c in (False, True) if changes.get((issue.id, c))}
        for is_covert, some in mine.items():
            _tell(issue, some, at, said.get(issue.id, ""), is_covert=is_covert)
        if mine:
            count += 1
    return count


def _changed(row: Any, columns: Iterable[str]) -> Iterator[Change]:
    for name in columns:
        before = getattr(row, name)
        after = cleaned(before)
        if after == before or not _fits(row, name, after):
            continue
        setattr(row, name, after)
        yield Change(type(row), row.id, name, before, after)


def _fits(row: Any, name: str, after: Any) -> bool:
    """In NFC some text is longer; it stays as it is where its column has no room for it."""
    longest = getattr(inspect(type(row)).columns[name].type, "length", None)
    return longest is None or after is None or len(after) <= longest


def _tell(
    issue: Issue, changes: Sequence[Change], at: datetime, said: str, *, is_covert: bool
) -> None:
    taken: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        taken[TEXTS[change.kind][0]] += texts(change.before)
    audit.record_beside(
        issue,
        BesideAct.CLEAN_TEXT,
        SYSTEM,
        at=at,
        reason="；".join(f"{word}：{removed(some)}" for word, some in taken.items()),
        detail=_kept(changes) | ({"said": said} if said else {}),
        is_covert=is_covert,
    )


def _kept(changes: Iterable[Change]) -> dict[str, Any]:
    return {"cleaned": [change.document() for change in changes]}
