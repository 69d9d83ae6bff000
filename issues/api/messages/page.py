"""A person's own messages: what they were told, and that they have read it."""

from datetime import date, datetime
from typing import Annotated

from flask import Blueprint, Response, request
from sqlalchemy import func, select

from extensions import db
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, after, limit, page, shaped
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.messages import inbox as acts
from issues.queries.messages import inbox
from issues.vocabulary import MessageEvent
from issues.web.door.guards import actor, signed_in

blueprint = Blueprint("messages", __name__)
TAG = "消息"
UNREAD = "unread"
QUERY = listed({"event": ("string", "事由"), "show": ("string", f"{UNREAD} 只列未读")})


class Message(Shape, heading="消息"):
    id: Annotated[int, "标识"]
    event: Annotated[MessageEvent, "事由"]
    called: Annotated[str, "编号、文号或名称"]
    path: Annotated[str, "页面地址"]
    on: Annotated[date, "日期"]
    written_at: Annotated[datetime, "送达时间"]
    read_at: Annotated[datetime | None, "阅读时间；未读为 null"]


@blueprint.get("/messages")
@describes(TAG, "本人的消息，新的在前", answer=Listing(Message), query=QUERY)
@signed_in
def index() -> Response:
    """Three statements at most, however many there are."""
    sent.refuse_unknown(QUERY)
    begin, size = after(), limit()
    rows = inbox.messages(actor(), *inbox.asked(_event(), is_unread=_is_unread()))
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    shown = db.session.scalars(rows.offset(begin).limit(size)).all()
    following = begin + size if begin + size < total else None
    return page([Message.of(row) for row in shown], following, total)


def _event() -> MessageEvent | None:
    """Raises Incomplete."""
    raw = sent.word_of("event")
    found = MessageEvent.of(raw) if raw else None
    if raw and found is None:
        raise Incomplete({"event": ["没有这种事由"]})
    return found


def _is_unread() -> bool:
    """Raises Incomplete."""
    if request.args.get("show", UNREAD) != UNREAD:
        raise Incomplete({"show": [f"只能是{UNREAD}"]})
    return "show" in request.args


@blueprint.post("/messages/<int:message_id>/actions/read")
@describes(TAG, "把一条消息标为已读", answer=Message, body=bodies.of_fields(()))
@signed_in
@acting
def read(message_id: int) -> Response:
    read_details((), sent.body(), None)
    return shaped(Message.of(acts.open_one(actor(), message_id)))
