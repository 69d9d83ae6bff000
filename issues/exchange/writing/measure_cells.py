"""A measure as the cells of the responsibility list, and a deadline in its own words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from auth.models import Unit
from issues.exchange.writing.figured import Value
from issues.models import Issue, Measure
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import Deadline, UnreadableDeadline
from issues.rules.targets.canonical import Aim, all_written
from issues.vocabulary import DeadlineKind, Sense

Reader = Callable[[str, date | None], Deadline]


def deadline_words(text: str, on: date | None, issue: Issue, read: Reader) -> str:
    """The words a deadline was set in, where they still mean its day; else the day itself."""
    try:
        told = read(text, issue.assigned_on)
    except UnreadableDeadline:
        return written(on) if on else text
    if on is None or told.on == on or told.kind == DeadlineKind.BY_MEASURES:
        return text
    return written(on)


def measure_cells(
    measure: Measure,
    issue: Issue,
    units: Mapping[int, Unit],
    read: Reader,
    aims: Sequence[Aim] = (),
) -> dict[str, Value]:
    """One measure by the headings of its columns. `aims` are what it is to reach or to keep."""
    return {
        "序号": measure.no,
        "具体措施": measure.original.get("text") or _with_units(measure, issue, units),
        "启动时间": measure.start,
        "完成时限": deadline_words(measure.deadline_text, measure.deadline, issue, read),
        "目标值": _target(measure, aims),
        "完成值": measure.confirmed,
        "单位": measure.unit_of_target,
        "进度描述": measure.progress,
        "是否完成": "是" if measure.is_done else "否",
    }


def _target(measure: Measure, aims: Sequence[Aim]) -> Value:
    """A count of at least so many is its figure, as ever; all else says its sense."""
    if aims or measure.target is None:
        return all_written(aims) or None
    if measure.sense_of_target is Sense.GE:
        return measure.target
    return f"{measure.sense_of_target.sign}{measure.target:f}"


def _with_units(measure: Measure, issue: Issue, units: Mapping[int, Unit]) -> str:
    also: Sequence[Any] = measure.original.get("also", ())
    if measure.unit_id == issue.primary_unit_id and not also:
        return measure.text
    names = "、".join(units[unit_id].short_name for unit_id in (measure.unit_id, *also))
    return f"{measure.text}（责任单位：{names}）"
