"""Rounds of counties' centres: the list, one round with a word on each ticket, and its freezing."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field, optional
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.queries.supervision.county_rounds import bulletin_of, items_in_sight, rounds_of
from issues.rights.table import Right, holds
from issues.territory import rounds
from issues.vocabulary import CountyRoundAct
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("county_rounds", __name__)
DECISIONS = {act.value: act.label for act in rounds.DECISIONS}
DECIDED = (
    Field("number", "issue", "编号", limit=32),
    optional("text", "long_text", "要求", limit=rounds.LONGEST_TEXT),
)
NOTHING = {"number": "", "text": ""}
SURE = Field("sure", "flag", "已核对各件研判结论，同意结束", asks="请先勾选，确认已核对。")


@blueprint.get("/county-rounds")
@requires(Right.SEE_COUNTY_ROUNDS)
def listed(refusal: Refusal | None = None) -> str:
    return render_template(
        "county/rounds.html",
        rounds=[(row, Counter(one.decision for one in row.items)) for row in rounds_of(actor())],
        may_open=holds(actor(), Right.COUNTY_ROUNDS),
        refusal=refusal,
    )


@blueprint.post("/county-rounds")
@requires(Right.COUNTY_ROUNDS)
@acting(listed)
def open_round() -> ResponseReturnValue:
    opened = rounds.open_on(clock.today(), actor(), clock.now())
    flash(f"县级调度已开启，有{len(opened.items)}件待研判", "success")
    return redirect(url_for(".page", meeting_id=opened.id), 303)


@blueprint.get("/county-rounds/<int:meeting_id>")
@requires(Right.SEE_COUNTY_ROUNDS)
def page(meeting_id: int, refusal: Refusal | None = None) -> str:
    row = rounds.find(meeting_id, actor())
    is_own_open = row.closed_on is None and row.centre_id == actor().unit_id
    seen = items_in_sight(row, actor())
    return render_template(
        "county/round.html",
        round=row,
        items=seen.items,
        hidden=seen.hidden,
        undecided=rounds.undecided(row),
        bulletin=bulletin_of(row, actor()),
        decisions=DECISIONS,
        may_decide=is_own_open and holds(actor(), Right.COUNTY_ROUNDS),
        may_close=is_own_open and holds(actor(), Right.CLOSE_COUNTY_ROUND),
        refusal=refusal,
        sure=drawing.drawn((SURE,), refusal)["sure"],
        said=forms.typed(DECIDED) if refusal else NOTHING,
    )


@blueprint.post("/county-rounds/<int:meeting_id>/keep", defaults={"word": "keep"})
@blueprint.post("/county-rounds/<int:meeting_id>/press", defaults={"word": "press"})
@requires(Right.COUNTY_ROUNDS)
@acting(lambda word, **given: page(**given))  # noqa: ARG005 - the route's own
def decide(meeting_id: int, word: str) -> ResponseReturnValue:
    given = forms.worded(DECIDED)
    item = rounds.decide(meeting_id, CountyRoundAct(word), actor(), given, clock.now())
    flash(f"{item.issue.number}：{DECISIONS[word]}", "success")
    return redirect(url_for(".page", meeting_id=meeting_id) + f"#row-{item.id}", 303)


@blueprint.post("/county-rounds/<int:meeting_id>/close")
@requires(Right.CLOSE_COUNTY_ROUND)
@proven
@acting(page)
def close(meeting_id: int) -> ResponseReturnValue:
    forms.read((SURE,))
    rounds.close(meeting_id, actor(), clock.now())
    flash("县级调度已结束，本中心督办事项的看板已固定", "success")
    return redirect(url_for(".page", meeting_id=meeting_id), 303)
