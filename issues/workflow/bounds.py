"""Between which days an input of an act may lie: one table that the form says and the act refuses.

Sources: docs/rules.md for extensions; the others are what the words of the field mean: what has
happened is not of tomorrow, what is owed is not of yesterday.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from extensions import db
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Extension, Issue
from issues.rules.dates.bounds import Bound, until_today
from issues.rules.dates.days import written
from issues.rules.dates.windows import ExtensionLimit, extension_limit
from issues.rules.policy import Policy
from issues.vocabulary import Action, DeadlineKind
from issues.workflow.act import Act

DAY = timedelta(days=1)


class Place(NamedTuple):
    """What a bound is reckoned from."""

    issue: Issue
    on: date
    policy: Policy


Reckon = Callable[[Place], Bound | None]


def extension_of(place: Place) -> ExtensionLimit | None:
    """How far the deadline may go by the rules; None where only a document of above moves it."""
    issue, policy = place.issue, place.policy
    if policy.sources[issue.source].mover == "document" or issue.deadline is None:
        return None
    times = db.session.scalar(
        select(func.count(Extension.id)).where(
            Extension.issue_id == issue.id,
            Extension.round == issue.round,
            Extension.state == "granted",
        )
    )
    first = issue.first_deadline or issue.deadline
    return extension_limit(
        issue.assigned_on or issue.deadline, first, issue.deadline, times or 0, policy
    )


def _extended(place: Place) -> Bound | None:
    deadline, limit = place.issue.deadline, extension_of(place)
    if deadline is None:
        return None
    now = f"现时限{written(deadline)}"
    early = f"新时限应晚于现时限{written(deadline)}"
    if limit is None:
        source = "凭设定时限的上级机关的批准文件延期"
        return Bound(deadline + DAY, None, early, now=now, source=source)
    if limit.latest is None:
        return Bound(deadline + DAY, None, early, now=now, source=limit.refusal)
    policy = place.policy
    return Bound(
        deadline + DAY, limit.latest, early, f"新时限最晚为{written(limit.latest)}", now,
        f"累计不超过首个办理期限的{policy.extension_share}%且不超过{policy.extension_days}天，"
        f"最多延期{policy.extension_times}次",
    )  # fmt: skip


def _from_today(called: str) -> Reckon:
    return lambda place: Bound(place.on, early=f"{called}不能早于{written(place.on)}")


def _until_today(called: str) -> Reckon:
    return lambda place: until_today(called, place.on)


def _reopened(place: Place) -> Bound:
    early = f"新的整改时限应晚于{written(place.on)}"
    was = place.issue.deadline
    return Bound(place.on + DAY, early=early, now=f"原时限{written(was)}" if was else "")


def _objected(place: Place) -> Bound:
    early, during = "提出日期早于公示开始之日", "公示期内提出"
    until = until_today("提出日期", place.on)
    return replace(until, first=place.issue.publicity_from, early=early, source=during)


def of_measure(place: Place) -> Bound | None:
    """A measure ends by the day of its ticket; where the measures carry the dates, none does."""
    due = place.issue.deadline
    if due is None or place.issue.deadline_kind == DeadlineKind.BY_MEASURES:
        return None
    late = f"晚于本事项的整改时限{written(due)}"
    return Bound(last=due, late=late, source="本事项的整改时限")


def _dated(place: Place) -> Bound:
    """What remains of a complaint is dated anew, from today on."""
    due = place.issue.deadline
    return Bound(
        place.on, early="请填写今天或以后的完成时限", now=f"现时限{written(due)}" if due else ""
    )


BOUNDS: Mapping[Action, Mapping[str, Reckon]] = {
    Action.REQUEST_EXTENSION: {"deadline": _extended},
    Action.REOPEN: {"deadline": _reopened},
    Action.INSTRUCT: {"due_on": _from_today("办结期限")},
    Action.HAND_TASK: {"due_on": _from_today("办理期限")},
    Action.RETURN_TASK: {"due_on": _from_today("新的期限")},
    Action.PLAN_LOOKBACK: {"planned_on": _from_today("计划日期")},
    Action.RECORD_LOOKBACK: {"at": _until_today("时间")},
    Action.RECORD_SITE_CHECK: {"at": _until_today("核查时间")},
    Action.RECORD_EXPOSURE: {"on": _until_today("日期")},
    Action.RECORD_FINDING: {"on": _until_today("日期")},
    Action.RECORD_OBJECTION: {"on": _objected},
    Action.EDIT: {"measures.deadline": of_measure},
    Action.SUBMIT_PLAN: {"measures.deadline": of_measure},
    Action.AMEND: {"fields.measures.deadline": of_measure},
    Action.INTERIM_CLOSE: {"measures.deadline": _dated},
}
"""By the path of the field; of a row's field without the number of the row."""


def bounds_of(action: Action, place: Place) -> dict[str, Bound]:
    """What the form of the act says beside its fields, by their paths."""
    found = {path: reckon(place) for path, reckon in BOUNDS.get(action, {}).items()}
    return {path: bound for path, bound in found.items() if bound is not None}


def beyond(act: Act) -> dict[str, list[str]]:
    """The faults of the act's own fields, those of rows left to who reads the rows."""
    found = {}
    for path, bound in bounds_of(act.action, Place(act.issue, act.on, act.policy)).items():
        day = _day(act.detail.get(path)) if "." not in path else None
        if day is not None and (said := bound.why_not(day)):
            found[path] = [said]
    return found


def refuse_beyond(act: Act) -> None:
    """Raises Incomplete."""
    if errors := beyond(act):
        raise Incomplete(errors)


def _day(value: Any) -> date | None:
    return clock.day_of(value) if isinstance(value, datetime) else value
