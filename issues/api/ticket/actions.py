"""What a caller may do on a ticket now, and doing it: the acts of docs/rules.md by their names."""

from typing import Annotated

from flask import Blueprint, Response

from issues import acts
from issues.act_fields import CLEARANCE, REVOCATION, Field, fields_of
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, shaped, ticket_answer
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.openapi.words import ref
from issues.api.supervision.polluters import TAG as OF_POLLUTERS, PolluterWhole, whole
from issues.api.ticket.complainants import TAG as OF_COMPLAINANTS
from issues.api.ticket.component import Ticket
from issues.evidence import clearances
from issues.evidence.complainants import has_contact
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.ground.shape import Shape
from issues.models import Issue
from issues.polluters import tying
from issues.polluters.keeping import LONGEST_REASON
from issues.rights.table import Right, holds
from issues.vocabulary import Action, BesideAct
from issues.web.account.proof import require_fresh
from issues.web.door.guards import actor, held_issue, in_sight, with_issue
from issues.web.ticket.tasks import CHOSEN
from issues.workflow import TRANSITIONS, load

blueprint = Blueprint("acts", __name__)

TAG = "办理"
GRANT, REVOKE = BesideAct.GRANT_CLEARANCE, BesideAct.REVOKE_CLEARANCE
TIE = (Field("polluter", "integer", "污染源"),)
UNTIE = (*TIE, Field("reason", "text", "取消关联的理由", limit=LONGEST_REASON))
ACTS = {action.value: action for action in TRANSITIONS if action is not Action.REGISTER}


class ActionField(Shape):
    name: Annotated[str, "字段"]
    type: Annotated[str, "类型"]
    required: Annotated[bool, "必填"]
    choices: Annotated[list[Annotated[str, "可选值"]], "可选值"]
    label: Annotated[str, "名称"]


class AvailableAction(Shape, heading="可办动作"):
    action: Annotated[str, "动作"]
    label: Annotated[str, "名称"]
    fields: Annotated[list[ActionField], "字段"]


class AvailableActions(Shape):
    items: Annotated[list[AvailableAction], "可办动作"]


@blueprint.get("/issues/<number>/actions")
@describes(TAG, "现在可以办理的动作和各自的字段", answer=AvailableActions)
@with_issue()
def available(issue: Issue) -> Response:
    items = [_told(action.value, action.label, _fields(action, issue))
             for action in acts.available(issue, actor())]  # fmt: skip
    if holds(actor(), Right.GRANT_CLEARANCE) and has_contact(issue):
        items.append(_told(GRANT.value, GRANT.label, CLEARANCE))
        items.append(_told(REVOKE.value, REVOKE.label, REVOCATION))
    return shaped(AvailableActions(items=items))


def _fields(action: Action, issue: Issue) -> tuple[Field, ...]:
    """With what may be chosen on this ticket: a unit below the county, a task that waits."""
    fields = fields_of(action)
    return CHOSEN[action](fields, issue, actor()) if action in CHOSEN else fields


def _told(name: str, label: str, fields: tuple[Field, ...]) -> AvailableAction:
    asked = [ActionField.of(one, choices=[code for code, _ in one.choices]) for one in fields]
    return AvailableAction(action=name, label=label, fields=asked)


@blueprint.post("/issues/<number>/actions/<action>")
@describes(
    TAG, "办理一个动作，回答办理后的事项", answer=Ticket, is_versioned=True,
    body={"anyOf": [ref(bodies.name_of(action)) for action in ACTS.values()]},
)  # fmt: skip
@in_sight
@acting
def do(number: str, action: str) -> Response:
    if action not in ACTS:
        raise NotFound
    issue = load(number, actor(), for_change=True)
    version = sent.known_version(issue.version)
    return ticket_answer(acts.do(ACTS[action], issue, actor(), sent.body(), version=version))


@blueprint.post(f"/issues/<number>/actions/{GRANT.value}")
@describes(OF_COMPLAINANTS, GRANT.label, answer=Ticket, body=bodies.of_fields(CLEARANCE))
@with_issue(Right.GRANT_CLEARANCE)
@acting
def grant(issue: Issue) -> Response:
    require_fresh()
    issue = held_issue()
    given = read_details(CLEARANCE, sent.body(), issue)
    clearances.grant(issue, actor(), given["user"], given["reason"], given["until"], clock.now())
    return ticket_answer(issue)


@blueprint.post(f"/issues/<number>/actions/{REVOKE.value}")
@describes(OF_COMPLAINANTS, REVOKE.label, answer=Ticket, body=bodies.of_fields(REVOCATION))
@with_issue(Right.GRANT_CLEARANCE)
@acting
def revoke(issue: Issue) -> Response:
    issue = held_issue()
    given = read_details(REVOCATION, sent.body(), issue)
    clearances.revoke(issue, actor(), given["user"], given["reason"], clock.now())
    return ticket_answer(issue)


@blueprint.post("/issues/<number>/actions/tie_polluter")
@describes(
    OF_POLLUTERS, "关联污染源，回答该污染源", answer=PolluterWhole, body=bodies.of_fields(TIE)
)
@with_issue(Right.KEEP_POLLUTERS)
@acting
def tie_polluter(issue: Issue) -> Response:
    given = read_details(TIE, sent.body(), issue)
    return shaped(whole(tying.tie(actor(), issue, given["polluter"])))


@blueprint.post("/issues/<number>/actions/untie_polluter")
@describes(
    OF_POLLUTERS, "取消关联污染源，回答该污染源", answer=PolluterWhole,
    body=bodies.of_fields(UNTIE),
)  # fmt: skip
@with_issue(Right.KEEP_POLLUTERS)
@acting
def untie_polluter(issue: Issue) -> Response:
    given = read_details(UNTIE, sent.body(), issue)
    return shaped(whole(tying.untie(actor(), issue, given["polluter"], given["reason"])))
