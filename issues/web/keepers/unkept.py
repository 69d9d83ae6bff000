"""Tickets that nobody keeps, several of them given to one keeper in one act."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.keepers import giving
from issues.queries.ground.names import names
from issues.queries.ground.paging import page_asked
from issues.queries.keepers import page as keepers
from issues.queries.keepers.unkept import unkept_page
from issues.rights.table import Right, sees_all
from issues.web.door import asked, drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.keepers.page import chosen_keeper, words_asked
from issues.web.keepers.places import GIVING, LABELS

blueprint = Blueprint("keeper_unkept", __name__, url_prefix="/keepers/unkept")


@blueprint.get("")
@requires(Right.SET_KEEPERS)
def page(refusal: Refusal | None = None) -> str:
    known, page_no = names(), page_asked(request.args.get("page", ""))
    regions = [one for one in known.regions if _is_here(one[0])]
    words, region = words_asked(), asked.one_of("region", "区域", dict(regions))
    return render_template(
        "keepers/unkept.html",
        found=unkept_page(actor(), clock.today(), region, page_no),
        today=clock.today(),
        names=known,
        region=region,
        regions=regions,
        words=words,
        offered=keepers.offered(words, actor()),
        most=keepers.MOST_OFFERED,
        ticked=frozenset(forms.marked("number")),
        form=drawing.drawn(GIVING, refusal),
        errors=refusal.errors if refusal else {},
        labels=LABELS | {"number": "问题"},
        link=lambda to: url_for(".page", page=to, region=region or None, q=words or None),
        here=url_for(".give", page=page_no, region=region or None, q=words or None),
    )


def _is_here(code: str) -> bool:
    return sees_all(actor(), Right.SET_KEEPERS) or code in actor().territory


@blueprint.post("")
@requires(Right.SET_KEEPERS)
@acting(page)
def give() -> ResponseReturnValue:
    keeper, count = giving.give_tickets(
        actor(), chosen_keeper(), forms.marked("number"), forms.worded(GIVING)
    )
    told = f"已指定“{keeper.name}”包保{count}件问题。" if count else "勾选的问题已由他包保。"
    flash(told, "success")
    region, words = request.args.get("region"), words_asked()
    return redirect(url_for(".page", region=region or None, q=words or None), 303)
