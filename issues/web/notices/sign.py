"""Signing: a page that shows the very paper, with what was typed and not saved, then the act."""

from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from issues.ground.refusals import Incomplete, NotAllowed, Refusal, Stale, WrongStatus
from issues.models import Notice
from issues.notices import acts
from issues.notices.desk.annex.pictures import with_pictures
from issues.notices.desk.words import compared
from issues.notices.fields import CONFIRMED, SEEN
from issues.notices.page.gongwen import render
from issues.notices.readiness import Draft
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct, NoticeStatus
from issues.web.account.proof import proven
from issues.web.door import forms
from issues.web.door.guards import NOT_YOURS, acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.notices.forms import typed_into
from issues.web.notices.page import page
from issues.web.notices.pdf import pdf_answer, press
from issues.web.notices.typed import as_kept, as_typed

blueprint = Blueprint("notice_sign", __name__)
NONE_SEEN = "none"
"""No digest: a form that shows no paper signs none."""
OWN = frozenset({"csrf_token", "once", "version", SEEN.name, CONFIRMED.name})
STALE = "您打开后，本文书已被他人更新。请核对最新内容后再签发，您填写的内容已保留。"


@blueprint.post("/notices/<int:notice_id>/sign/confirm")
@requires(Right.NOTICES)
def confirm(notice_id: int, refused: Refusal | None = None) -> ResponseReturnValue:
    """Nothing is kept: what was typed is carried to the act, with the digest of what is shown."""
    notice = _draft(notice_id)
    try:
        ready = _as_typed(notice)
    except (Incomplete, Stale) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    if ready.errors:
        wrong = Incomplete(ready.errors, "文书有需要更正的地方，尚未签发。")
        return make_response(page(notice_id=notice_id, refusal=wrong), wrong.status)
    return render_template(
        "notices/sign/confirm.html",
        notice=notice,
        document=ready.document,
        doubts=ready.doubts,
        carried=[(name, said) for name, told in forms.lists().items() if name not in OWN
                 for said in told],
        paper=ready.digest,
        departures=[(one, compared(one.record, one.text)) for one in ready.departures],
        confirmed=forms.marked(CONFIRMED.name),
        refusal=refused,
    )  # fmt: skip


def again(notice_id: int, refusal: Refusal) -> ResponseReturnValue:
    """What was not confirmed is asked on the page that asks it, all else on the draft's."""
    if any(name.startswith(f"{CONFIRMED.name}.") for name in refusal.errors):
        return confirm(notice_id=notice_id, refused=refusal)
    return page(notice_id=notice_id, refusal=refusal)


@blueprint.post("/notices/<int:notice_id>/sign/back")
@requires(Right.NOTICES)
def back(notice_id: int) -> ResponseReturnValue:
    """From the confirming page to the draft, with what was typed, still kept by nobody."""
    notice = _draft(notice_id)
    try:
        _as_typed(notice)
    except (Incomplete, Stale) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    return make_response(page(notice_id=notice_id))


@blueprint.post("/notices/<int:notice_id>/sign/layout")
@requires(Right.NOTICES)
@builds_file
def drawn_up(notice_id: int) -> ResponseReturnValue:
    """The paper of the confirming page as it is laid out, marked as a draft."""
    notice = _draft(notice_id)
    try:
        ready = _as_typed(notice)
    except (Incomplete, Stale) as refusal:
        return make_response(page(notice_id=notice_id, refusal=refusal), refusal.status)
    document = with_pictures(ready.document, current_app.extensions["evidence"])
    pdf = render(document, current_app.extensions["faces"]()).pdf
    return pdf_answer(pdf, f"草稿-{notice.id}")


@blueprint.post("/notices/<int:notice_id>/sign")
@requires(Right.NOTICES)
@proven
@acting(again)
def sign(notice_id: int) -> ResponseReturnValue:
    notice = whole(notice_id, actor())
    raw: dict[str, Any] = {
        SEEN.name: forms.carried(SEEN.name) or NONE_SEEN,
        CONFIRMED.name: forms.marked(CONFIRMED.name),
    }
    if notice.status is NoticeStatus.DRAFT and acts.RIGHTS[NoticeAct.SIGN](actor(), notice):
        raw |= typed_into(as_kept(notice), notice)[0]
    acts.do(NoticeAct.SIGN, notice_id, actor(), raw, press(), version=forms.number("version"))
    flash("文书已签发，已送达主送单位", "success")
    return redirect(url_for("notices.page", notice_id=notice_id), 303)


def _draft(notice_id: int) -> Notice:
    """Raises NotFound, NotAllowed, WrongStatus."""
    notice = whole(notice_id, actor())
    if not acts.RIGHTS[NoticeAct.SIGN](actor(), notice):
        raise NotAllowed(NOT_YOURS)
    if notice.status is not NoticeStatus.DRAFT:
        raise WrongStatus(f"本文书{notice.status.label}，不能签发。")
    return notice


def _as_typed(notice: Notice) -> Draft:
    """Raises Incomplete, Stale."""
    version = forms.number("version")
    if version is not None and version != notice.version:
        raise Stale(STALE, known=version, current=notice.version)
    return as_typed(notice, as_kept(notice))
