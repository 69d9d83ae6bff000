"""消息: what this person was told, unread first asked for, each leading to what it is of."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import db
from issues.ground.refusals import Refusal
from issues.messages import inbox as acts
from issues.queries.ground.paging import Page, cut, page_asked
from issues.queries.messages import inbox
from issues.vocabulary import MessageEvent
from issues.web.door import forms
from issues.web.door.guards import acting, actor, signed_in

blueprint = Blueprint("messages", __name__)
PER_PAGE = 50
SEE_OTHER = 303
UNREAD = "unread"


@blueprint.get("/messages")
@signed_in
def page(refusal: Refusal | None = None, **_given: int) -> str:
    person, event = actor(), MessageEvent.of(request.args.get("event", ""))
    is_unread = request.args.get("show") == UNREAD
    rows = inbox.messages(person, *inbox.asked(event, is_unread=is_unread))
    shown, number, total = cut(rows, page_asked(request.args.get("page", "")), PER_PAGE)
    return render_template(
        "messages/inbox.html",
        found=Page(db.session.scalars(shown).all(), number, PER_PAGE, total),
        events=tuple(MessageEvent),
        asked=event,
        is_unread=is_unread,
        up_to=inbox.newest(person),
        link=lambda page: url_for(
            ".page", page=page, event=event.value if event else None,
            show=UNREAD if is_unread else None,
        ),
        refused=refusal.sentence if refusal else "",
        kept_days=acts.KEPT_FOR.days,
    )  # fmt: skip


@blueprint.post("/messages/<int:message_id>/open")
@signed_in
@acting(page)
def look(message_id: int) -> ResponseReturnValue:
    """Read, and on to what it is of: a path of this site that was written with it."""
    return redirect(acts.open_one(actor(), message_id).path, SEE_OTHER)


@blueprint.post("/messages/read")
@signed_in
@acting(page)
def read() -> ResponseReturnValue:
    event = MessageEvent.of(forms.carried("event"))
    among = inbox.asked(event, is_unread=True)
    count = acts.read_all(actor(), forms.number("up_to") or 0, *among)
    flash(f"{count} 条消息已标为已读。" if count else "没有未读的消息。", "success")
    return redirect(url_for(".page"), SEE_OTHER)
