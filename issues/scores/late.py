"""Papers that were not answered in time, and the days that are asked about."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Issue, Notice, NoticeIssue
from issues.rules.dates.days import days_after, written
from issues.rules.each.notices_lapsed import TO_BE_ANSWERED
from issues.rules.scores.points import Borne
from issues.rules.scores.story import Happened
from issues.scores.versions import Versions
from issues.vocabulary import NoticeStatus, ScoreRule, Status

UNCOUNTED = (Status.DRAFT, Status.WITHDRAWN, Status.TAKEN_BACK)
"""What was registered in error, or went with its import, is booked for nothing."""


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` up to, not including, `until`; nothing after `today` has happened yet."""

    first: date
    until: date
    today: date

    def holds(self, on: date) -> bool:
        return self.first <= on < self.until and on <= self.today


def late_notices(days: Days) -> Sequence[Any]:
    """A row a ticket of each signed notice that was not answered in time, by its first late day.

    The county's own papers press its people and book nothing.
    """
    rows = (
        select(
            Notice.id, Notice.number, Notice.kind, Notice.unit_id, Notice.reply_due,
            Notice.replied_at, NoticeIssue.issue_id, Issue.source,
        )
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .join(Issue, Issue.id == NoticeIssue.issue_id)
        .where(
            Notice.status == NoticeStatus.SIGNED,
            Notice.centre_id.is_(None),
            Notice.kind.in_(TO_BE_ANSWERED),
            Notice.reply_due >= days_after(days.first, -1),
            Notice.reply_due < days.until,
            Issue.status.not_in(UNCOUNTED),
        )
        .order_by(Notice.id, NoticeIssue.issue_id)
    )  # fmt: skip
    return [
        row
        for row in db.session.execute(rows)
        if days.holds(days_after(row.reply_due, 1)) and _is_late(row)
    ]


def _is_late(row: Any) -> bool:
    return row.replied_at is None or clock.day_of(row.replied_at) > row.reply_due


def one_a_notice(late: Sequence[Any], versions: Versions) -> Iterator[Any]:
    """A notice on several tickets is answered late once: on the one that weighs most."""
    by_notice: dict[int, list[Any]] = defaultdict(list)
    for row in late:
        by_notice[row.id].append(row)
    for rows in by_notice.values():
        _, policy = versions.on(days_after(rows[0].reply_due, 1))
        yield max(rows, key=lambda row: (policy.sources[row.source].weight, -row.issue_id))


def unanswered(row: Any) -> Happened:
    rule, on = ScoreRule.REPLY_LATE, days_after(row.reply_due, 1)
    told = f"{row.number}（{row.kind.label}）应于{written(row.reply_due)}前答复"
    return Happened(f"{rule.value}:{row.id}", rule, on, because=told)


def of_addressee(borne: Borne, row: Any) -> Borne:
    """Who was to answer bears it as the primary unit would."""
    return Borne(row.unit_id, borne.lead, borne.county, borne.line)
