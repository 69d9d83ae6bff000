"""What a form is first drawn with: what stands on the ticket now, as strings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement

from auth.actor import Actor
from auth.models import Unit, User
from issues import regions
from issues.act_fields import AMENDED, DRAFT, MEASURE, OUTCOME, TARGET, Field
from issues.burden import known
from issues.city import phrases
from issues.colour.facts_of import measures_of
from issues.colour.policies import workdays
from issues.ground import clock
from issues.models import Issue, Measure, Target
from issues.onsite import names as inspectors
from issues.tickets.fields import BY_NAME, UNIT_LISTS
from issues.vocabulary import Action, Relation, Sense, Word
from issues.web.door.forms import is_blank
from issues.workflow.changes.county import tasks
from issues.workflow.changes.targets import COLUMNS, standing

LABEL_LENGTH = 60
Values = dict[str, Any]

_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Unit, lambda unit: unit.code),
    (User, lambda user: user.name),
    (Decimal, lambda figure: format(figure, "f")),
    (date, date.isoformat),
    (float, repr),
)


def current(action: Action, issue: Issue, actor: Actor) -> Values:
    """By the name of the field; a field not named is drawn empty."""
    read = _STANDING.get(action)
    return known.texts(action, issue, actor) | (read(issue, actor) if read else {})


def drawn(action: Action, issue: Issue, actor: Actor) -> frozenset[str]:
    """The fields that a form is first drawn with something in."""
    values = current(action, issue, actor)
    return frozenset(name for name, value in values.items() if not is_blank(value))


def _said(value: Any) -> Any:
    if value is None:
        return ""
    written = next((write for kind, write in _WRITTEN if isinstance(value, kind)), None)
    return written(value) if written else value


def _of_ticket(fields: Iterable[Field], issue: Issue) -> Values:
    return {f.name: _of_one(f, issue) for f in fields if f.type not in ("rows", "changes")}


def _of_one(field: Field, issue: Issue) -> Any:
    if field.name in UNIT_LISTS:
        relation = UNIT_LISTS[field.name]
        named = issue.units(relation)
        if relation is Relation.RESPONSIBLE:
            primary = issue.units(Relation.PRIMARY)
            named = [unit for unit in named if unit not in primary]
        return [unit.code for unit in named]
    value = getattr(issue, BY_NAME[field.name].kept_as)
    if field.type == "choices":
        return list(value)
    if field.type == "place":
        return regions.words_of([value]).get(value, "")
    return value.value if isinstance(value, Word) else _said(value)


def _of_measure(measure: Measure) -> Values:
    return {field.name: _said(getattr(measure, field.name)) for field in MEASURE}


def _as_planned(measure: Measure) -> Values:
    sense = "" if measure.target is None else measure.sense_of_target.value
    return _of_measure(measure) | {"sense_of_target": sense}


def _named(measure: Measure) -> Values:
    return {"id": str(measure.id), "label": _label(measure)}


def _label(measure: Measure) -> str:
    text = measure.text if len(measure.text) <= LABEL_LENGTH else f"{measure.text[:LABEL_LENGTH]}…"
    figures = ""
    if measure.target is not None:
        done = _said(measure.confirmed) or "0"
        over = Sense.GT.sign if measure.sense_of_target is Sense.GT else ""
        figures = f"（目标{over}{_said(measure.target)}{measure.unit_of_target}，已确认{done}）"
    return f"{measure.no}. {text}{figures}"


def _of_target(target: Target) -> Values:
    held = {name: getattr(target, column) for name, column in COLUMNS.items()}
    held["measure"] = target.measure.no if target.measure else None
    return {name: value.value if isinstance(value, Word) else _said(value)
            for name, value in ((field.name, held[field.name]) for field in TARGET)}  # fmt: skip


def _edit(issue: Issue, _actor: Actor) -> Values:
    rows = [_as_planned(measure) for measure in measures_of(issue)]
    targets = [_of_target(target) for target in standing(issue)]
    return _of_ticket(DRAFT, issue) | {"measures": rows, "targets": targets}


def _plan(issue: Issue, _actor: Actor) -> Values:
    targets = [_of_target(one) for one in standing(issue) if one.measure is not None]
    measures = [_as_planned(measure) for measure in measures_of(issue)]
    return {"measures": measures, "targets": targets}


def _report(issue: Issue, actor: Actor) -> Values:
    """The primary unit reports on every measure, any other on its own."""
    primary = {unit.id for unit in issue.units(Relation.PRIMARY)}
    rows = [
        _named(m)
        | {"reported": _said(m.reported), "done": m.is_reported_done or m.is_done}
        | ({"without": ["reported"]} if m.target is None and m.reported is None else {})
        for m in measures_of(issue)
        if actor.unit_id in primary or m.unit_id == actor.unit_id
    ]
    return {"measures": rows}


def _instruct(issue: Issue, actor: Actor) -> Values:
    """To the primary unit, by the working days the leader gives."""
    due_on = workdays().add(clock.today(), phrases.of(actor).workdays)
    units = issue.units(Relation.PRIMARY)
    return {"unit": units[0].code if units else "", "due_on": due_on.isoformat()}


def _check(issue: Issue, actor: Actor) -> Values:
    names = inspectors.remembered(actor)
    if (
        len(names) == 1
        and issue.inspector is not None
        and issue.inspector.display_name not in names
    ):
        names.append(issue.inspector.display_name)
    return {
        "at": _now(),
        "place": issue.place.split("\n")[0],
        "inspectors": "、".join(names),
        "measures": [_named(m) | {"conclusion": ""} for m in measures_of(issue)],
    }


def _now() -> str:
    return f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"


def _interim(issue: Issue, _actor: Actor) -> Values:
    rows = [
        _named(m) | {"deadline": _said(m.deadline), "deadline_text": ""}
        for m in measures_of(issue)
        if not m.is_done
    ]
    return {"measures": rows}


def _lookback(issue: Issue, actor: Actor) -> Values:
    place = issue.place.split("\n")[0]
    return {"at": _now(), "place": place, "inspectors": actor.display_name}


def _amend(issue: Issue, _actor: Actor) -> Values:
    rows = [_named(m) | _of_measure(m) | {"dropped": False} for m in measures_of(issue)]
    targets = [
        {"id": str(one.id), "label": one.name, "dropped": False} | _of_target(one)
        for one in standing(issue)
    ]
    return {"fields": _of_ticket(AMENDED, issue) | {"measures": rows, "targets": targets}}


def _outcome(issue: Issue, _actor: Actor) -> Values:
    return _of_ticket(OUTCOME, issue)


def _only_mine(issue: Issue, actor: Actor) -> Values:
    return _first_of(issue, tasks.waits_for(actor))


def _only_answered(issue: Issue, _actor: Actor) -> Values:
    return _first_of(issue, tasks.IS_ANSWERED)


def _first_of(issue: Issue, condition: ColumnElement[bool]) -> Values:
    """The task that has waited longest."""
    waiting = tasks.owed(issue, condition)
    return {"task": str(waiting[0].id)} if waiting else {}


def _today(_issue: Issue, _actor: Actor) -> Values:
    return {"on": clock.today().isoformat()}


_STANDING: Mapping[Action, Callable[[Issue, Actor], Values]] = {
    Action.EDIT: _edit,
    Action.SUBMIT_PLAN: _plan,
    Action.REPORT_PROGRESS: _report,
    Action.RECORD_SITE_CHECK: _check,
    Action.INSTRUCT: _instruct,
    Action.INTERIM_CLOSE: _interim,
    Action.RECORD_LOOKBACK: _lookback,
    Action.AMEND: _amend,
    Action.RECORD_OUTCOME: _outcome,
    Action.ANSWER_TASK: _only_mine,
    Action.CONFIRM_TASK: _only_answered,
    Action.RETURN_TASK: _only_answered,
    Action.RECORD_OBJECTION: _today,
    Action.RECORD_EXPOSURE: _today,
    Action.RECORD_FINDING: _today,
}


def with_labels(
    fields: Iterable[Field], said: Mapping[str, Any], current: Mapping[str, Any]
) -> Values:
    """What was typed, each row that stands for a measure named again as it was."""
    return {f.name: _labelled(f, said.get(f.name), current.get(f.name)) for f in fields}


def _labelled(field: Field, value: Any, before: Any) -> Any:
    if field.type == "changes" and isinstance(before, Mapping):
        return with_labels(field.fields, value, before)
    if field.type != "rows" or not before:
        return value
    drawn = {row["id"]: row for row in before if "label" in row}
    return [_as_drawn(drawn.get(row.get("id"), {})) | row for row in value]


def _as_drawn(row: Values) -> Values:
    """How a row is called, and the cells it is drawn without."""
    return {"label": row.get("label", ""), "without": row.get("without", [])}
