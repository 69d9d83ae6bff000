"""Flags as pages show them: beside their twins, and counted by unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.evidence.flags.flag import Flag
from issues.models import Evidence, EvidenceTwin, FlagRuling, Issue, ProgressReport
from issues.queries.evidence.files import File
from issues.rights.table import Right, reach
from issues.vocabulary import FlagKind, Ruling


@dataclass(frozen=True, slots=True)
class Doubt:
    """One flag with both sides: two files, or two reports; the other side may be out of sight."""

    flag: Flag
    file: File | None
    twin: File | None
    twin_number: str
    text: str = ""
    twin_text: str = ""


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Of one unit: how many of its files stand in pairs, and what was ruled."""

    unit: Unit
    pairs: int
    upheld: int
    dismissed: int


def doubts_of(
    issue: Issue, flags: Sequence[Flag], rows: Iterable[Evidence], reader: Actor
) -> list[Doubt]:
    """Each flag once, the open ones first. Two statements."""
    own: dict[int | None, File] = {row.id: File(row, is_newest=True) for row in rows}
    twins = _files(flags, reader)
    texts = _texts(flags, reader)
    once = {flag.key: flag for flag in flags}.values()
    found = []
    for flag in sorted(once, key=lambda flag: (not flag.is_open, flag.key)):
        if flag.report_id:
            text = texts.get(flag.report_id, "")
            twin_text = texts.get(flag.twin_id, "")
            found.append(Doubt(flag, None, None, flag.twin, text, twin_text))
        else:
            twin = own.get(flag.twin_id) or twins.get(flag.twin_id)
            number = issue.number if flag.twin_id in own else flag.twin
            found.append(Doubt(flag, own.get(flag.evidence_id), twin, number))
    return found


def _files(flags: Iterable[Flag], reader: Actor) -> dict[int | None, File]:
    """Those of other tickets that the reader sees."""
    ids = {flag.twin_id for flag in flags if flag.twin and flag.report_id is None}
    if not ids:
        return {}
    rows = db.session.scalars(
        select(Evidence)
        .join(Issue, Issue.id == Evidence.issue_id)
        .where(
            Evidence.id.in_(ids),
            reach(reader),
            or_(Evidence.is_covert.is_(False), reach(reader, Right.SEE_COVERT)),
        )
        .options(joinedload(Evidence.uploaded_by), joinedload(Evidence.unit))
    )
    return {row.id: File(row, is_newest=True) for row in rows}


def _texts(flags: Iterable[Flag], reader: Actor) -> dict[int | None, str]:
    ids = {id_ for flag in flags if flag.report_id for id_ in (flag.report_id, flag.twin_id)}
    if not ids:
        return {}
    rows = db.session.execute(
        select(ProgressReport.id, ProgressReport.text)
        .join(Issue, Issue.id == ProgressReport.issue_id)
        .where(ProgressReport.id.in_(ids), reach(reader))
    )
    return {row.id: row.text for row in rows}


def counts_by_unit() -> list[UnitCount]:
    """Pairs found among files that stand, and the latest ruling of each flag. Four statements."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit_id, pairs in _pairs():
        counts[unit_id]["pairs"] += pairs
    for unit_id, ruling in _rulings():
        counts[unit_id][ruling.value] += 1
    units = db.session.scalars(select(Unit).where(Unit.id.in_(counts)).order_by(Unit.id))
    found = [
        UnitCount(
            unit,
            counts[unit.id]["pairs"],
            counts[unit.id][Ruling.UPHELD.value],
            counts[unit.id][Ruling.DISMISSED.value],
        )
        for unit in units
    ]
    return sorted(found, key=lambda one: (-one.upheld, -one.pairs, one.unit.id))


def _pairs() -> list[tuple[int, int]]:
    """Files nearly the same as an earlier one, and files whose bytes stand on several tickets."""
    stands = (Evidence.withdrawn_at.is_(None), Evidence.unit_id.is_not(None))
    near = (
        select(Evidence.unit_id, func.count(func.distinct(Evidence.id)))
        .join(EvidenceTwin, EvidenceTwin.evidence_id == Evidence.id)
        .where(*stands)
        .group_by(Evidence.unit_id)
    )
    shared = (
        select(Evidence.sha256)
        .where(Evidence.withdrawn_at.is_(None))
        .group_by(Evidence.sha256)
        .having(func.count(func.distinct(Evidence.issue_id)) > 1)
    )
    same = (
        select(Evidence.unit_id, func.count())
        .where(Evidence.sha256.in_(shared), *stands)
        .group_by(Evidence.unit_id)
    )
    return [tuple(row) for row in (*db.session.execute(near), *db.session.execute(same))]


def _rulings() -> list[tuple[int, Ruling]]:
    """The unit a flag is about: who sent the file, or who reported."""
    latest: dict[tuple[FlagKind, int | None, int | None, int | None], tuple[int, Ruling]] = {}
    rows = db.session.execute(
        select(FlagRuling, func.coalesce(Evidence.unit_id, Issue.primary_unit_id).label("unit_id"))
        .join(Issue, Issue.id == FlagRuling.issue_id)
        .outerjoin(Evidence, Evidence.id == FlagRuling.evidence_id)
        .order_by(FlagRuling.id)
    )
    for row, unit_id in rows:
        if unit_id is not None:
            key = (row.kind, row.evidence_id, row.report_id, row.twin_id)
            latest[key] = (unit_id, row.ruling)
    return list(latest.values())
