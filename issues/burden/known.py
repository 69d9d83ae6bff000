"""What the register knows of the fields of a unit's form: the form is filled with it.

Which of them a form asked for all the same is kept with the act in the history, and counted there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.burden.forms import BY_CODE
from issues.colour.facts_of import measures_of
from issues.models import Instruction, Issue, ProgressReport
from issues.rules.dates.days import written
from issues.vocabulary import Action, Relation, Subject
from issues.workflow.changes.county import tasks
from issues.workflow.changes.instructing import waits_for
from issues.workflow.changes.targets import standing

ASKED, FILLED = "asked", "filled"
"""Under these names the history keeps which known fields a form asked for, and which it filled."""


class Said(NamedTuple):
    """What a field is filled with, and where that stands: what the form says beside the field."""

    value: Any
    source: str


Texts = dict[str, Said]
Found = Mapping[int, ProgressReport]
"""By ticket, a unit's last report."""


def said(action: Action, issue: Issue, actor: Actor) -> Texts:
    """The words the register has for fields of the form, by their names."""
    find = _TEXTS.get(action)
    found = find(issue, actor) if find else {}
    return {name: one for name, one in found.items() if one.value}


def texts(action: Action, issue: Issue, actor: Actor) -> dict[str, str]:
    return {name: one.value for name, one in said(action, issue, actor).items()}


def names(action: Action, issue: Issue, actor: Actor) -> frozenset[str]:
    """Every field of the form that the register knows something of."""
    rows = {name for name, is_there in _ROWS.get(action, {}).items() if is_there(issue, actor)}
    return frozenset(texts(action, issue, actor).keys() | rows)


def kept(
    action: Action, issue: Issue, actor: Actor, drawn: Collection[str] | None
) -> dict[str, Any]:
    """What the history keeps of the form. `drawn`: the fields that it was filled with.

    Nothing of an act that no form of a page was filled for.
    """
    if drawn is None or (Subject.TICKET.value, action.value) not in BY_CODE:
        return {}
    return split(names(action, issue, actor), drawn)


def split(known: Collection[str], drawn: Collection[str]) -> dict[str, Any]:
    """Known fields as the history keeps them."""
    return {
        ASKED: sorted(set(known).difference(drawn)),
        FILLED: sorted(set(known).intersection(drawn)),
    }


def _extension(issue: Issue, actor: Actor) -> Texts:
    return {"progress": _told(issue, actor)}


def _acceptance(issue: Issue, actor: Actor) -> Texts:
    return {"text": _told(issue, actor)}


def _instructed(issue: Issue, actor: Actor) -> Texts:
    """What the unit has reported since the word was given."""
    rows = select(Instruction.given_on).where(Instruction.issue_id == issue.id, waits_for(actor))
    given_on = db.session.scalar(rows.order_by(Instruction.due_on, Instruction.id).limit(1))
    return {"text": _told(issue, actor, given_on)} if given_on else {}


def _task(issue: Issue, actor: Actor) -> Texts:
    """The answer that was sent back, else what the unit has reported since the task was handed."""
    owed = tasks.owed(issue, tasks.waits_for(actor))
    if not owed:
        return {}
    row = owed[0]
    if row.answer:
        return {"text": Said(row.answer, filled_from(f"{_day(row.answered_on)}被退回的答复"))}
    return {"text": _told(issue, actor, row.handed_on)}


def _told(issue: Issue, actor: Actor, since: date | None = None) -> Said:
    report = reports([issue.id], actor, ProgressReport.on >= (since or date.min)).get(issue.id)
    return of_reports([("", report)]) if report else Said("", "")


def reports(issues: Collection[int], actor: Actor, since: ColumnElement[bool]) -> Found:
    """The unit's last report in the round each ticket is in that was not sent back. A statement."""
    rows = (
        select(ProgressReport)
        .join(User, User.id == ProgressReport.reporter_id)
        .join(Issue, Issue.id == ProgressReport.issue_id)
        .where(
            ProgressReport.issue_id.in_(issues),
            ProgressReport.round == Issue.round,
            ProgressReport.state != "returned",
            since,
            User.unit_id == actor.unit_id,
        )
    )
    return {row.issue_id: row for row in db.session.scalars(rows.order_by(ProgressReport.id))}


def of_reports(found: Sequence[tuple[str, ProgressReport]]) -> Said:
    """The words of reports, each behind the number of its ticket where a form is about several."""
    text = "\n".join(f"{number}：{row.text}" if number else row.text for number, row in found)
    days = "、".join(dict.fromkeys(_day(row.on) for _, row in found))
    return Said(text, filled_from(f"{days}填报的进展"))


def filled_from(where: str) -> str:
    return f"已按{where}填好，请核对、补充。"


def _day(day: date | None) -> str:
    return written(day) if day else ""


def _has_measures(issue: Issue, _actor: Actor) -> bool:
    return bool(measures_of(issue))


def _has_own(issue: Issue, actor: Actor) -> bool:
    """Measures that the unit reports on: the primary one on all."""
    primary = {unit.id for unit in issue.units(Relation.PRIMARY)}
    return any(actor.unit_id in primary or m.unit_id == actor.unit_id for m in measures_of(issue))


def _has_targets(issue: Issue, _actor: Actor) -> bool:
    return any(one.measure is not None for one in standing(issue))


def _has_task(issue: Issue, actor: Actor) -> bool:
    return bool(tasks.owed(issue, tasks.waits_for(actor)))


_TEXTS: Mapping[Action, Callable[[Issue, Actor], Texts]] = {
    Action.REQUEST_EXTENSION: _extension,
    Action.REQUEST_ACCEPTANCE: _acceptance,
    Action.REPLY_INSTRUCTION: _instructed,
    Action.ANSWER_TASK: _task,
}
_ROWS: Mapping[Action, Mapping[str, Callable[[Issue, Actor], bool]]] = {
    Action.SUBMIT_PLAN: {"measures": _has_measures, "targets": _has_targets},
    Action.REPORT_PROGRESS: {"measures": _has_own},
    Action.ANSWER_TASK: {"task": _has_task},
}
