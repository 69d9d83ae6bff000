"""The tree of places with their keepers, and giving one of them to a keeper."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import regions
from issues.act_fields import Field, optional
from issues.act_fields.field import PAST
from issues.ground.refusals import NotFound, Refusal
from issues.keepers import giving, inherited
from issues.queries.ground.paging import page_asked
from issues.queries.keepers import page as keepers, places as queries
from issues.rights.table import Right, holds
from issues.vocabulary import KeeperLevel
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.keepers.page import chosen_keeper, words_asked

blueprint = Blueprint("keeper_places", __name__, url_prefix="/keepers/places")
GIVING = (
    Field("level", "choice", "级别", choices=tuple(KeeperLevel.choices())),
    optional("from_on", "date", "起始日期", hint="不填为今天。", when=PAST),
)
LABELS = {one.name: one.label for one in GIVING} | {"keeper": "包保人"}


@blueprint.get("")
@requires(Right.KEEPERS)
def tree() -> str:
    return render_template(
        "keepers/places.html", rows=queries.rows_of(queries.top(actor())), levels=tuple(KeeperLevel)
    )


@blueprint.get("/<code>")
@requires(Right.KEEPERS)
def one(code: str, refusal: Refusal | None = None) -> str:
    place = regions.find(code)
    if place is None or not giving.reaches(actor(), place.code):
        raise NotFound
    words = words_asked()
    may_set = holds(actor(), Right.SET_KEEPERS) and place.kind not in giving.OUTSIDE
    return render_template(
        "keepers/place.html",
        place=place,
        above=[
            step
            for step in regions.above(place)
            if step.kind not in giving.OUTSIDE and giving.reaches(actor(), step.code)
        ],
        kept=inherited.of_place(code),
        levels=tuple(KeeperLevel),
        rows=queries.inside(code, page_asked(request.args.get("page", ""))),
        link=lambda to: url_for(".one", code=code, page=to),
        may_set=may_set and place.ended_at is None,
        words=words,
        offered=keepers.offered(words, actor()),
        most=keepers.MOST_OFFERED,
        form=drawing.drawn(GIVING, refusal),
        errors=refusal.errors if refusal else {},
        labels=LABELS,
    )


@blueprint.post("/<code>")
@requires(Right.SET_KEEPERS)
@acting(one)
def give(code: str) -> ResponseReturnValue:
    row = giving.give_place(actor(), chosen_keeper(), code, forms.worded(GIVING))
    flash(f"已指定“{row.keeper.name}”。", "success")
    return redirect(url_for(".one", code=code), 303)
