"""Who complained: the head's word that a person may read it, and reading it."""

from typing import Annotated

from flask import Blueprint, Response

from extensions import transaction
from issues.act_fields import CLEARANCE
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, shaped, ticket_answer
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.ticket.component import Ticket
from issues.evidence import complainants
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.models import Issue
from issues.rights.table import Right
from issues.web.account.proof import require_fresh
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("complainants", __name__)

TAG = "举报人"
GRANT = "grant_clearance"
GRANT_LABEL = "授权查看举报人信息"
LONGEST_REASON = 200


class Complainant(Shape, heading="举报人（严格保密）"):
    """What is not known is left out."""

    name: Annotated[str | None, "姓名"] = None
    phone: Annotated[str | None, "电话"] = None
    address: Annotated[str | None, "地址"] = None
    note: Annotated[str | None, "说明"] = None


@blueprint.post(f"/issues/<number>/actions/{GRANT}")
@describes(TAG, GRANT_LABEL, answer=Ticket, body=bodies.of_fields(CLEARANCE))
@with_issue(Right.GRANT_CLEARANCE)
@acting
def grant(issue: Issue) -> Response:
    require_fresh()
    issue = load(issue.number, actor(), for_change=True)
    given = read_details(CLEARANCE, sent.body(), issue)
    complainants.grant(issue, actor(), given["user"], given["reason"], given["until"], clock.now())
    return ticket_answer(issue)


@blueprint.get("/issues/<number>/complainant")
@describes(
    TAG, "查看举报人，须经授权，每次都留下记录", answer=Complainant,
    query={"reason": ("string", "为什么查看，必填")},
)  # fmt: skip
@with_issue()
def show(issue: Issue) -> Response:
    sent.refuse_unknown({"reason"})
    with transaction():
        complainants.refuse_uncleared(actor())
        reason = sent.word_of("reason")
        if not 0 < len(reason) <= LONGEST_REASON:
            raise Incomplete({"reason": [f"请写明查看的理由，不超过{LONGEST_REASON}字"]})
        issue = load(issue.number, actor(), for_change=True)
        return shaped(Complainant(**complainants.view(issue, actor(), reason, clock.now())))
