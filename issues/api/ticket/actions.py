"""What a caller may do on a ticket now, and doing it: the acts of docs/rules.md by their names."""

from typing import Annotated

from flask import Blueprint, Response

from issues import acts
from issues.act_fields import CLEARANCE, REVOCATION, Field, fields_of
from issues.api.door import sent
from issues.api.door.answers import acting, shaped, ticket_answer
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.openapi.words import ref
from issues.api.ticket.complainants import GRANT, GRANT_LABEL, REVOKE, REVOKE_LABEL
from issues.api.ticket.component import Ticket
from issues.evidence.complainants import has_contact
from issues.ground.refusals import NotFound
from issues.ground.shape import Shape
from issues.models import Issue
from issues.rights.table import Right, holds
from issues.vocabulary import Action
from issues.web.door.guards import actor, with_issue
from issues.workflow import TRANSITIONS, load

blueprint = Blueprint("acts", __name__)

TAG = "办理"
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
    items = [_told(action.value, action.label, fields_of(action))
             for action in acts.available(issue, actor())]  # fmt: skip
    if holds(actor(), Right.GRANT_CLEARANCE) and has_contact(issue):
        items.append(_told(GRANT, GRANT_LABEL, CLEARANCE))
        items.append(_told(REVOKE, REVOKE_LABEL, REVOCATION))
    return shaped(AvailableActions(items=items))


def _told(name: str, label: str, fields: tuple[Field, ...]) -> AvailableAction:
    asked = [ActionField.of(one, choices=[code for code, _ in one.choices]) for one in fields]
    return AvailableAction(action=name, label=label, fields=asked)


@blueprint.post("/issues/<number>/actions/<action>")
@describes(
    TAG, "办理一个动作，回答办理后的事项", answer=Ticket, is_versioned=True,
    body={"anyOf": [ref(bodies.name_of(action)) for action in ACTS.values()]},
)  # fmt: skip
@with_issue()
@acting
def do(issue: Issue, action: str) -> Response:
    if action not in ACTS:
        raise NotFound
    issue = load(issue.number, actor(), for_change=True)
    version = sent.known_version(issue.version)
    return ticket_answer(acts.do(ACTS[action], issue, actor(), sent.body(), version=version))
