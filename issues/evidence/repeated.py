"""Progress reports that say again what an earlier one, or another ticket's, said."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from extensions import db
from issues.evidence.flag import Flag
from issues.models import Issue, ProgressReport
from issues.permissions import reach
from issues.rules.days import written
from issues.vocabulary import FlagKind

LEAST_LENGTH = 10
"""Signs beside marks and blanks: “已完成” says the same of everything."""
ALIKE = 0.85
"""The share of pairs of neighbouring signs two texts have in common, from which one is a copy."""
MOST_READ = 1000
_BESIDE = re.compile(r"[\W_]+")


def flags(issue: Issue, reader: Actor) -> Iterator[Flag]:
    """One for each report of the ticket that is a copy, of the latest it copies. One statement."""
    rows = _reports(issue, reader)
    others = [row for row in rows if row.issue_id != issue.id]
    own = sorted((row for row in rows if row.issue_id == issue.id), key=lambda row: row.id)
    for place, row in enumerate(own):
        earlier = [*own[:place], *others]
        copied = next((one for one in reversed(earlier) if _is_copy(row, one)), None)
        if copied is not None:
            yield _flag(row, copied, issue)


def alike(one: str, other: str) -> float:
    """0 to 1 by Dice on pairs of neighbouring signs; marks, blanks and digits' widths aside."""
    pairs, more = _pairs(_plain(one)), _pairs(_plain(other))
    return 2 * len(pairs & more) / (len(pairs) + len(more)) if pairs and more else 0.0


def _is_copy(row: Any, other: Any) -> bool:
    """An earlier one is copied; of another ticket's on the same day, the one with the lower id."""
    if other.id >= row.id:
        return False
    one, two = _plain(row.text), _plain(other.text)
    if min(len(one), len(two)) < LEAST_LENGTH:
        return False
    return one == two or alike(one, two) >= ALIKE


def _plain(text: str) -> str:
    return _BESIDE.sub("", text)


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _flag(row: Any, copied: Any, issue: Issue) -> Flag:
    said = f"{written(row.on)}的进展描述与"
    if copied.issue_id == issue.id:
        because, twin = f"{said}{written(copied.on)}的填报雷同", ""
    elif copied.is_seen:
        because, twin = f"{said}{copied.number}在{written(copied.on)}的填报雷同", copied.number
    else:
        because, twin = f"{said}其他事项(不在您的查看范围内)的填报雷同", ""
    return Flag(
        FlagKind.REPEATED_TEXT,
        because,
        twin=twin,
        report_id=row.id,
        twin_id=copied.id,
        on=row.on,
    )


def _reports(issue: Issue, reader: Actor) -> Sequence[Any]:
    """The ticket's own, the same words anywhere, and the latest of the same unit's tickets."""
    own = aliased(ProgressReport)
    said = select(own.text).where(own.issue_id == issue.id)
    return db.session.execute(
        select(
            ProgressReport.id, ProgressReport.issue_id, ProgressReport.on, ProgressReport.text,
            Issue.number, reach(reader).label("is_seen"),
        )
        .join(Issue, Issue.id == ProgressReport.issue_id)
        .where(
            or_(
                ProgressReport.issue_id == issue.id,
                Issue.primary_unit_id == issue.primary_unit_id,
                ProgressReport.text.in_(said),
            )
        )
        .order_by((ProgressReport.issue_id == issue.id).desc(), ProgressReport.id.desc())
        .limit(MOST_READ)
    ).all()[::-1]  # fmt: skip
