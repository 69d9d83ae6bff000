"""Look-backs: what is planned, due and done; planning by hand; the quarter's random sample."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.colour.policies import policy_on
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.queries.ground.paging import page_asked, page_of
from issues.queries.register.narrowing import read_day
from issues.queries.supervision import lookbacks
from issues.rights.table import Right, holds
from issues.supervision import sampling
from issues.vocabulary import Action
from issues.web.door.guards import acting, actor, requires
from issues.web.register.page import Tab
from issues.workflow import load

blueprint = Blueprint("lookbacks", __name__)
LOTS = 100


@blueprint.get("/lookbacks")
@requires(Right.LOOKBACKS)
def page(refusal: Refusal | None = None) -> str:
    view = request.args.get("view", lookbacks.DUE)
    view = view if view in lookbacks.VIEWS else lookbacks.DUE
    who = request.args.get("who", lookbacks.EVERYBODY)
    number = page_asked(request.args.get("page", ""))
    found = lookbacks.find(actor(), view, who, clock.today(), number)
    kept: dict[str, Any] = {"who": who} if who else {}
    tabs = [
        Tab(label, url_for(".page", view=name, **kept),
            found.counts[name], is_current=name == view)
        for name, label in lookbacks.VIEWS.items()
    ]  # fmt: skip
    return render_template(
        "supervision/lookbacks.html",
        found=found,
        tabs=tabs,
        view=view,
        who=who,
        inspectors=lookbacks.inspectors(),
        may_record=holds(actor(), Action.RECORD_LOOKBACK),
        may_plan=holds(actor(), Action.PLAN_LOOKBACK),
        refusal=refusal,
        asked=request.args.get("number", ""),
        link=lambda page: url_for(".page", view=view, who=who or None, page=page),
    )


@blueprint.get("/lookbacks/new")
@requires(Action.PLAN_LOOKBACK)
def new() -> ResponseReturnValue:
    """From a ticket's number to the page of the act."""
    number = request.args.get("number", "").strip()
    try:
        issue = load(number, actor())
    except NotFound as refused:
        said = f"没有编号为“{number[:32]}”的事项" if number else "请填写事项编号"
        return make_response(page(refusal=Incomplete({"number": [said]}, refused.sentence)), 422)
    act = Action.PLAN_LOOKBACK.value
    return redirect(url_for("acts.form", number=issue.number, action=act), 303)


def _quarter() -> date:
    return read_day(request.args.get("quarter", "")) or clock.today()


@blueprint.get("/lookbacks/sample")
@requires(Right.LOOKBACKS)
def sample(refusal: Refusal | None = None) -> str:
    """Who was drawn, from whom, and how to draw again."""
    on = _quarter()
    _, policy = policy_on(min(on, clock.today()))
    draw = sampling.draw(on, policy)
    return render_template(
        "supervision/lookback_sample.html",
        draw=draw,
        lots=page_of(draw.lots, page_asked(request.args.get("page", "")), LOTS),
        link=lambda page: url_for(".sample", quarter=draw.first, page=page),
        is_now=sampling.first_of_quarter(on) == sampling.first_of_quarter(clock.today()),
        may_plan=holds(actor(), Action.PLAN_LOOKBACK),
        refusal=refusal,
    )


@blueprint.post("/lookbacks/sample")
@requires(Action.PLAN_LOOKBACK)
@acting(sample)
def plan() -> ResponseReturnValue:
    """The draw of the running quarter, as the night's run would write it."""
    today = clock.today()
    _, policy = policy_on(today)
    drawn = sampling.draw(today, policy)
    written = sum(sampling.plan(lot.issue_id, drawn.last) for lot in drawn.waiting)
    flash(f"已将{written}件列入本季度回头看计划", "success")
    return redirect(url_for(".sample"), 303)
