"""管理·站外通知: which channels there are, and whether they take what is sent to them."""

from flask import Blueprint, current_app, render_template

from issues.ground import outward
from issues.notices.delivery.outbox import channels, states
from issues.rights.table import Right
from issues.web.door.guards import requires

blueprint = Blueprint("outbox", __name__, url_prefix="/admin/outbox")


@blueprint.get("")
@requires(Right.OUTBOX)
def page() -> str:
    known = channels(current_app.extensions["settings"].notify_urls)
    return render_template(
        "notices/outbox.html", channels=states(known), is_silent=not outward.may_speak()
    )
