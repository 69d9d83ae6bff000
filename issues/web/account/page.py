"""The person's own account: password, sessions, identities outside, tokens."""

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from auth import people
from auth.identities import identities_of
from auth.tokens import tokens_of
from extensions import transaction
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.queries.admin.accounts import open_sessions
from issues.web.account.forms import PASSWORD
from issues.web.account.login import doors
from issues.web.door import browsers, drawing, forms
from issues.web.door.guards import actor, signed_in

blueprint = Blueprint("account", __name__)


@blueprint.get("/account/password")
@signed_in
def password() -> ResponseReturnValue:
    return render_template("account/password.html", form=drawing.drawn(PASSWORD))


@blueprint.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    try:
        said = _twice_the_same()
        with transaction():
            people.change_password(actor(), said["current"], said["new"])
    except Incomplete as refusal:
        form = drawing.drawn(PASSWORD, refusal)
        return render_template("account/password.html", form=form), refusal.status
    flash("密码已修改，其他设备上的登录已全部结束。", "success")
    return redirect(url_for("account.page"))


def _twice_the_same() -> forms.Values:
    """Raises Incomplete."""
    said = forms.read(PASSWORD)
    if said["new"] != said["again"]:
        raise Incomplete({"again": ["两次输入的新密码不一致。"]})
    return said


@blueprint.get("/account")
@signed_in
def page() -> ResponseReturnValue:
    user_id = present(actor().id, "the account")
    identities = identities_of(user_id)
    linked = {one.door for one in identities}
    return render_template(
        "account/page.html",
        sessions=open_sessions(user_id),
        tokens=tokens_of(user_id),
        identities=identities,
        doors=[kind for kind in doors() if kind not in linked],
        browser=browsers.said,
    )


@blueprint.post("/account/sessions/<int:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> ResponseReturnValue:
    with transaction():
        people.end_session(actor(), sign_in_id)
    if sign_in_id == actor().sign_in_id:
        session.clear()
        return redirect(url_for("login.sign_in"))
    flash("该设备上的登录已结束。", "success")
    return redirect(url_for("account.page"))


@blueprint.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    with transaction():
        people.revoke_token(actor(), token_id)
    flash("接口令牌已吊销，用它的程序即刻不能再访问。", "success")
    return redirect(url_for("account.page"))
