"""What a reviewer should look at twice in a ticket's evidence. Each flag is for a person to rule.

A missing EXIF is neutral: phones and messengers strip it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import false, select

from auth.actor import Actor
from extensions import db
from issues import clock
from issues.evidence.photos import hamming
from issues.evidence.places import distance_m
from issues.models import Evidence, Issue
from issues.permissions import reach
from issues.rules.days import written
from issues.vocabulary import EvidenceKind, FlagKind

NEAR_BITS = 6
"""Of 64: pictures that differ in no more are the same picture, resized or saved anew."""
FAR_METRES = 500
EDITORS = (
    "photoshop", "lightroom", "gimp", "snapseed", "picsart", "paint.net", "affinity", "pixlr",
    "facetune", "vsco", "meitu", "美图", "醒图", "光影魔术手", "acdsee", "coreldraw",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flag:
    """`twin` is the number of the other ticket, empty where the reader does not see it."""

    kind: FlagKind
    because: str
    twin: str = ""

    def document(self) -> dict[str, str | None]:
        return {
            "kind": self.kind.value, "with": self.twin or None, "because": self.because,
            "ruling": None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Other:
    """A file on another ticket."""

    sha256: str
    dhash: int | None
    number: str
    is_seen: bool

    @property
    def named(self) -> str:
        return self.number if self.is_seen else "其他事项(不在您的查看范围内)"


def flags_of(issue: Issue, rows: Sequence[Evidence], reader: Actor) -> dict[int, list[Flag]]:
    """The flags by evidence id. Two statements, however many files there are."""
    if not rows:
        return {}
    others = _others(issue, rows, reader)
    found: dict[int, list[Flag]] = defaultdict(list)
    for row in rows:
        for check in _CHECKS:
            found[row.id] += check(row, issue)
        found[row.id] += _twins(row, rows, others)
    return dict(found)


def _others(issue: Issue, rows: Iterable[Evidence], reader: Actor) -> list[_Other]:
    """The same bytes anywhere else and, where this ticket has pictures, every other picture."""
    pictures = Evidence.dhash.is_not(None) if any(row.dhash for row in rows) else false()
    digests = {row.sha256 for row in rows}
    found = db.session.execute(
        select(Evidence.sha256, Evidence.dhash, Issue.number, reach(reader).label("is_seen"))
        .join(Issue, Issue.id == Evidence.issue_id)
        .where(
            Evidence.issue_id != issue.id,
            Evidence.withdrawn_at.is_(None),
            Evidence.sha256.in_(digests) | pictures,
        )
        .order_by(Issue.number)
    )
    return [_Other(row.sha256, _bits(row.dhash), row.number, bool(row.is_seen)) for row in found]


def _bits(dhash: str | None) -> int | None:
    return None if dhash is None else int(dhash, 16)


def _twins(row: Evidence, rows: Iterable[Evidence], others: list[_Other]) -> Iterator[Flag]:
    same = next((other for other in others if other.sha256 == row.sha256), None)
    if same is not None:
        yield _flag(FlagKind.SAME_BYTES, f"与{same.named}的文件逐字节相同", same)
    bits = _bits(row.dhash)
    if bits is None:
        return
    near = next((other for other in others if _is_near(bits, row, other.dhash, other.sha256)), None)
    if near is not None:
        yield _flag(FlagKind.NEAR_IDENTICAL, f"与{near.named}的照片几乎相同", near)
    if any(_is_other_side(row, own) and _alike(bits, _bits(own.dhash)) for own in rows):
        yield Flag(FlagKind.NEAR_IDENTICAL, "整改前后的照片几乎相同")


def _flag(kind: FlagKind, because: str, other: _Other) -> Flag:
    return Flag(kind, because, other.number if other.is_seen else "")


def _is_near(bits: int, row: Evidence, other: int | None, sha256: str) -> bool:
    return sha256 != row.sha256 and _alike(bits, other)


def _alike(bits: int, other: int | None) -> bool:
    return other is not None and hamming(bits, other) <= NEAR_BITS


def _is_other_side(row: Evidence, own: Evidence) -> bool:
    """Whether one of two files of the ticket is a «before», the other an «after»."""
    return {row.kind, own.kind} == {EvidenceKind.BEFORE, EvidenceKind.AFTER}


def _taken_before_assignment(row: Evidence, issue: Issue) -> Iterator[Flag]:
    assigned = issue.first_assigned_on
    if row.taken_at is None or assigned is None or row.kind is EvidenceKind.BEFORE:
        return
    if issue.assigned_on is not None and clock.day_of(row.uploaded_at) >= issue.assigned_on:
        assigned = issue.assigned_on
    taken = _day(row.taken_at)
    if taken < assigned:
        because = f"拍摄于{written(taken)},早于交办之日{written(assigned)}"
        yield Flag(FlagKind.TAKEN_BEFORE_ASSIGNMENT, because)


def _day(taken_at: str) -> date:
    return datetime.fromisoformat(taken_at).date()


def _far_from_place(row: Evidence, issue: Issue) -> Iterator[Flag]:
    """Both are WGS-84."""
    if row.lon is None or row.lat is None or issue.lon is None or issue.lat is None:
        return
    metres = distance_m(row.lon, row.lat, issue.lon, issue.lat)
    if metres > FAR_METRES:
        far = f"{metres / 1000:.1f}公里" if metres >= 1000 else f"{metres:.0f}米"  # noqa: PLR2004 - metres a kilometre
        yield Flag(FlagKind.FAR_FROM_PLACE, f"拍摄地点距事项点位{far}")


def _edited_by_software(row: Evidence, _issue: Issue) -> Iterator[Flag]:
    if any(editor in row.software.casefold() for editor in EDITORS):
        yield Flag(FlagKind.EDITED_BY_SOFTWARE, f"文件标记由“{row.software}”处理过")


_CHECKS: tuple[Callable[[Evidence, Issue], Iterator[Flag]], ...] = (
    _taken_before_assignment,
    _far_from_place,
    _edited_by_software,
)
