"""The targets of a ticket: each with its arithmetic, what its words propose, and setting one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import acts, once
from issues.act_fields import TARGET, Field
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.queries.ticket.targets import Suggestion, suggestions_for, targets_on
from issues.rights.table import may
from issues.vocabulary import Action, Status
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue
from issues.workflow import TRANSITIONS
from issues.workflow.perform import check

blueprint = Blueprint("targets", __name__)
SEE_OTHER = 303
WHY = Field("reason", "text", "结束的理由", limit=500)


@blueprint.get("/issues/<number>/targets")
@with_issue()
def page(issue: Issue) -> ResponseReturnValue:
    return draw(issue)


def draw(issue: Issue, refusal: Refusal | None = None, target_id: int | None = None) -> str:
    lines = targets_on(issue, clock.today())
    found = suggestions_for(issue, lines)
    is_ended = target_id is not None
    return render_template(
        "ticket/targets.html",
        issue=issue,
        lines=lines,
        suggestions=found,
        may_set=is_open_to(issue),
        may_end=is_open_to(issue) and issue.status is not Status.DRAFT,
        wrong=target_id,
        form=drawing.drawn(TARGET, None if is_ended else refusal, _taken(found)).values(),
        why=drawing.drawn((WHY,), refusal if is_ended else None)["reason"],
        key=once.new_key(),
    )


def is_open_to(issue: Issue) -> bool:
    """Whether the person may set a target now: of a draft by editing it, later by amending it."""
    action = Action.EDIT if issue.status is Status.DRAFT else Action.AMEND
    return may(actor(), action, issue) and issue.status in TRANSITIONS[action].origins


def _taken(found: list[Suggestion]) -> dict[str, str]:
    """The proposal that was chosen, as the form's first words."""
    place = whole(request.args.get("take", ""), 0, LARGEST_ID)
    if place is None or place >= len(found):
        return {}
    one = found[place]
    read = one.read
    return {
        "name": read.name, "sense": read.sense.value, "value": f"{read.value:f}",
        "unit": read.unit, "nature": read.nature.value if read.nature else "",
        "measure": str(one.measure or ""), "quote": read.quote,
    }  # fmt: skip


@blueprint.post("/issues/<number>/targets")
@with_issue()
@acting(draw)
def enter(issue: Issue) -> ResponseReturnValue:
    acts.set_target(issue, actor(), forms.given(TARGET))
    flash("已登记目标。", "success")
    return redirect(url_for("targets.page", number=issue.number), SEE_OTHER)


@blueprint.post("/issues/<number>/targets/<int:target_id>/end")
@with_issue()
@acting(draw)
def end(issue: Issue, target_id: int) -> ResponseReturnValue:
    check(issue, Action.AMEND, actor(), None)
    standing = {line.row.id for line in targets_on(issue, clock.today()) if line.row}
    if target_id not in standing:
        raise NotFound
    acts.end_target(issue, actor(), target_id, forms.read((WHY,))["reason"])
    flash("目标已结束，原有读数仍保留。", "success")
    return redirect(url_for("targets.page", number=issue.number), SEE_OTHER)
