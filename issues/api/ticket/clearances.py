"""Who may read who complained of a ticket, until when."""

from datetime import date, datetime
from typing import Annotated

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.ticket.complainants import TAG
from issues.evidence import clearances
from issues.ground.shape import Shape
from issues.models import Issue
from issues.rights.table import Right
from issues.web.door.guards import with_issue

blueprint = Blueprint("clearances", __name__)


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
