"""What a person typed and did not send: the list, throwing away, and keeping while they type."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues import once
from issues.ground import clock
from issues.ground.present import present
from issues.kept import keeping
from issues.kept.content import Content, titled
from issues.queries.ticket.kept import seen_among
from issues.rights.table import holds
from issues.web.account.entry import local
from issues.web.door import forms
from issues.web.door.firsts import settings
from issues.web.door.guards import actor, need_of, signed_in
from issues.web.door.kept import posted, told
from issues.web.kept import pace

blueprint = Blueprint("kept_forms", __name__)
OF_PAGE = ("kept_action", "kept_page", "kept_title")
NUMBERED = "/issues/"


@blueprint.get("/kept")
@signed_in
def listed() -> str:
    found = keeping.of(_me())
    seen = seen_among({_number(one.page) for _, one in found}, actor())
    rows = [_row(kept, seen) for kept in found]
    return render_template("kept/list.html", rows=rows, days=settings().kept_days)


@blueprint.post("/kept")
@signed_in
def save() -> ResponseReturnValue:
    """While somebody types, and as they leave. Answers under which token it is kept, if it is.

    Raises Later.
    """
    pace.admit(_me())
    content, token = _content(), ""
    wants = posted.is_kept(posted.endpoint_at(content.action, "POST")) and content.said
    if wants and posted.is_page(content.page.partition("?")[0]):
        with transaction():
            token = _kept(content)
    at = clock.local(clock.real_now())
    return jsonify({"kept": token, "at": f"{at:%H:%M}"})


@blueprint.post("/kept/<token>/drop")
@signed_in
def drop(token: str) -> ResponseReturnValue:
    """Another's token drops nothing, as one that is gone."""
    kept = keeping.find(_me(), token)
    with transaction():
        keeping.forget(_me(), [token])
    flash("已放弃这份没有提交的填写。", "success")
    is_listed = posted.path_of(request.referrer or "") == "/kept"
    return redirect("/kept" if is_listed or kept is None else kept[1].page, 303)


def _kept(content: Content) -> str:
    """What was sent meanwhile, or thrown away, is not kept again by a page that is left late."""
    token = forms.carried(posted.KEPT)
    if once.is_used(_me(), content.key) or (token and keeping.find(_me(), token) is None):
        return ""
    return keeping.keep(_me(), content, settings().kept_days, token)


def _content() -> Content:
    told_page = local(forms.carried("kept_page"))
    content = Content(
        page=posted.plain(told_page) or "/",
        action=local(forms.carried("kept_action")).partition("?")[0],
        said=posted.said(forms.everything(), OF_PAGE),
        key=forms.carried("once"),
        version=forms.carried("version"),
    )
    return titled(content, forms.carried("kept_title"))


def _row(kept: keeping.Kept, seen: frozenset[str]) -> dict[str, Any]:
    """Of a page that is closed to the person nothing is shown: it may have held what was drawn."""
    row, content = kept
    is_open = _is_open(content.page, seen)
    return {
        "row": row,
        "title": (content.title or told.named(content.page)) if is_open else told.UNNAMED,
        "restore": told.address(row, content),
        "texts": content.texts() if is_open else [],
        "count": len(content.said),
        "is_open": is_open,
    }


def _is_open(page: str, seen: frozenset[str]) -> bool:
    """As far as it is told without opening the page: the right it asks for, the ticket in sight."""
    endpoint = posted.endpoint_at(page.partition("?")[0], "GET")
    need = need_of(endpoint) if endpoint else None
    if need is None or (need.power is not None and not holds(actor(), need.power)):
        return False
    number = _number(page)
    return need.kind != "with_issue" or number in seen


def _number(page: str) -> str:
    """The ticket's number in the address of its page."""
    rest = page.partition("?")[0].removeprefix(NUMBERED)
    return rest.partition("/")[0] if page.startswith(NUMBERED) else ""


def _me() -> int:
    return present(actor().id, "the person")
