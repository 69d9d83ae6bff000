"""The plan after its approval: an amendment changes, adds and strikes off measures."""

from typing import Any

from sqlalchemy import func, select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Issue, Measure
from issues.vocabulary import IN_CHECKING
from issues.workflow.act import Act
from issues.workflow.changes.plans import measure_deadline, new_measure
from issues.workflow.changes.targets import end_of_measure

KEPT = (
    "no", "text", "unit", "person", "start", "deadline", "deadline_text", "target",
    "unit_of_target",
)  # fmt: skip
"""What history keeps of a measure."""
Row = dict[str, Any]
Faults = dict[str, list[str]]


def amend_measures(act: Act, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Each row's measure before and after: nothing before an added one, nothing after a dropped.

    Raises Incomplete at the row and field at fault, WrongStatus where none can be added.
    """
    known = {measure.id: measure for measure in measures_of(act.issue)}
    following = _next_number(act.issue, known)
    errors: Faults = {}
    before: list[Row] = []
    touched: list[Measure] = []
    added: list[Measure] = []
    for place, row in enumerate(rows):
        measure = known.get(row["id"])
        before.append(_as_it_is(measure) if measure else {})
        if row["id"] is None:
            measure, wrong = _add(act, row, following + len(added))
            added.append(measure)
        else:
            wrong = _change(act, measure, row) if measure else {"id": ["没有这项措施"]}
        touched += [measure] if measure else []
        errors |= {f"fields.measures.{place}.{name}": said for name, said in wrong.items()}
    errors = errors or _none_left([*known.values(), *added], rows)
    if errors:
        raise Incomplete(errors)
    db.session.add_all(added)
    db.session.flush()
    return before, [{} if one.dropped_at else _as_it_is(one) for one in touched]


def _as_it_is(measure: Measure) -> Row:
    return {name: getattr(measure, name) for name in KEPT}


def _next_number(issue: Issue, known: dict[int, Measure]) -> int:
    """After the last of this plan; the number of one that was dropped is never given again."""
    if not known:
        return 1
    last = db.session.scalar(
        select(func.max(Measure.no)).where(
            Measure.issue_id == issue.id, Measure.round == issue.round, Measure.id >= min(known)
        )
    )
    return present(last, f"the last measure of {issue.number}") + 1


def _add(act: Act, row: Row, number: int) -> tuple[Measure, Faults]:
    act.refuse_now_unless(
        # Every measure was confirmed done there: one more would be accepted without being done.
        act.issue.status not in IN_CHECKING,
        f"本事项现为“{act.issue.status.label}”，不能新增措施；确需新增的，请先退回整改。",
    )
    measure, wrong = new_measure(act, row, number)
    if not row["text"]:
        wrong["text"] = ["请填写措施内容"]
    if row["dropped"]:
        wrong["dropped"] = ["新增的措施不能同时撤销"]
    return measure, wrong


def _change(act: Act, measure: Measure, row: Row) -> Faults:
    if row["dropped"]:
        return _drop(act, measure)
    given = row["_given"]
    _rewrite(measure, {name: row[name] for name in given})
    dates = row if {"deadline", "deadline_text"} & given else {"deadline": measure.deadline}
    merged = dict(dates) | {"start": measure.start, "target": measure.target}
    day, text, wrong = measure_deadline(act, merged)
    if {"deadline", "deadline_text"} & given:
        measure.deadline, measure.deadline_text = day, text
    return wrong


def _rewrite(measure: Measure, said: Row) -> None:
    """A measure keeps its words and its unit where they are emptied."""
    if said.get("text"):
        measure.text = said["text"]
    if said.get("unit"):
        measure.unit_id = said["unit"].id
        measure.unit = said["unit"]
    for name in {"person", "unit_of_target"} & said.keys():
        setattr(measure, name, said[name] or "")
    for name in {"start", "target"} & said.keys():
        setattr(measure, name, said[name])


def _drop(act: Act, measure: Measure) -> Faults:
    """What a reviewer has confirmed stays in the plan."""
    if measure.is_done or measure.confirmed:
        return {"dropped": [f"措施{measure.no}已有确认的进展，不能撤销"]}
    measure.dropped_at = act.at
    end_of_measure(act, measure)
    return {}


def _none_left(measures: list[Measure], rows: list[Row]) -> Faults:
    """A plan has at least one measure, as when it was submitted."""
    dropped = [place for place, row in enumerate(rows) if row["dropped"]]
    if not dropped or any(measure.dropped_at is None for measure in measures):
        return {}
    return {f"fields.measures.{dropped[-1]}.dropped": ["方案至少要保留一项措施"]}
