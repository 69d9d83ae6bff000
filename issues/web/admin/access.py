"""Identities outside and tokens of an account, as who keeps accounts and who grants see them.

The one registers a link here, the other confirms it (grants.py): neither alone lets anybody in.
"""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth import identities, people
from auth.doors.door import Door
from auth.tokens import tokens_of
from extensions import transaction
from issues.ground.refusals import Incomplete, NotFound
from issues.queries.admin.accounts import account
from issues.rights.table import Right
from issues.vocabulary import DoorKind
from issues.web.account.forms import IDENTITY
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("access", __name__, url_prefix="/admin")


@blueprint.get("/accounts/<int:user_id>/access")
@requires(Right.ACCOUNTS)
def page(user_id: int) -> ResponseReturnValue:
    return _access_page(user_id)


def _access_page(user_id: int, refusal: Incomplete | None = None) -> ResponseReturnValue:
    return render_template(
        "account/access.html",
        who=account(user_id),
        identities=identities.identities_of(user_id),
        tokens=tokens_of(user_id),
        form=drawing.drawn(IDENTITY, refusal, choices={"door": _kinds()}),
        has_doors=bool(_doors()),
    )


@blueprint.post("/accounts/<int:user_id>/access/identities")
@requires(Right.ACCOUNTS)
@proven
@acting(_access_page)
def link(user_id: int) -> ResponseReturnValue:
    said = _told()
    door = _doors()[DoorKind(said["door"])]
    identities.link_for(actor(), user_id, door.kind, door.issuer, said["subject"])
    flash("外部身份已登记，请安全管理员在“授权”中确认，确认后即可登录。", "success")
    return redirect(url_for(".page", user_id=user_id))


def _told() -> dict[str, Any]:
    """Raises NotFound where no door is set, Incomplete."""
    if not _doors():
        raise NotFound
    said = forms.read(IDENTITY)
    if said["door"] not in {code for code, _ in _kinds()}:
        raise Incomplete({"door": ["请选择登录方式。"]})
    return said


@blueprint.post("/accounts/<int:user_id>/access/identities/<int:identity_id>/end")
@requires(Right.ACCOUNTS)
def unlink(user_id: int, identity_id: int) -> ResponseReturnValue:
    with transaction():
        identities.unlink(actor(), user_id, identity_id)
    flash("已解除关联，用它的登录即刻结束。", "success")
    return redirect(url_for(".page", user_id=user_id))


@blueprint.post("/accounts/<int:user_id>/access/tokens/<int:token_id>/revoke")
@requires(Right.ACCOUNTS)
def revoke_token(user_id: int, token_id: int) -> ResponseReturnValue:
    with transaction():
        people.revoke_token(actor(), token_id)
    flash("接口令牌已吊销，用它的程序即刻不能再访问。", "success")
    return redirect(url_for(".page", user_id=user_id))


def _doors() -> dict[DoorKind, Door]:
    held: dict[DoorKind, Door] = current_app.extensions["doors"]
    return held


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in _doors()]
