"""What the office changes on an open ticket, with the reason, before and after."""

from typing import Any

from issues.models import Issue, Measure
from issues.records import measures_of
from issues.refusals import Incomplete, NotAllowed
from issues.rules.sources import MOVERS
from issues.vocabulary import Relation, Status
from issues.workflow.act import Act, recorded
from issues.workflow.opening import fill
from issues.workflow.parties import set_units
from issues.workflow.plans import measure_deadline

_UNIT_LISTS = {
    "responsible_units": Relation.RESPONSIBLE,
    "supporting_units": Relation.SUPPORTING,
}


def amend(act: Act) -> Status:
    """Deadlines only where the source lets the city move them (403 otherwise)."""
    issue, changes = act.issue, dict(act["fields"])
    act.refuse_unless(changes, "fields", "没有要调整的内容")
    _refuse_emptied(changes)
    if {"deadline", "deadline_text"} & set(changes) and act.source_rules.mover != "head":
        mover = MOVERS[act.source_rules.mover]
        raise NotAllowed(f"{issue.source.label}的整改时限({mover})不能由市里调整。")
    rows = changes.pop("measures", None) or []
    before = {name: _value(issue, name) for name in changes}
    fill(issue, changes, act.policy)
    if rows:
        before["measures"] = _amend_measures(act, rows)
        set_units(issue)
    act.noted["before"] = recorded(before)
    return issue.status


def _refuse_emptied(changes: dict[str, Any]) -> None:
    needed = {
        "title": "标题", "problem": "存在问题", "region": "行政区域", "primary_unit": "主责单位",
        "lead_unit": "牵头单位", "acceptance_unit": "验收单位",
    }  # fmt: skip
    errors = {
        f"fields.{name}": [f"{label}不能改为空"]
        for name, label in needed.items()
        if name in changes and not changes[name]
    }
    if errors:
        raise Incomplete(errors)


def _value(issue: Issue, name: str) -> Any:
    if name in _UNIT_LISTS:
        return issue.units(_UNIT_LISTS[name])
    if name.endswith(("_unit", "_account")) or name == "inspector":
        return getattr(issue, name)
    return getattr(issue, name)


def _amend_measures(act: Act, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {measure.id: measure for measure in measures_of(act.issue)}
    errors: dict[str, list[str]] = {}
    before = []
    for place, row in enumerate(rows):
        measure = known.get(row["id"])
        if measure is None:
            errors[f"fields.measures.{place}.id"] = ["没有这项措施"]
            continue
        before.append(_as_it_was(measure))
        wrong = _amend_one(act, measure, row)
        errors |= {f"fields.measures.{place}.{name}": said for name, said in wrong.items()}
    if errors:
        raise Incomplete(errors)
    return before


def _as_it_was(measure: Measure) -> dict[str, Any]:
    return {
        "no": measure.no,
        "text": measure.text,
        "unit": measure.unit,
        "person": measure.person,
        "start": measure.start,
        "deadline": measure.deadline,
        "target": measure.target,
    }


def _amend_one(act: Act, measure: Measure, row: dict[str, Any]) -> dict[str, list[str]]:
    given = row["_given"]
    if "text" in given and row["text"]:
        measure.text = row["text"]
    if "unit" in given and row["unit"]:
        measure.unit_id = row["unit"].id
        measure.unit = row["unit"]
    for name in ("person", "unit_of_target"):
        if name in given:
            setattr(measure, name, row[name] or "")
    for name in ("start", "target"):
        if name in given:
            setattr(measure, name, row[name])
    dates = row if {"deadline", "deadline_text"} & given else {"deadline": measure.deadline}
    merged = dict(dates) | {"start": measure.start, "target": measure.target}
    day, text, wrong = measure_deadline(act.issue, merged, act.policy)
    if {"deadline", "deadline_text"} & given:
        measure.deadline, measure.deadline_text = day, text
    return wrong


def comment(act: Act) -> Status:
    return act.issue.status
