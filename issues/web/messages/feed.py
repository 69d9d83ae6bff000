"""The secret address of one's deadlines for a calendar: shown once, ended by oneself."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.messages import feeds
from issues.web.account.proof import proven
from issues.web.door.addresses import outside
from issues.web.door.guards import actor, signed_in
from issues.web.messages.addresses import SEE_OTHER

blueprint = Blueprint("feed", __name__)


@blueprint.post("/account/feed")
@signed_in
@proven
def make() -> ResponseReturnValue:
    """The address is shown in this answer and nowhere again: only its digest is kept."""
    with transaction():
        secret = feeds.make(actor())
        address = outside("api.deadlines.feed", token=secret)
    return render_template("messages/feed_made.html", address=address)


@blueprint.post("/account/feed/end")
@signed_in
def end() -> ResponseReturnValue:
    with transaction():
        is_ended = feeds.end(actor())
    flash("日历订阅地址已停用。" if is_ended else "没有日历订阅地址。", "success")
    return redirect(url_for("addresses.page"), SEE_OTHER)
