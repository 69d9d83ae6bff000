"""One ticket, and a change of a draft."""

from flask import Blueprint, Response, jsonify

from issues import acts
from issues.act_fields import FIELDS
from issues.api.door import sent
from issues.api.door.answers import acting, ticket_answer, versioned
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.ticket.component import Ticket
from issues.api.ticket.shapes import ticket
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import Issue
from issues.queries.ticket.document import whole_of
from issues.vocabulary import Action
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("tickets", __name__)

TAG = "事项"


@blueprint.get("/issues/<number>")
@describes(
    TAG, "一个事项", answer=Ticket, is_versioned=True,
    query={"on": ("date", "按这一天的颜色和状态")},
)  # fmt: skip
@with_issue()
def show(issue: Issue) -> Response:
    sent.refuse_unknown({"on"})
    day, today = sent.day_of("on"), clock.today()
    if day is None:
        return ticket_answer(issue)
    found = whole_of(issue, day, today)
    if found is None:
        raise NotFound
    return versioned(jsonify(ticket(found)), issue.version)


@blueprint.patch("/issues/<number>")
@describes(
    TAG, "修改草稿：只改给出的字段", answer=Ticket, is_versioned=True,
    body=bodies.of_fields(FIELDS[Action.EDIT]),
)  # fmt: skip
@with_issue()
@acting
def change(issue: Issue) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    version = sent.known_version(issue.version)
    return ticket_answer(acts.do(Action.EDIT, issue, actor(), sent.body(), version=version))
