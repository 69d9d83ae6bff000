"""Who complained, for the cleared alone."""

from datetime import date
from typing import Annotated

from flask import Blueprint, Response

from extensions import transaction
from issues.api.door import sent
from issues.api.door.answers import shaped
from issues.api.openapi.described import describes
from issues.evidence import clearances
from issues.evidence.complaints import callbacks
from issues.ground import clock
from issues.ground.shape import Shape
from issues.models import Issue
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("complainants", __name__)

TAG = "举报人"


class CalledBack(Shape, heading="回访中的群众意见（严格保密）"):
    on: Annotated[date, "回访日期"]
    by: Annotated[str, "回访人"]
    text: Annotated[str, "群众意见"]


class Complainant(Shape, heading="举报人（严格保密）"):
    """What is not known is left out."""

    name: Annotated[str | None, "姓名"] = None
    phone: Annotated[str | None, "电话"] = None
    address: Annotated[str | None, "地址"] = None
    note: Annotated[str | None, "说明"] = None
    callbacks: Annotated[list[CalledBack] | None, "满意度回访中的群众意见"] = None


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
        told = callbacks.opened(issue, actor(), reason, clock.now())
        said = [CalledBack(on=one.on, by=one.by, text=one.text) for one in told.words]
        answer = shaped(Complainant(**told.who, callbacks=said or None))
        answer.headers["Cache-Control"] = "no-store"
        return answer
