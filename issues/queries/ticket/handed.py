"""What was handed to somebody to answer, of one ticket: instructions, tasks, proposals."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground.present import present
from issues.models import Instruction, Issue
from issues.rules.dates.days import written
from issues.vocabulary import Action, Colour
from issues.workflow.changes.county import proposing, tasks
from issues.workflow.changes.instructing import waits_for

Told = tuple[str, list[str], str]
"""What it is, what it says, and what to look at twice."""


def instructed(issue: Issue, actor: Actor) -> Iterator[Told]:
    rows = select(Instruction).where(Instruction.issue_id == issue.id, waits_for(actor))
    for row in db.session.scalars(rows.order_by(Instruction.due_on, Instruction.id)):
        title = f"{row.leader.display_name}{written(row.given_on)}批示"
        yield title, [row.text, f"限{written(row.due_on)}前办结"], ""


def of_unit(issue: Issue, actor: Actor) -> Iterator[Told]:
    for row in tasks.owed(issue, tasks.waits_for(actor)):
        returned = f"上次答复被退回：{row.reason}" if row.reason else ""
        yield "县级交办任务", [row.text, f"限{written(row.due_on)}前办理"], returned


def answered(issue: Issue, _actor: Actor) -> Iterator[Told]:
    for row in tasks.owed(issue, tasks.IS_ANSWERED):
        on = written(present(row.answered_on, "the day of the answer"))
        lines = [f"任务：{row.text}", row.answer, f"所附材料{len(row.files)}份"]
        yield f"{on}{row.unit.short_name}{row.answered_by}答复", lines, ""


def proposed(issue: Issue, _actor: Actor) -> Iterator[Told]:
    """What a county proposes; whoever agrees raises the card."""
    row = proposing.waiting(issue)
    if row is not None:
        title = f"{row.centre.short_name}{written(row.proposed_on)}建议挂牌"
        yield title, [f"建议挂{Colour(row.colour).label}牌", row.reason], ""


HANDED: Mapping[Action, Callable[[Issue, Actor], Iterator[Told]]] = {
    Action.REPLY_INSTRUCTION: instructed,
    Action.ANSWER_TASK: of_unit,
    Action.CONFIRM_TASK: answered,
    Action.RETURN_TASK: answered,
    Action.RAISE_CARD: proposed,
    Action.DECLINE_PROPOSAL: proposed,
    Action.WITHDRAW_PROPOSAL: proposed,
}
