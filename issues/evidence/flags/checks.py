"""What contradicts itself in one ticket's evidence: times, places, traces of editing.

A missing EXIF is neutral: phones and messengers strip it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from issues.evidence.flags.flag import Flag
from issues.evidence.flags.twins import NEAR_BITS, distance, hashes_of
from issues.evidence.places import distance_m, gcj02_to_wgs84
from issues.ground import clock
from issues.models import Evidence, Issue
from issues.rules.dates.days import written
from issues.vocabulary import EvidenceKind, FlagKind, Made

FAR_METRES = 500
KILOMETRE = 1000
LAST_DAYS = timedelta(days=3)
MOST_SHARE = (4, 5)
"""80 % of a ticket's evidence in its last days is a burst."""
EDITORS = (
    "photoshop", "lightroom", "gimp", "snapseed", "picsart", "paint.net", "affinity", "pixlr",
    "facetune", "vsco", "meitu", "美图", "醒图", "光影魔术手", "acdsee", "coreldraw",
)  # fmt: skip
AFTER_THE_WORK = frozenset({Made.ONCE_FINISHED, Made.IN_CHECKING})
"""What is rightly made after the unit says that it has finished."""

Check = Callable[[Issue, Sequence[Evidence]], Iterator[Flag]]


def taken_before_assignment(issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    for row in rows:
        taken, assigned = taken_on(row), _assigned_for(row, issue)
        if taken is None or assigned is None or row.kind is EvidenceKind.BEFORE:
            continue
        if taken < assigned:
            because = f"拍摄于{written(taken)}，早于交办之日{written(assigned)}"
            yield _of(row, FlagKind.TAKEN_BEFORE_ASSIGNMENT, because)


def _assigned_for(row: Evidence, issue: Issue) -> date | None:
    """The assignment of the round the file came in."""
    again = issue.assigned_on
    if again is not None and clock.day_of(row.uploaded_at) >= again:
        return again
    return issue.first_assigned_on


def taken_after_finish(issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    claimed = issue.claimed_on
    for row in rows:
        taken = taken_on(row)
        if claimed is None or taken is None or row.kind.made in AFTER_THE_WORK:
            continue
        if taken > claimed:
            because = f"拍摄于{written(taken)}，晚于申报完成之日{written(claimed)}"
            yield _of(row, FlagKind.TAKEN_AFTER_FINISH, because)


def finish_before_work(issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    """The first proof of work, by the camera's day where there is one."""
    first = min((row for row in rows if row.kind.made is Made.AT_WORK), key=_made_on, default=None)
    if issue.claimed_on is None or first is None or _made_on(first) <= issue.claimed_on:
        return
    because = (
        f"{written(issue.claimed_on)}申报完成，最早的施工材料却形成于{written(_made_on(first))}"
    )
    yield _of(first, FlagKind.FINISH_BEFORE_WORK, because)


def _made_on(row: Evidence) -> date:
    return taken_on(row) or clock.day_of(row.uploaded_at)


def last_minute(issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    """Of what was there by the deadline. What comes later is late, which is another matter."""
    if issue.deadline is None:
        return
    days = {row: clock.day_of(row.uploaded_at) for row in rows}
    timely = [row for row, day in days.items() if day <= issue.deadline]
    late = [row for row in timely if days[row] >= issue.deadline - LAST_DAYS]
    part, whole = MOST_SHARE
    if not late or len(late) * whole < len(timely) * part:
        return
    because = (
        f"本事项{len(timely)}份材料中有{len(late)}份在时限{written(issue.deadline)}前3日内上传"
    )
    for row in late:
        yield _of(row, FlagKind.LAST_MINUTE, because)


def far_from_place(issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    """The ticket's place is WGS-84. Some phones write GCJ-02: the nearer reading counts."""
    for row in rows:
        if row.lon is None or row.lat is None or issue.lon is None or issue.lat is None:
            continue
        readings = ((row.lon, row.lat), gcj02_to_wgs84(row.lon, row.lat))
        metres = min(distance_m(lon, lat, issue.lon, issue.lat) for lon, lat in readings)
        if metres > FAR_METRES:
            far = f"{metres / KILOMETRE:.1f}公里" if metres >= KILOMETRE else f"{metres:.0f}米"
            who = "上传时所在地点" if row.is_place_told else "拍摄地点"
            yield _of(row, FlagKind.FAR_FROM_PLACE, f"{who}距事项点位{far}")


def edited_by_software(_issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    for row in rows:
        if any(editor in row.software.casefold() for editor in EDITORS):
            because = f"文件标记由“{row.software}”处理过"
            yield _of(row, FlagKind.EDITED_BY_SOFTWARE, because)


def odd_end(_issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    """Some recorders and scanners leave it so; so does who cuts a file or hides something in it."""
    for row in rows:
        if row.has_odd_end and row.media_type.startswith("image/"):
            because = "照片画面完整，但缺少文件结束标记，可能被截短或改写过"
            yield _of(row, FlagKind.ODD_END, because)
        elif row.has_odd_end:
            because = "PDF 结尾之后另有填充内容，可能由扫描设备写入，也可能被改写过"
            yield _of(row, FlagKind.ODD_END, because)


def same_before_and_after(_issue: Issue, rows: Sequence[Evidence]) -> Iterator[Flag]:
    """One picture as both sides of the work, saved anew or the very same."""
    before = [row for row in rows if row.kind is EvidenceKind.BEFORE]
    after = [row for row in rows if row.kind is EvidenceKind.AFTER]
    for one in before:
        for other in after:
            same = one.sha256 == other.sha256
            if same or distance(hashes_of(one), hashes_of(other)) <= NEAR_BITS:
                because = f"整改前后的照片{'完全相同' if same else '几乎相同'}"
                for row, twin in ((one, other), (other, one)):
                    yield Flag(
                        FlagKind.NEAR_IDENTICAL, because, evidence_id=row.id, twin_id=twin.id
                    )


def taken_on(row: Evidence) -> date | None:
    """The camera's day."""
    return None if row.taken_at is None else datetime.fromisoformat(row.taken_at).date()


def _of(row: Evidence, kind: FlagKind, because: str) -> Flag:
    return Flag(kind, because, evidence_id=row.id)


CHECKS: tuple[Check, ...] = (
    same_before_and_after,
    taken_before_assignment,
    taken_after_finish,
    finish_before_work,
    far_from_place,
    last_minute,
    edited_by_software,
    odd_end,
)
