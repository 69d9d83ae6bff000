"""A keeper's tickets on paper, and the note that they were handed over."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import optional
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.keepers import delivering, roll
from issues.queries.keepers import page as queries, rollup
from issues.rights.table import Right, holds, sees_all
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("keeper_paper", __name__, url_prefix="/keepers/<int:keeper_id>/paper")
HANDED = (
    optional("on", "date", delivering.ON, hint="不填为今天。"),
    optional(
        "reason", "text", "说明", limit=roll.LONGEST_REASON, hint="如当面交本人、由村委会转交。"
    ),
)


@blueprint.get("")
@requires(Right.KEEPERS)
def page(keeper_id: int) -> str:
    return _page(keeper_id)


def _page(keeper_id: int, refusal: Refusal | None = None) -> str:
    row, today = roll.find(keeper_id, actor()), clock.today()
    knows_all = sees_all(actor(), Right.KEEPERS) or roll.is_own(row, actor())
    return render_template(
        "keepers/paper.html",
        row=row,
        today=today,
        now=[one for one in queries.things_of(row, actor()) if one.until_on is None],
        total=rollup.colours_by_keeper(actor(), today)[row.id].total(),
        tickets=rollup.tickets_of(row.id, actor(), today),
        delivered=queries.delivered_of(row) if knows_all else None,
        knows_all=knows_all,
        may_set=holds(actor(), Right.SET_KEEPERS) and row.ended_at is None,
        form=drawing.drawn(HANDED, refusal),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in HANDED},
    )


@blueprint.post("")
@requires(Right.SET_KEEPERS)
@acting(lambda refusal, keeper_id: _page(keeper_id, refusal))
def hand(keeper_id: int) -> ResponseReturnValue:
    tickets = rollup.colours_by_keeper(actor(), clock.today())[keeper_id].total()
    delivering.deliver(actor(), keeper_id, forms.worded(HANDED), tickets)
    flash("已登记交送。", "success")
    return redirect(url_for(".page", keeper_id=keeper_id), 303)
