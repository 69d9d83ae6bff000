"""Setting one's own password by a one-time link or a printed slip: nobody else ever knows it.

The key leaves the address at once for the browser's own session. Looking uses nothing up: only the
password that is set does.
"""

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from auth import changing
from auth.models import User
from auth.proofs.models import PasswordLink
from extensions import db, transaction
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.web.account.entry import end_current
from issues.web.account.forms import OPENING, chosen
from issues.web.door import drawing
from issues.web.door.firsts import settings
from issues.web.door.guards import actor, public

blueprint = Blueprint("opening", __name__)
KEY = "opening"


@blueprint.get("/opening")
@public
def page() -> ResponseReturnValue:
    if key := request.args.get("key", ""):
        session[KEY] = key
        return redirect(url_for(".page"))
    return _page()


def _page(refusal: Refusal | None = None) -> ResponseReturnValue:
    link = _link()
    user = db.session.get_one(User, link.user_id)
    is_makers = actor().id is not None and actor().id == link.made_by_id
    page = render_template(
        "account/opening.html",
        form=drawing.drawn(OPENING[settings().profile], refusal),
        who=user,
        is_makers=is_makers,
        until=link.expires_at,
    )
    return page, refusal.status if refusal else 200


@blueprint.post("/opening")
@public
def set_password() -> ResponseReturnValue:
    profile = settings().profile
    try:
        link = _link()
        changing.refuse_maker(link, actor())
        ready = changing.prepare(link.user_id, chosen(OPENING[profile])["new"], profile)
        with transaction():
            changing.open_link(_key(), ready, address=request.remote_addr or "", who=actor())
    except Incomplete as refusal:
        return _page(refusal)
    end_current()
    session.clear()
    flash("密码已设定，请用新密码登录。链接已失效。", "success")
    return redirect(url_for("login.sign_in"))


def _link() -> PasswordLink:
    link = changing.link_of(_key())
    if link is None:
        raise NotFound(changing.GONE)
    return link


def _key() -> str:
    key = session.get(KEY, "")
    return key if isinstance(key, str) else ""
