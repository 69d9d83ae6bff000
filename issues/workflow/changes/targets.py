"""The targets of a ticket and of its measures: written, carried over to a new plan, amended.

The count of a measure is the measure's own figure and none of these rows (docs/decisions/0036).
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from extensions import db
from issues.colour.facts_of import measures_of
from issues.ground.refusals import Incomplete
from issues.models import Issue, Measure, Target
from issues.rules.dates.days import written
from issues.rules.targets.words import plain
from issues.vocabulary import Action, Nature, Sense
from issues.workflow.act import Act

Row = dict[str, Any]
Faults = dict[str, list[str]]
COLUMNS = {
    "name": "name", "sense": "sense", "value": "value", "unit": "unit_of_value",
    "nature": "nature", "start": "start", "by": "due", "source": "source_unit",
    "required": "is_required", "quote": "quote",
}  # fmt: skip
"""The column of each field of a row, but for its measure."""
_TEXTS = frozenset({"unit", "source", "quote"})
_NEVER_EMPTY = {
    "name": "项目", "sense": "方向", "value": "目标值", "nature": "性质",
}  # fmt: skip
BY_HAND = "手工登记"
REPLACED, DROPPED = "修改时未再列出", "所属措施已撤销"
GROWS = frozenset({Sense.GE, Sense.GT})


def standing(issue: Issue) -> list[Target]:
    """Those that are not ended, of the ticket or of a measure of its current plan."""
    rows = (
        select(Target)
        .outerjoin(Measure, Measure.id == Target.measure_id)
        .where(Target.issue_id == issue.id, Target.ended_at.is_(None))
        .where(or_(Target.measure_id.is_(None), Measure.round == issue.round))
        .options(contains_eager(Target.measure).lazyload(Measure.unit))
        .order_by(Target.id)
    )
    return list(db.session.scalars(rows))


def write_targets(act: Act) -> None:
    """The targets are those of the form: known ones stay, others are ended or added.

    A plan has none but those of its measures: the ticket's own are the office's. Raises Incomplete
    at the row and field at fault.
    """
    db.session.flush()
    is_plan = act.action is Action.SUBMIT_PLAN
    rows = act.detail.get("targets") or []
    known = [one for one in standing(act.issue) if one.measure is not None or not is_plan]
    errors: Faults = {
        f"targets.{place}.measure": ["方案中的目标请写明是第几项措施的"]
        for place, row in enumerate(rows)
        if is_plan and row["measure"] is None
    }
    kept: list[Target] = []
    for place, row in enumerate(rows):
        target, wrong = _new(act, row)
        errors |= {f"targets.{place}.{name}": said for name, said in wrong.items()}
        kept.append(target)
    if errors:
        raise Incomplete(errors)
    for old in known:
        same = next((one for one in kept if as_said(one) == as_said(old)), None)
        if same is None:
            old.ended_at, old.ended_why = act.at, REPLACED
        else:
            kept.remove(same)
    db.session.add_all(kept)
    db.session.flush()


def follow_measures(act: Act, write: Callable[[Act], None]) -> None:
    """Write the measures anew; a target goes over to the one that has its measure's number."""
    numbers = {measure.id: measure.no for measure in measures_of(act.issue)}
    write(act)
    db.session.flush()
    now = {measure.no: measure for measure in measures_of(act.issue)}
    for target in standing(act.issue):
        if target.measure_id not in numbers:
            continue
        number = numbers[target.measure_id]
        if number in now:
            target.measure = now[number]
        else:
            target.ended_at, target.ended_why = act.at, DROPPED
    db.session.flush()


def end_of_measure(act: Act, measure: Measure) -> None:
    """A measure is struck off, and what it was to reach with it."""
    for target in standing(act.issue):
        if target.measure_id == measure.id:
            target.ended_at, target.ended_why = act.at, DROPPED


def amend_targets(act: Act, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Each row's target before and after: nothing before an added one, nothing after an ended.

    Raises Incomplete at the row and field at fault.
    """
    known = {target.id: target for target in standing(act.issue)}
    before: list[Row] = []
    touched: list[Target] = []
    errors: Faults = {}
    for place, row in enumerate(rows):
        target, wrong = known.get(row["id"]), {}
        before.append(as_said(target) if target else {})
        if target is not None:
            wrong = _change(act, target, row)
        elif row["id"] is None:
            wrong = _lacking(row)
            target, faults = (None, {}) if wrong else _new(act, row)
            wrong |= faults
        else:
            wrong = {"id": ["没有这项目标"]}
        touched += [target] if target else []
        errors |= {f"fields.targets.{place}.{name}": said for name, said in wrong.items()}
    if errors:
        raise Incomplete(errors)
    db.session.add_all(touched)
    db.session.flush()
    return before, [{} if one.ended_at else as_said(one) for one in touched]


def _lacking(row: Row) -> Faults:
    wrong = {name: [f"请填写{label}"] for name, label in _NEVER_EMPTY.items() if row[name] is None}
    return wrong | ({"dropped": ["新增的目标不能同时结束"]} if row["dropped"] else {})


def _new(act: Act, row: Row) -> tuple[Target, Faults]:
    target = Target(
        issue_id=act.issue.id, entered_at=act.at, entered_by_id=act.actor.id, ended_why="",
        **{column: _stored(name, row.get(name)) for name, column in COLUMNS.items()},
    )  # fmt: skip
    wrong = _set_measure(act, target, row.get("measure"))
    target.basis = _basis(act.issue, target)
    return target, wrong | _wrong(target)


def _basis(issue: Issue, target: Target) -> str:
    """Where the words stand that it was read from."""
    places = {"验收标准": issue.criteria, "整改目标": issue.goal}
    if target.measure is not None:
        places[f"措施{target.measure.no}"] = target.measure.text
    said = plain(target.quote)
    return next((name for name, text in places.items() if said and said in plain(text)), BY_HAND)


def _change(act: Act, target: Target, row: Row) -> Faults:
    if row["dropped"]:
        target.ended_at, target.ended_why = act.at, act["reason"]
        return {}
    given = row["_given"]
    emptied = {name for name in _NEVER_EMPTY if name in given and row[name] is None}
    if emptied:
        return {name: [f"{_NEVER_EMPTY[name]}不能改为空"] for name in emptied}
    for name in COLUMNS.keys() & given:
        setattr(target, COLUMNS[name], _stored(name, row[name]))
    wrong = _set_measure(act, target, row["measure"]) if "measure" in given else {}
    return wrong | _wrong(target)


def _stored(name: str, value: Any) -> Any:
    if name in {"sense", "nature"}:
        return value and (Sense if name == "sense" else Nature)(value)
    if name == "required":
        return bool(value)
    return value or "" if name in _TEXTS else value


def _set_measure(act: Act, target: Target, number: int | None) -> Faults:
    found = _measures(act).get(number) if number is not None else None
    target.measure = found
    return {"measure": ["没有这个序号的措施"]} if number is not None and found is None else {}


def _measures(act: Act) -> dict[int | None, Measure]:
    return {measure.no: measure for measure in measures_of(act.issue)}


def _wrong(target: Target) -> Faults:
    """A count grows; that of a measure is the measure's own figure."""
    wrong: Faults = {}
    if target.nature is Nature.COUNT and target.measure is not None:
        wrong["nature"] = ["措施的累计完成数量请填在该措施的目标值中"]
    elif target.nature is Nature.COUNT and target.sense not in GROWS:
        wrong["nature"] = ["累计完成的目标只能是“不低于”或“大于”"]
    if target.start and target.due and target.start > target.due:
        wrong["start"] = [f"起始日期{written(target.start)}晚于目标日{written(target.due)}"]
    return wrong


def as_said(target: Target) -> Row:
    """As a form says it: what history keeps of a target, and by what two are the same."""
    told = {name: getattr(target, column) for name, column in COLUMNS.items()}
    return told | {"measure": target.measure.no if target.measure else None}
