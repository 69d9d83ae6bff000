"""Progress reports that say again what an earlier one, or another ticket's, said."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from extensions import db
from issues.evidence.flags.flag import Flag
from issues.evidence.flags.likeness import share_copied
from issues.models import Issue, ProgressReport
from issues.rights.table import reach
from issues.rules.dates.days import written
from issues.vocabulary import FlagKind

MOST_READ = 1000


def flags(issue: Issue, reader: Actor) -> Iterator[Flag]:
    """One for each report of the ticket that is a copy, of the latest it copies. One statement.

    A returned report is no model: it comes again as it should.
    """
    rows = _reports(issue, reader)
    others = [row for row in rows if row.issue_id != issue.id]
    own = sorted((row for row in rows if row.issue_id == issue.id), key=lambda row: row.id)
    for place, row in enumerate(own):
        earlier = [one for one in (*own[:place], *others) if one.state != "returned"]
        copied = next((one for one in reversed(earlier) if _is_copy(row, one)), None)
        if copied is not None:
            yield _flag(row, copied, issue)


def _is_copy(row: Any, other: Any) -> bool:
    """An earlier one is copied; of another ticket's on the same day, the one with the lower id."""
    return other.id < row.id and share_copied(row.text, other.text) > 0


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
            ProgressReport.state, Issue.number, reach(reader).label("is_seen"),
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
