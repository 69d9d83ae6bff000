"""What a reviewer should look at twice in a ticket's evidence: flags, for a person to rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, String, cast, null, or_, select, union_all
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.evidence.flags import repeated
from issues.evidence.flags.checks import CHECKS
from issues.evidence.flags.flag import Flag, Ruled
from issues.ground import clock
from issues.models import Evidence, EvidenceTwin, FlagRuling, Issue
from issues.rights.table import Right, reach
from issues.vocabulary import FlagKind

HIDDEN = "其他事项（不在您的查看范围内）"


def flags_of(issue: Issue, rows: Sequence[Evidence], reader: Actor) -> dict[int, list[Flag]]:
    """The flags by evidence id, ruled or not. Three statements, however many files there are.

    A copied report's flag stands at the files that came in on the day of the report.
    """
    found: dict[int, list[Flag]] = defaultdict(list)
    for flag in all_flags(issue, rows, reader):
        if flag.evidence_id is not None:
            found[flag.evidence_id].append(flag)
    return dict(found)


def all_flags(issue: Issue, rows: Sequence[Evidence], reader: Actor) -> list[Flag]:
    """Those of files, then those of reports with no file beside them."""
    found = _of_files(issue, rows, reader)
    for flag in repeated.flags(issue, reader):
        beside = _beside(flag, rows)
        found += [flag.of(row.id) for row in beside] or [flag]
    return _with_rulings(issue, found)


def file_flags(issue: Issue, rows: Sequence[Evidence], reader: Actor) -> list[Flag]:
    """Those of files alone. One statement, and one more where there are any."""
    return _with_rulings(issue, _of_files(issue, rows, reader))


def _of_files(issue: Issue, rows: Sequence[Evidence], reader: Actor) -> list[Flag]:
    return [*_twins(issue, rows, reader), *_contradictions(issue, rows)]


def _with_rulings(issue: Issue, found: Sequence[Flag]) -> list[Flag]:
    ruled = _rulings(issue) if found else {}
    return [replace(flag, ruled=ruled.get(flag.key)) for flag in found]


def report_flags(issue: Issue, reader: Actor) -> dict[int, Flag]:
    """The flags of copied reports by report id, ruled or not. Two statements."""
    copied = repeated.flags(issue, reader)
    found = {flag.report_id: flag for flag in copied if flag.report_id is not None}
    ruled = _rulings(issue) if found else {}
    return {id_: replace(flag, ruled=ruled.get(flag.key)) for id_, flag in found.items()}


def _contradictions(issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    for check in CHECKS:
        yield from check(issue, rows)


def _twins(issue: Issue, rows: Sequence[Evidence], reader: Actor) -> Iterator[Flag]:
    """The first other ticket for each file: with the same bytes, and with nearly the same."""
    if not rows:
        return
    others = _others(issue, rows, reader)
    for row in rows:
        same = next((one for one in others if one.sha256 == row.sha256), None)
        if same is not None:
            yield _twin(row, FlagKind.SAME_BYTES, same, "的文件逐字节相同")
        near = next((one for one in others if one.own_id == row.id), None)
        if near is not None:
            yield _twin(row, FlagKind.NEAR_IDENTICAL, near, "的照片几乎相同")


def _twin(row: Evidence, kind: FlagKind, other: Any, said: str) -> Flag:
    named = other.number if other.is_seen else HIDDEN
    return Flag(
        kind,
        f"与{named}{said}",
        twin=other.number if other.is_seen else "",
        evidence_id=row.id,
        twin_id=other.id,
    )


def _others(issue: Issue, rows: Iterable[Evidence], reader: Actor) -> Sequence[Any]:
    """Files of other tickets with the same bytes, or found alike when one of them came.

    A covert file is no twin to who may not see covert files.
    """
    ids = [row.id for row in rows]
    shown = (
        Evidence.issue_id != issue.id,
        Evidence.withdrawn_at.is_(None),
        or_(Evidence.is_covert.is_(False), reach(reader, Right.SEE_COVERT)),
    )
    told = (Evidence.id, Issue.number, reach(reader).label("is_seen"))
    same = select(*told, Evidence.sha256, cast(null(), Integer).label("own_id"))
    same = same.where(Evidence.sha256.in_({row.sha256 for row in rows}), *shown)
    sides = ((EvidenceTwin.evidence_id, EvidenceTwin.twin_id),
             (EvidenceTwin.twin_id, EvidenceTwin.evidence_id))  # fmt: skip
    near = [
        select(*told, cast(null(), String).label("sha256"), own.label("own_id"))
        .join(EvidenceTwin, other == Evidence.id)
        .where(own.in_(ids), *shown)
        for own, other in sides
    ]
    selects = [one.join(Issue, Issue.id == Evidence.issue_id) for one in (same, *near)]
    return sorted(db.session.execute(union_all(*selects)), key=lambda one: (one.number, one.id))


def _beside(flag: Flag, rows: Sequence[Evidence]) -> list[Evidence]:
    return [row for row in rows if clock.day_of(row.uploaded_at) == flag.on]


def _rulings(issue: Issue) -> dict[str, Ruled]:
    """The latest of each flag, by the flag's key."""
    rows = (
        select(FlagRuling)
        .where(FlagRuling.issue_id == issue.id)
        .options(joinedload(FlagRuling.ruled_by))
        .order_by(FlagRuling.id)
    )
    return {
        flag_of(row).key: Ruled(row.ruling, row.reason, row.ruled_by.display_name, row.ruled_at)
        for row in db.session.scalars(rows)
    }


def flag_of(row: FlagRuling) -> Flag:
    """The flag a ruling is of."""
    return Flag(
        row.kind, "", evidence_id=row.evidence_id, report_id=row.report_id, twin_id=row.twin_id
    )
