"""Who complained: the head's word that a person may read it, taking it back, and reading it."""

from datetime import date, datetime
from typing import Annotated

from flask import Blueprint, Response

from extensions import transaction
from issues.act_fields import CLEARANCE, REVOCATION
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped, ticket_answer
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.ticket.component import Ticket
from issues.evidence import clearances
from issues.ground import clock
from issues.ground.shape import Shape
from issues.models import Issue
from issues.rights.table import Right
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("complainants", __name__)

TAG = "举报人"
GRANT = "grant_clearance"
GRANT_LABEL = "授权查看举报人信息"
REVOKE = "revoke_clearance"
REVOKE_LABEL = "收回查看举报人信息的授权"


class Complainant(Shape, heading="举报人（严格保密）"):
    """What is not known is left out."""

    name: Annotated[str | None, "姓名"] = None
    phone: Annotated[str | None, "电话"] = None
    address: Annotated[str | None, "地址"] = None
    note: Annotated[str | None, "说明"] = None


class Clearance(Shape, heading="查看授权"):
    """`state` is the word for a person of what `stands` says."""

    user: Annotated[str, "账号"]
    name: Annotated[str, "姓名"]
    until: Annotated[date, "有效至"]
    reason: Annotated[str, "授权的理由"]
    by: Annotated[str, "授权人"]
    granted_at: Annotated[datetime, "授权时间"]
    revoked_at: Annotated[datetime | None, "收回时间"]
    revoke_reason: Annotated[str, "收回的理由"]
    stands: Annotated[bool, "现在是否有效"]
    state: Annotated[str, "状态"]


@blueprint.post(f"/issues/<number>/actions/{GRANT}")
@describes(TAG, GRANT_LABEL, answer=Ticket, body=bodies.of_fields(CLEARANCE))
@with_issue(Right.GRANT_CLEARANCE)
@acting
def grant(issue: Issue) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    given = read_details(CLEARANCE, sent.body(), issue)
    clearances.grant(issue, actor(), given["user"], given["reason"], given["until"], clock.now())
    return ticket_answer(issue)


@blueprint.post(f"/issues/<number>/actions/{REVOKE}")
@describes(TAG, REVOKE_LABEL, answer=Ticket, body=bodies.of_fields(REVOCATION))
@with_issue(Right.GRANT_CLEARANCE)
@acting
def revoke(issue: Issue) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    given = read_details(REVOCATION, sent.body(), issue)
    clearances.revoke(issue, actor(), given["user"], given["reason"], clock.now())
    return ticket_answer(issue)


@blueprint.get("/issues/<number>/clearances")
@describes(TAG, "谁可以查看举报人信息，到哪天为止", answer=Listing(Clearance), query=listed())
@with_issue(Right.GRANT_CLEARANCE)
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    return cut(clearances.clearances_of(issue), _shape)


def _shape(given: clearances.Given) -> Clearance:
    return Clearance.of(
        given.row, user=given.user.name, name=given.user.display_name, by=given.by,
        stands=given.stands, state=given.state,
    )  # fmt: skip


@blueprint.get("/issues/<number>/complainant")
@describes(
    TAG, "查看举报人，须经授权，每次都留下记录", answer=Complainant,
    query={"reason": ("string", "为什么查看，必填")},
)  # fmt: skip
@with_issue()
def show(issue: Issue) -> Response:
    sent.refuse_unknown({"reason"})
    with transaction():
        clearances.refuse_uncleared(issue, actor())
        reason = clearances.stated(sent.word_of("reason"))
        issue = load(issue.number, actor(), for_change=True)
        answer = shaped(Complainant(**clearances.view(issue, actor(), reason, clock.now())))
        answer.headers["Cache-Control"] = "no-store"
        return answer
