"""The person's own account: password, sessions, identities outside, tokens."""

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

from auth import changing, people, sessions
from auth.identities import identities_of
from auth.proofs import factors
from auth.tokens import tokens_of
from extensions import transaction
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.queries.admin.accounts import open_sessions
from issues.queries.admin.told import latest, mark_read
from issues.web.account.entry import local
from issues.web.account.forms import PASSWORD, chosen
from issues.web.account.login import doors
from issues.web.account.proof import bounded
from issues.web.door import browsers, drawing, forms, turns
from issues.web.door.firsts import must_change_password, must_have_factor, settings
from issues.web.door.guards import actor, signed_in
from issues.web.door.navigation import home

blueprint = Blueprint("account", __name__)


def _password_page(refusal: Incomplete | None = None) -> str:
    person = actor()
    return render_template(
        "account/password.html",
        form=drawing.drawn(PASSWORD[settings().profile], refusal),
        is_too_old=not person.must_change_password and must_change_password(person),
        after=_after(),
        days=settings().password_days,
    )


def _after() -> str:
    """The page of this site that was asked for before the password was; empty where none was."""
    return local(forms.carried("next") or request.args.get("next", ""))


@blueprint.get("/account/password")
@signed_in
def password() -> ResponseReturnValue:
    return _password_page()


@blueprint.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    profile, user_id = settings().profile, present(actor().id, "the account")
    was_due = must_change_password(actor())
    try:
        said = chosen(PASSWORD[profile])
        with turns.PASSWORDS.turn(), bounded(user_id):
            changing.check_current(user_id, said["current"])
        ready = changing.prepare(user_id, said["new"], profile)
        with transaction():
            changing.change_password(actor(), ready)
    except Incomplete as refusal:
        return _password_page(refusal), refusal.status
    flash("密码已修改，其他设备上的登录已全部结束。", "success")
    return redirect(_after() or home(actor()) if was_due else url_for("account.page"))


@blueprint.get("/account")
@signed_in
def page() -> ResponseReturnValue:
    user_id = present(actor().id, "the account")
    identities = identities_of(user_id)
    linked = {one.door for one in identities}
    return render_template(
        "account/page.html",
        sessions=open_sessions(user_id),
        factor=factors.kept(user_id),
        must_have_factor=must_have_factor(actor()),
        events=latest(user_id),
        tokens=tokens_of(user_id),
        identities=identities,
        doors=[kind for kind in doors() if kind not in linked],
        browser=browsers.said,
    )


@blueprint.post("/account/told")
@signed_in
def know() -> ResponseReturnValue:
    """The person has read what was told; they go on where they were."""
    with transaction():
        mark_read(present(actor().id, "the account"), forms.number("up_to") or 0)
    return redirect(local(forms.carried("next")) or url_for("account.page"), 303)


@blueprint.post("/account/sessions/<int:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> ResponseReturnValue:
    with transaction():
        sessions.end_session(actor(), sign_in_id)
    if sign_in_id == actor().sign_in_id:
        session.clear()
        return redirect(url_for("login.sign_in"))
    flash("该设备上的登录已结束。", "success")
    return redirect(url_for("account.page"))


@blueprint.post("/account/sessions/end")
@signed_in
def end_others() -> ResponseReturnValue:
    with transaction():
        ended = sessions.end_others(actor())
    flash(f"其他设备上的 {ended} 个登录已全部结束。" if ended else "没有其他登录。", "success")
    return redirect(url_for("account.page"))


@blueprint.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    with transaction():
        people.revoke_token(actor(), token_id)
    flash("接口令牌已吊销，用它的程序即刻不能再访问。", "success")
    return redirect(url_for("account.page"))
