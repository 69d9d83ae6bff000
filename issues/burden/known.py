"""What the register knows of the fields of a unit's form: the form is filled with it.

Which of them a form asked for all the same is kept with the act in the history, and counted there.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Instruction, Issue, ProgressReport
from issues.vocabulary import Action, Relation
from issues.workflow.changes.county import tasks
from issues.workflow.changes.instructing import waits_for
from issues.workflow.changes.targets import standing

ASKED, FILLED = "asked", "filled"
"""Under these names the history keeps which known fields a form asked for, and which it filled."""
FORMS = (
    Action.SUBMIT_PLAN,
    Action.REPORT_PROGRESS,
    Action.REQUEST_EXTENSION,
    Action.REQUEST_ACCEPTANCE,
    Action.ANSWER_TASK,
    Action.REPLY_INSTRUCTION,
)
"""The acts in which a unit fills a form with words of its own."""
RETURNED = {
    Action.RETURN_PLAN: Action.SUBMIT_PLAN,
    Action.RETURN_PROGRESS: Action.REPORT_PROGRESS,
    Action.RETURN_ACCEPTANCE: Action.REQUEST_ACCEPTANCE,
    Action.RETURN_CLOSURE: Action.REQUEST_ACCEPTANCE,
    Action.RETURN_TASK: Action.ANSWER_TASK,
}
"""By the act that gives a form back: the one that filed it."""

Texts = dict[str, str]


def texts(action: Action, issue: Issue, actor: Actor) -> Texts:
    """The words the register has for fields of the form, by their names."""
    find = _TEXTS.get(action)
    found = find(issue, actor) if find else {}
    return {name: text for name, text in found.items() if text}


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
    if drawn is None or action not in FORMS:
        return {}
    known = names(action, issue, actor)
    return {ASKED: sorted(known.difference(drawn)), FILLED: sorted(known.intersection(drawn))}


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
    return {"text": owed[0].answer or _told(issue, actor, owed[0].handed_on)}


def _told(issue: Issue, actor: Actor, since: date | None = None) -> str:
    """The words of the unit's last report in this round that was not sent back."""
    rows = (
        select(ProgressReport.text)
        .join(User, User.id == ProgressReport.reporter_id)
        .where(
            ProgressReport.issue_id == issue.id,
            ProgressReport.round == issue.round,
            ProgressReport.state != "returned",
            ProgressReport.on >= (since or date.min),
            User.unit_id == actor.unit_id,
        )
    )
    return db.session.scalar(rows.order_by(ProgressReport.id.desc()).limit(1)) or ""


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
