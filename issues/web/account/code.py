"""The second step of signing in: a code of the person's device, or a recovery code."""

from flask import Blueprint, flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from auth.acting import locked
from auth.proofs import factors, proof_tries
from extensions import transaction
from issues.ground.refusals import Incomplete, Refusal
from issues.web.account import entry
from issues.web.account.forms import CODE
from issues.web.account.halfway import HALF, half_way
from issues.web.account.proof import judged
from issues.web.door import drawing, forms
from issues.web.door.guards import public

blueprint = Blueprint("sign_in_code", __name__)
TOO_LATE = "登录已超时，请重新输入账号和密码。"


@blueprint.get("/login/code")
@public
def page() -> ResponseReturnValue:
    return _page() if half_way() else _again()


@blueprint.post("/login/code")
@public
def enter() -> ResponseReturnValue:
    half = half_way()
    if half is None:
        return _again()
    user_id = half.user_id
    try:
        said = forms.read(CODE)["code"]
        judged(user_id, lambda: _is_theirs(user_id, said), factors.WRONG_CODE, "code")
    except (Incomplete, proof_tries.TooManyProofs) as refusal:
        return _page(refusal)
    return entry.begin(user_id, entry.local(half.after), door=half.door)


def _is_theirs(user_id: int, text: str) -> bool:
    with transaction():
        return factors.use(locked(user_id), text)


def _page(refusal: Refusal | None = None) -> ResponseReturnValue:
    page = render_template("account/code.html", form=drawing.drawn(CODE, refusal), refusal=refusal)
    answer = make_response(page, refusal.status if refusal else 200)
    if isinstance(refusal, proof_tries.TooManyProofs):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _again() -> ResponseReturnValue:
    session.pop(HALF, None)
    flash(TOO_LATE, "warning")
    return redirect(url_for("login.sign_in"))
