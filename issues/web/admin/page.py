"""Where administration begins, and how its lists are paged and searched."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.ground import signs
from issues.ground.present import present
from issues.queries.admin.accounts import accounts
from issues.queries.ground.paging import page_asked
from issues.web.door.guards import actor, signed_in
from issues.web.door.navigation import home

blueprint = Blueprint("admin_home", __name__, url_prefix="/admin")


@blueprint.get("")
@signed_in
def begin() -> ResponseReturnValue:
    return redirect(home(actor()))


def list_page(template: str, **beside: Any) -> ResponseReturnValue:
    endpoint = present(request.endpoint, "the page's own address")
    wanted = signs.bare(request.args.get("q", "")).strip()[:40]
    return render_template(
        template,
        found=accounts(wanted, page_asked(request.args.get("page", ""))),
        wanted=wanted,
        page_link=lambda page: url_for(endpoint, q=wanted or None, page=page),
        **beside,
    )
