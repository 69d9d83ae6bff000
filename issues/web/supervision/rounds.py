"""Assessment rounds: the list, one round's proposals, a decision each, and the closing."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from extensions import db
from issues import rounds
from issues.act_fields import Field, optional
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal, WrongStatus
from issues.models import AssessmentRound, Issue, RoundItem
from issues.queries.supervision.rounds import rules_of
from issues.rights.table import Right, holds
from issues.scores import booking
from issues.vocabulary import CARDS, Colour, RoundAct
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("rounds", __name__)
DECISIONS = {act.value: act.label for act in rounds.DECISIONS}
DECIDED = (
    Field("number", "issue", "编号", limit=32),
    optional("colour", "choice", "牌色", choices=tuple((card.value, card.label) for card in CARDS)),
    optional("reason", "long_text", "理由", limit=rounds.LONGEST_REASON),
    optional("unable", "flag", "认定单位无法按期完成"),
)
NOTHING = {"number": "", "colour": "", "reason": "", "unable": False}
SURE = Field("sure", "flag", "已核对各件研判结论，同意结束", asks="请先勾选，确认已核对")


@blueprint.get("/rounds")
@requires(Right.SEE_ROUNDS)
def listed(refusal: Refusal | None = None) -> str:
    rows = select(AssessmentRound).options(selectinload(AssessmentRound.items))
    found = list(db.session.scalars(rows.order_by(AssessmentRound.on.desc())))
    return render_template(
        "supervision/rounds.html",
        rounds=[(row, Counter(item.decision for item in row.items)) for row in found],
        may_open=holds(actor(), Right.ROUNDS),
        refusal=refusal,
    )


@blueprint.post("/rounds")
@requires(Right.ROUNDS)
@acting(listed)
def open_round() -> ResponseReturnValue:
    opened = rounds.open_on(clock.today(), actor(), clock.now())
    if opened is None:
        raise WrongStatus("今天的调度已经开启。")
    flash(f"调度已开启，有{len(opened.items)}件待研判", "success")
    return redirect(url_for(".page", round_id=opened.id), 303)


@blueprint.get("/rounds/<int:round_id>")
@requires(Right.SEE_ROUNDS)
def page(round_id: int, refusal: Refusal | None = None) -> str:
    row = _whole(round_id)
    return render_template(
        "supervision/round.html",
        round=row,
        undecided=sum(not item.decision for item in row.items),
        decisions=DECISIONS,
        rules=rules_of(row),
        colours={colour.value: colour.label for colour in Colour},
        may_decide=holds(actor(), Right.ROUNDS) and row.closed_on is None,
        may_close=holds(actor(), Right.CLOSE_ROUND) and row.closed_on is None,
        refusal=refusal,
        sure=drawing.drawn((SURE,), refusal)["sure"],
        said=forms.typed(DECIDED) if refusal else NOTHING,
    )


def _whole(round_id: int) -> AssessmentRound:
    """With its tickets and their units in three statements."""
    row = db.session.scalars(
        select(AssessmentRound)
        .where(AssessmentRound.id == round_id)
        .options(
            selectinload(AssessmentRound.items)
            .joinedload(RoundItem.issue)
            .options(joinedload(Issue.primary_unit))
        )
    ).first()
    if row is None:
        raise NotFound
    return row


@blueprint.post(f"/rounds/<int:round_id>/<any({', '.join(DECISIONS)}):decision>")
@requires(Right.ROUNDS)
@acting(lambda decision, **given: page(**given))  # noqa: ARG005 - the route's own
def decide(round_id: int, decision: str) -> ResponseReturnValue:
    item = rounds.decide(round_id, RoundAct(decision), actor(), forms.worded(DECIDED), clock.now())
    flash(f"{item.issue.number}：{DECISIONS[decision]}", "success")
    return redirect(url_for(".page", round_id=round_id) + f"#row-{item.id}", 303)


@blueprint.post("/rounds/<int:round_id>/close")
@requires(Right.CLOSE_ROUND)
@proven
@acting(page)
def close(round_id: int) -> ResponseReturnValue:
    forms.read((SURE,))
    now = clock.now()
    rounds.close(round_id, actor(), now)
    booking.book_day(now)
    flash("调度已结束：挂牌、文书草稿和当日看板已一并形成", "success")
    return redirect(url_for(".page", round_id=round_id), 303)
