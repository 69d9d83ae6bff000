"""Call-backs of satisfaction: when, by whom, what was answered; the words are opened elsewhere."""

from datetime import date, datetime
from typing import Annotated

from flask import Blueprint, Response

from issues.act_fields.callback import CALLBACK
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.ticket.complainants import TAG
from issues.evidence import sealed as originals
from issues.evidence.complaints import callbacks
from issues.ground import clock
from issues.ground.shape import Shape
from issues.models import Callback as Row, Issue
from issues.vocabulary import CallbackProposal, Satisfaction
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("callbacks", __name__)
CREATED = 201


class Callback(Shape, heading="满意度回访"):
    id: Annotated[int, "标识"]
    on: Annotated[date, "回访日期"]
    by: Annotated[str, "回访人"]
    reached: Annotated[bool, "是否接通"]
    satisfaction: Annotated[Satisfaction | None, "满意度；未接通的没有"]
    proposal: Annotated[CallbackProposal | None, "建议；只有不满意的有"]
    has_words: Annotated[bool, "是否有封存的群众意见，随举报人信息打开"]
    recorded_at: Annotated[datetime, "登记时间"]


@blueprint.get("/issues/<number>/callbacks")
@describes(
    TAG, "满意度回访，不含群众意见", answer=Listing(Callback), query=listed()
)  # fmt: skip
@with_issue()
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    originals.refuse_unless_known(issue, actor())
    return cut(callbacks.rows_of(issue), _shape)


@blueprint.post("/issues/<number>/callbacks")
@describes(
    TAG, "登记一次满意度回访", status=CREATED, answer=Callback, body=bodies.of_fields(CALLBACK)
)  # fmt: skip
@with_issue()
@acting
def record(issue: Issue) -> Response:
    callbacks.require(issue, actor())
    issue = load(issue.number, actor(), for_change=True)
    said = read_details(CALLBACK, sent.body(), issue)
    return shaped(_shape(callbacks.record(issue, actor(), said, at=clock.now())), CREATED)


def _shape(row: Row) -> Callback:
    return Callback.of(
        row, by=row.recorded_by.display_name, reached=row.is_reached,
        has_words=row.sealed is not None,
    )  # fmt: skip
