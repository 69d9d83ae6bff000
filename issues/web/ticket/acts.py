"""One page an act: its form, and doing it. Drawn, read and refused by the table of fields."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from issues import acts
from issues.act_fields import fields_of
from issues.evidence.rows import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Stale, WrongStatus
from issues.models import Issue
from issues.onsite import names as inspectors
from issues.queries.worklist.following import following
from issues.rights.table import Right, may
from issues.vocabulary import GRAVE, Action
from issues.web.door import forms
from issues.web.door.files import staged
from issues.web.door.guards import actor, with_issue
from issues.web.door.once import ADDRESS, SEE_OTHER, FormReused, once_only
from issues.web.onsite import told
from issues.web.ticket import (
    draw as act_draw,
    form as act_form,
    merge as act_merge,
    photos as act_files,
    values as act_values,
)
from issues.web.ticket.deciding.ways import PAIR_OF
from issues.web.ticket.sheet import sheet, standing_still
from issues.workflow import TRANSITIONS, load
from issues.workflow.hindrances import hindrances
from issues.workflow.perform import check

blueprint = Blueprint("acts", __name__)

TIES = frozenset({Action.LINK, Action.UNLINK})
"""Led to from a list of tickets: the address says which one, and as what."""
NEXT = "next"
UNCONFIRMED = {act_draw.CONFIRMED: ["请勾选确认后再办理"]}


@blueprint.get("/issues/<number>/edit", defaults={"action": Action.EDIT.value})
@blueprint.get("/issues/<number>/acts/<action>")
@with_issue()
def form(issue: Issue, action: str) -> ResponseReturnValue:
    act = _known(action)
    check(issue, act, actor(), None)
    if why := hindrances(act, issue, actor()):
        return standing_still(act, issue, why)
    said = forms.typed(fields_of(act), request.args) if act in TIES else None
    return sheet(act, issue, said)


@blueprint.post("/issues/<number>/edit", defaults={"action": Action.EDIT.value})
@blueprint.post("/issues/<number>/acts/<action>")
@with_issue()
def do(issue: Issue, action: str) -> ResponseReturnValue:
    act, number, person = _known(action), issue.number, actor()
    fields = act_draw.fields_for(act, issue, person)
    said = forms.typed(fields)
    files: list[Proven] = []

    def perform() -> str:
        fresh = load(number, person, for_change=True)
        check(fresh, act, person, forms.number("version"))
        current = act_values.current(act, fresh, person)
        meant = act_merge.chosen(fields, said, current, forms.marked(act_merge.THEIRS))
        given = act_form.detail(act, fields, meant, current)
        given = act_files.keep(act, fresh, person, files, given)
        drawn = act_values.drawn(act, fresh, person)
        acts.do(act, fresh, person, given, version=forms.number("version"), drawn=drawn)
        if act is Action.RECORD_SITE_CHECK:
            _on_the_spot(fresh, given)
        if act in GRAVE and not forms.carried(act_draw.CONFIRMED):
            raise Incomplete(UNCONFIRMED)
        flash(_done(act, fresh), "success")
        return _after(act, fresh)

    try:
        if act is Action.RECORD_SITE_CHECK and told.known() is not None:
            return redirect(url_for("ticket.page", number=number), SEE_OTHER)
        if act in act_files.KINDS and staged.is_any(act_files.FIELD):
            check(issue, act, person, None)
            files = act_files.proven(act)
        return redirect(once_only(perform, ADDRESS), SEE_OTHER)
    except (Incomplete, Stale, WrongStatus, FormReused) as refused:
        return sheet(act, load(number, person), said, refused)


def _done(act: Action, issue: Issue) -> str:
    """What was done; after a report also whose turn it is (the rights to confirm it)."""
    said = f"已办理“{act.label}”，{issue.number}现为“{issue.status.label}”。"
    if act is not Action.REPORT_PROGRESS:
        return said
    lead = f"{issue.lead_unit.short_name}或" if issue.lead_unit else ""
    return f"{said}下一步由{lead}市环委办确认或退回。"


def _on_the_spot(issue: Issue, given: dict[str, Any]) -> None:
    """What the phone told beside the check, and the names that the next form begins with."""
    told.keep(checked=issue)
    inspectors.remember(actor(), inspectors.told_in(given.get("inspectors", "")))


def _known(action: str) -> Action:
    """Raises NotFound for what is no act on a ticket that is there."""
    act = next((known for known in TRANSITIONS if known.value == action), None)
    if act is None or act is Action.REGISTER:
        raise NotFound
    return act


def _after(act: Action, issue: Issue) -> str:
    """A ticket may leave the sight of who acted: a unit that declined no longer sees the draft.

    After a decision, the next one of its kind, where the form said so.
    """
    if act in PAIR_OF and forms.carried(NEXT):
        found = following(PAIR_OF[act], actor(), clock.today(), beside=issue.number)
        if found.number and found.action:
            return url_for("acts.form", number=found.number, action=found.action.value)
    if may(actor(), Right.VIEW, issue):
        return url_for("ticket.page", number=issue.number)
    return "/"
