"""Files of tickets as the rules read them: whose camera says when and where it stood."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from issues.evidence.contradictions import outlines
from issues.evidence.flags.checks import taken_on
from issues.evidence.places import distance_m, gcj02_to_wgs84
from issues.ground import clock
from issues.ground.batches import ByIssue, narrowed
from issues.models import Evidence, Issue
from issues.rules.contradictions.sources import File
from issues.vocabulary import EvidenceKind

NEAR_METRES = 1000
"""So near the ticket's point an outline tells nothing: borders are drawn coarsely."""


def files_of(
    issues: Sequence[Issue], counties: Mapping[str, str], rows: ByIssue
) -> dict[int, tuple[File, ...]]:
    """By the id of the ticket, of the rows of FILES by it. A statement, once a process."""
    by_id = {issue.id: issue for issue in issues}
    found = [row for id_ in by_id for row in rows[id_]]
    replaced = {row.replaces_id for row in found}
    known = outlines.boundary() if any(_is_placed(row) for row in found) else None
    files: dict[int, list[File]] = defaultdict(list)
    for row in found:
        if row.id not in replaced:
            files[row.issue_id].append(_file(row, by_id[row.issue_id], known, counties))
    return {id_: tuple(files[id_]) for id_ in by_id}


FILES = narrowed(
    select(Evidence)
    .where(Evidence.withdrawn_at.is_(None), Evidence.is_covert.is_(False))
    .order_by(Evidence.id),
    Evidence.issue_id,
)


def tells(row: Evidence) -> bool:
    """Whether a rule reads anything of this file."""
    is_dated = row.taken_at is not None or row.kind is EvidenceKind.MONITORING
    return not row.is_covert and (is_dated or _is_placed(row))


def _file(
    row: Evidence, issue: Issue, known: outlines.Known | None, counties: Mapping[str, str]
) -> File:
    metres = _metres(row, issue)
    county = ""
    if known and _is_placed(row) and (metres is None or metres > NEAR_METRES):
        county = counties.get(outlines.region_at(known, row.lon or 0, row.lat or 0), "")
    return File(
        row.id,
        row.kind,
        row.name,
        row.note,
        clock.day_of(row.uploaded_at),
        taken_on(row),
        metres,
        county,
    )


def _is_placed(row: Evidence) -> bool:
    """Whether the camera itself says where it stood."""
    return row.lon is not None and row.lat is not None and not row.is_place_told


def _metres(row: Evidence, issue: Issue) -> float | None:
    """From the ticket's point, by the nearer reading: some phones write GCJ-02."""
    if not _is_placed(row) or issue.lon is None or issue.lat is None:
        return None
    lon, lat = row.lon or 0.0, row.lat or 0.0
    readings = ((lon, lat), gcj02_to_wgs84(lon, lat))
    return min(distance_m(x, y, issue.lon, issue.lat) for x, y in readings)
