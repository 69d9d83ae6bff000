"""From a found problem to a unit that has signed for it."""

from datetime import date
from typing import Any

from extensions import db
from issues.city.words import sources
from issues.colour.facts_of import measures_of
from issues.evidence import complainants
from issues.ground.refusals import Incomplete
from issues.models import Issue, Measure
from issues.rules.dates.days import NEVER, written
from issues.rules.dates.deadlines import UnreadableDeadline, is_counted, read_deadline
from issues.territory import placing
from issues.tickets.field import TicketField
from issues.tickets.fields import BY_NAME, FIELDS
from issues.vocabulary import DeadlineKind, NoticeKind, Source, Status
from issues.workflow.act import Act
from issues.workflow.changes.plans import add_measures, wrong_deadline
from issues.workflow.changes.supervised import sign_for
from issues.workflow.changes.targets import follow_measures, write_targets
from issues.workflow.changes.tied.cases import take_case
from issues.workflow.parties import set_units
from issues.workflow.unfit import refuse_bad_place, refuse_negative, refuse_persons

_IMMEDIATE = frozenset({DeadlineKind.IMMEDIATE, DeadlineKind.IMMEDIATE_THEN_STANDING})
_UNDATED = frozenset({DeadlineKind.STANDING, DeadlineKind.BY_MEASURES})
_NEVER_EMPTY = {
    field.name: field.label for field in FIELDS if field.is_required and field.is_never_emptied
}
_NEEDED = tuple(field for field in FIELDS if field.needed_to_assign)


def blank(source: Source, number: str, act_at: Any, created_by_id: int | None) -> Issue:
    """A draft with nothing in it yet."""
    return Issue(
        version=1,
        number=number,
        source=source,
        title="",
        problem="",
        region="",
        deadline_kind=DeadlineKind.FIXED,
        status=Status.DRAFT,
        yellow_from=NEVER,
        red_from=NEVER,
        policy=0,
        card="",
        round=1,
        declined_round=0,
        created_at=act_at,
        created_by_id=created_by_id,
    )


def register(act: Act) -> Status:
    source = act.issue.source
    said = f"本市登记时不使用“{source.label}”，请选择其他来源"
    act.refuse_unless(source in sources(), "source", said)
    fill(act, act.detail)
    act.add(act.issue)
    if act.detail.get("measures"):
        _write_measures(act)
    if act.detail.get("targets"):
        write_targets(act)
    _write_complainant(act)
    return Status.DRAFT


def edit(act: Act) -> Status:
    """Only what was given is changed; the source of a numbered ticket stays."""
    given = {name: value for name, value in act.detail.items() if name in act.given}
    act.refuse_unless(
        given.get("source") in (None, act.issue.source.value),
        "source",
        "编号已按来源编排，来源不能修改；请撤销后重新登记",
    )
    emptied = {name for name in _NEVER_EMPTY if name in given and not given[name]}
    if emptied:
        raise Incomplete({name: [f"{_NEVER_EMPTY[name]}不能改为空"] for name in emptied})
    fill(act, given)
    if given.get("measures"):
        follow_measures(act, _write_measures)
    if "targets" in given:
        write_targets(act)
    _write_complainant(act)
    return act.issue.status


def _write_complainant(act: Act) -> None:
    if act.detail.get("complainant"):
        complainants.write(act.issue, act["complainant"])


def _write_measures(act: Act) -> None:
    for old in db.session.query(Measure).filter_by(issue_id=act.issue.id, dropped_at=None):
        old.dropped_at = act.at
    if act.detail.get("measures"):
        act.refuse_unless(act.issue.primary_unit_id, "primary_unit", "有措施的事项请先填主责单位")
        add_measures(act, act.detail["measures"])
    set_units(act.issue)


def fill(act: Act, given: dict[str, Any]) -> None:
    """Write plain fields, units and deadline. Raises Incomplete."""
    issue = act.issue
    refuse_persons(given)
    take_case(issue, given)
    for name, value in given.items():
        field = BY_NAME.get(name)
        if field is not None and field.is_filled:
            setattr(issue, field.column, stored(field, value))
    refuse_bad_place(issue)
    refuse_negative(given)
    placing.place(issue, given)
    if "deadline" in given or "deadline_text" in given:
        set_deadline(act, given)
    set_units(
        issue, responsible=given.get("responsible_units"), supporting=given.get("supporting_units")
    )


def stored(field: TicketField, value: Any) -> Any:
    """A value that was read, as the model's column holds it."""
    if field.type in ("unit", "account"):
        return value.id if value else None
    if field.type == "decimal":
        return value if value is None or field.is_exact else float(value)
    if field.type == "flag":
        return bool(value)
    return field.empty if value in (None, "") else value


def set_deadline(act: Act, given: dict[str, Any]) -> None:
    """The day, its words and its kind. The words lead; a day that says otherwise is refused."""
    issue = act.issue
    text, day = given.get("deadline_text"), given.get("deadline")
    if not text:
        issue.deadline, issue.deadline_text = day, "" if day is None else written(day)
        issue.deadline_kind = DeadlineKind.FIXED
        return
    try:
        read = read_deadline(text, issue.assigned_on, act.policy, act.calendar)
    except UnreadableDeadline as wrong:
        raise Incomplete({"deadline_text": [wrong.sentence]}) from None
    if day is not None and read.on is not None and read.on != day:
        said = f"与原文“{text}”所指的{written(read.on)}不一致，请改正其中一处"
        raise Incomplete({"deadline": [said]})
    if day is not None and read.on is None:
        is_later = read.kind not in _UNDATED
        said = "从交办之日起算，交办时才有日期" if is_later else "没有具体日期"
        raise Incomplete({"deadline": [f"原文“{text}”{said}，请只填一处"]})
    issue.deadline, issue.deadline_text, issue.deadline_kind = read.on, read.text, read.kind


def assign(act: Act) -> Status:
    """Needs source, region, units, deadline, goal, acceptance unit and criteria (docs/rules.md)."""
    issue = act.issue
    if missing := lacks_of_assignment(act):
        raise Incomplete(missing, "交办所需的内容不全，请先修改草稿。")
    _count_from(act, act.on)
    if late := _is_late(act):
        raise Incomplete(late)
    issue.assigned_on = act.on
    issue.first_assigned_on = issue.first_assigned_on or act.on
    issue.first_deadline = issue.deadline
    return Status.ASSIGNED


def unready_to_assign(act: Act) -> dict[str, list[str]]:
    """What keeps the draft from being assigned, before anything of it is counted."""
    is_dated = not _is_from_assignment(act.issue)
    return lacks_of_assignment(act) or (_is_late(act) if is_dated else {})


def _is_late(act: Act) -> dict[str, list[str]]:
    due = act.issue.deadline
    if due is None or due >= act.on:
        return {}
    return {"deadline": [f"整改时限{written(due)}早于交办之日，请先修改草稿"]}


def lacks_of_assignment(act: Act) -> dict[str, list[str]]:
    issue = act.issue
    missing = {}
    for field in _NEEDED:
        if not getattr(issue, field.column):
            missing[field.name] = [f"交办前请填写{field.label}"]
    undated = issue.deadline_kind in _UNDATED or _is_from_assignment(issue)
    if issue.deadline is None and not (undated and issue.deadline_text):
        missing["deadline"] = ["交办前请填写整改时限"]
    return missing


def _is_from_assignment(issue: Issue) -> bool:
    return issue.deadline_kind in _IMMEDIATE or is_counted(issue.deadline_text)


def _count_from(act: Act, since: date | None) -> None:
    """Give what is counted from the assignment its day, or take it back where there is none."""
    issue = act.issue
    if _is_from_assignment(issue):
        issue.deadline = _counted(act, issue.deadline_text, since)
    for measure in measures_of(issue):
        if is_counted(measure.deadline_text):
            measure.deadline = _counted(act, measure.deadline_text, since)
            wrong = wrong_deadline(act, measure.deadline) if measure.deadline else {}
            if wrong:
                raise Incomplete({"measures": [f"措施{measure.no}：{wrong['deadline'][0]}"]})


def _counted(act: Act, text: str, since: date | None) -> date | None:
    try:
        return read_deadline(text, since, act.policy, act.calendar).on
    except UnreadableDeadline as wrong:
        raise Incomplete({"deadline_text": [wrong.sentence]}) from None


def acknowledge(act: Act) -> Status:
    """Signing for the ticket and for its N0 are one act."""
    sign_for(act, NoticeKind.N0)
    return Status.PLANNING


def decline(act: Act) -> Status:
    issue = act.issue
    issue.declined_round = issue.round
    issue.assigned_on = None
    _count_from(act, None)
    return Status.DRAFT
