"""A long ledger asked for as a file: how many tickets it holds, and its beginning."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.exchange import profiles
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.queries.ledger.paper import MOST
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.rights.table import Right
from issues.vocabulary import WorkKind
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.long_work import want_worker
from issues.works import asking
from issues.works.kinds.exporting import name_of

blueprint = Blueprint("long_exports", __name__)
LONG = 1000
"""Tickets in a file: more take longer than three seconds."""
SEE_OTHER = 303


def is_long(filters: Filters) -> bool:
    return register.count(filters, actor(), clock.today()) > LONG


@blueprint.get("/works/export")
@requires(Right.VIEW)
def page(refusal: Refusal | None = None) -> str:
    filters, wanted = _asked()
    return render_template(
        "works/export.html",
        asked=_kept(filters),
        wanted=wanted,
        label=profiles.named(wanted, actor()).label if wanted else "完整台账",
        total=register.count(filters, actor(), clock.today()),
        most=MOST,
        kept_days=asking.KEPT_DAYS,
        refused=refusal.sentence if refusal else "",
    )


def _asked() -> tuple[Filters, str]:
    """By the address, or by the form."""
    if request.method == "GET":
        given = request.args.to_dict(flat=False)
        return Filters.from_args(given), request.args.get("profile", "")
    return Filters.from_args(forms.lists()), forms.carried("profile")


def _kept(filters: Filters) -> dict[str, str]:
    return filters.to_args(page="", after="", limit="")


@blueprint.post("/works/export")
@requires(Right.VIEW)
@acting(page)
def begin() -> ResponseReturnValue:
    filters, wanted = _asked()
    profile = profiles.named(wanted, actor()) if wanted else None
    asked = {"filters": _kept(filters), "profile": wanted}
    work = asking.begin(actor(), WorkKind.EXPORT, asked)
    work.name = work.name or name_of(filters, profile, clock.today())
    want_worker()
    return redirect(url_for("works.page", work_id=work.id), SEE_OTHER)
