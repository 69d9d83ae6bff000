"""Who complained, for the cleared alone."""

from typing import Annotated

from flask import Blueprint, Response

from extensions import transaction
from issues.api.door import sent
from issues.api.door.answers import shaped
from issues.api.openapi.described import describes
from issues.evidence import clearances
from issues.ground import clock
from issues.ground.shape import Shape
from issues.models import Issue
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("complainants", __name__)

TAG = "举报人"


class Complainant(Shape, heading="举报人（严格保密）"):
    """What is not known is left out."""

    name: Annotated[str | None, "姓名"] = None
    phone: Annotated[str | None, "电话"] = None
    address: Annotated[str | None, "地址"] = None
    note: Annotated[str | None, "说明"] = None


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
