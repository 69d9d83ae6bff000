"""Signing in and out, the person's own password, sessions and tokens."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from auth import people, signin
from auth.forms import PasswordForm, SignInForm
from auth.models import ApiToken
from extensions import db, transaction
from issues.ground.refusals import Incomplete
from issues.queries.accounts import open_sessions
from issues.web import browsers
from issues.web.admission import SESSION_KEY
from issues.web.guards import actor, public, signed_in
from issues.web.navigation import home
from issues.web.requests import new_session

blueprint = Blueprint("auth", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    after = _local(request.values.get("next", ""))
    if form.validate_on_submit():
        try:
            secret = _prove(form.username.data.strip(), form.password.data)
        except (signin.WrongPassword, signin.TooManyTries) as refusal:
            return _sign_in_page(form, after, refusal)
        _end_current()
        new_session(SESSION_KEY, secret)
        person = signin.session_of(secret).actor
        return redirect(after or home(person))
    status = 422 if form.errors else 200
    return render_template("auth/sign_in.html", form=form, after=after, refusal=None), status


def _sign_in_page(
    form: SignInForm, after: str, refusal: signin.WrongPassword | signin.TooManyTries
) -> ResponseReturnValue:
    page = render_template("auth/sign_in.html", form=form, after=after, refusal=refusal)
    answer = make_response(page, refusal.status)
    if isinstance(refusal, signin.TooManyTries):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _prove(name: str, password: str) -> str:
    """The secret of a new session. The slow comparison runs outside any transaction."""
    address, agent = request.remote_addr or "", request.user_agent.string
    with transaction():
        attempt = signin.note_try(name, address)
    wait = signin.wait_after(attempt)
    db.session.rollback()
    if wait is not None:
        with transaction():
            signin.forget_try(attempt)
        raise signin.TooManyTries(wait)
    user_id = signin.user_of(name, password)
    with transaction():
        if user_id is None:
            signin.record_failure(name, address)
        else:
            return signin.begin(user_id, password, address=address, agent=agent)
    raise signin.WrongPassword


def _local(path: str) -> str:
    """The path to go on to, where it is one of this site; else nothing."""
    parts = urlsplit(path)
    is_local = (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and not (parts.scheme or parts.netloc)
        and path.isprintable()
        and "\\" not in path
    )
    return path if is_local else ""


def _end_current() -> None:
    """Whoever was signed in in this browser is so no more."""
    secret = session.get(SESSION_KEY)
    found = signin.session_of(secret) if isinstance(secret, str) else None
    if found is not None:
        with transaction():
            people.end_session(found.actor, found.actor.sign_in_id)


@blueprint.post("/logout")
@signed_in
def sign_out() -> ResponseReturnValue:
    with transaction():
        people.end_session(actor(), actor().sign_in_id)
    session.clear()
    flash("已退出登录。", "success")
    return redirect(url_for("auth.sign_in"))


@blueprint.get("/account/password")
@signed_in
def password() -> ResponseReturnValue:
    return render_template("auth/password.html", form=PasswordForm())


@blueprint.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    is_complete = form.validate()
    if is_complete and form.new.data != form.again.data:
        form.again.errors = ["两次输入的新密码不一致。"]
    elif is_complete:
        try:
            with transaction():
                people.change_password(actor(), form.current.data, form.new.data)
        except Incomplete as refusal:
            form.current.errors = refusal.errors.get("current", [])
            form.new.errors = refusal.errors.get("new", [])
        else:
            flash("密码已修改,其他设备上的登录已全部结束。", "success")
            return redirect(url_for("auth.account"))
    return render_template("auth/password.html", form=form), 422


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    tokens = db.session.scalars(
        select(ApiToken)
        .where(ApiToken.user_id == actor().id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.created_at.desc())
    )
    return render_template(
        "auth/account.html",
        sessions=open_sessions(actor().id),
        tokens=tokens.all(),
        browser=browsers.said,
    )


@blueprint.post("/account/sessions/<int:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> ResponseReturnValue:
    with transaction():
        people.end_session(actor(), sign_in_id)
    if sign_in_id == actor().sign_in_id:
        session.clear()
        return redirect(url_for("auth.sign_in"))
    flash("该设备上的登录已结束。", "success")
    return redirect(url_for("auth.account"))


@blueprint.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    with transaction():
        people.revoke_token(actor(), token_id)
    flash("接口令牌已吊销,用它的程序即刻不能再访问。", "success")
    return redirect(url_for("auth.account"))
