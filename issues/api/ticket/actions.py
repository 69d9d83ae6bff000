"""What a caller may do on a ticket now, and doing it: the acts of docs/rules.md by their names."""

from typing import Any

from flask import Blueprint, Response, jsonify

from issues import acts
from issues.act_fields import CLEARANCE, Field, fields_of
from issues.api.door import sent
from issues.api.door.answers import acting, ticket_answer
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.openapi.words import array, group, ref
from issues.api.ticket.complainants import GRANT, GRANT_LABEL
from issues.evidence.complainants import has_contact
from issues.ground.refusals import NotFound
from issues.models import Issue
from issues.rights.table import Right, holds
from issues.vocabulary import Action
from issues.web.door.guards import actor, with_issue
from issues.workflow import TRANSITIONS, load

blueprint = Blueprint("acts", __name__)

TAG = "办理"
ACTS = {action.value: action for action in TRANSITIONS if action is not Action.REGISTER}


@blueprint.get("/issues/<number>/actions")
@describes(
    TAG, "现在可以办理的动作和各自的字段", answer=group({"items": array(ref("AvailableAction"))})
)
@with_issue()
def available(issue: Issue) -> Response:
    items = [_told(action.value, action.label, fields_of(action))
             for action in acts.available(issue, actor())]  # fmt: skip
    if holds(actor(), Right.GRANT_CLEARANCE) and has_contact(issue):
        items.append(_told(GRANT, GRANT_LABEL, CLEARANCE))
    return jsonify(items=items)


def _told(name: str, label: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    return {"action": name, "label": label, "fields": [_field(field) for field in fields]}


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "required": field.required,
        "choices": [code for code, _ in field.choices],
        "label": field.label,
    }


@blueprint.post("/issues/<number>/actions/<action>")
@describes(
    TAG, "办理一个动作,回答办理后的事项", answer=ref("Ticket"), is_versioned=True,
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
