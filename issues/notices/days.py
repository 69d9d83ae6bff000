"""By when a notice is to be signed for and answered; the day of signing is not counted."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from issues.city.words import Words
from issues.models import Issue
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy
from issues.vocabulary import NoticeKind


class Days(NamedTuple):
    sign_due: date | None
    reply_due: date | None
    meeting_on: date | None


def days_of(
    kind: NoticeKind,
    issues: Iterable[Issue],
    signed_on: date,
    policy: Policy,
    calendar: Workdays,
    said: Words,
    meeting_on: date | None = None,
) -> Days:
    """Of several tickets the shortest time counts. N4 is answered after its meeting."""
    if kind is NoticeKind.N4:
        on = meeting_on or calendar.add(signed_on, policy.meeting_workdays)
        report = on + timedelta(days=policy.meeting_report_days)
        return Days(calendar.add(signed_on, policy.sign_workdays), report, on)
    if kind is NoticeKind.N6:
        return Days(None, calendar.add(signed_on, said["hanging_reply_workdays"]), None)
    counts = [policy.reply_workdays(kind, issue.source) for issue in issues]
    limits = [count for count in counts if count is not None]
    reply = calendar.add(signed_on, min(limits)) if limits else None
    return Days(calendar.add(signed_on, policy.sign_workdays), reply, None)
