"""Assessment rounds: the list, one round's proposals, a decision each, and the closing."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from extensions import db
from issues import rounds
from issues.act_fields import Field, optional
from issues.ground import clock
from issues.ground.refusals import Refusal, WrongStatus
from issues.models import AssessmentRound
from issues.notices.kinds import name_of
from issues.notices.passing.minutes import may_write_minutes
from issues.queries.supervision import room
from issues.queries.supervision.outcome import outcome_of
from issues.queries.supervision.rounds import rules_of
from issues.rights.table import Right, holds
from issues.scores import booking
from issues.supervision import one_paper
from issues.supervision.rounds import deciding
from issues.vocabulary import CARDS, Colour, NoticeKind, RoundAct, WorkKind
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.long_work import want_worker
from issues.works import asking

blueprint = Blueprint("rounds", __name__)
DECISIONS = {act.value: act.label for act in deciding.DECISIONS}
DECIDED = (
    Field("number", "issue", "编号", limit=32),
    optional("colour", "choice", "牌色", choices=tuple((card.value, card.label) for card in CARDS)),
    optional("reason", "long_text", "理由", limit=deciding.LONGEST_REASON),
    optional("unable", "flag", "认定单位无法按期完成"),
)
LARGE = 20
"""Cards raised and drafted for while somebody waits: some forty milliseconds each."""
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
    row = room.whole(round_id)
    return render_template(
        "supervision/round.html",
        round=row,
        undecided=sum(not item.decision for item in row.items),
        state=room.state_of(row),
        mark_of=deciding.mark_of,
        suggested=Counter(item.computed for item in row.items if not item.decision),
        outcome=outcome_of(row, actor()) if row.closed_on else None,
        name_of=name_of,
        may_write_minutes=may_write_minutes(actor()),
        pressing=frozenset((*one_paper.STEPS, NoticeKind.N0)),
        decisions=DECISIONS,
        rules=rules_of(row),
        colours={colour.value: colour.label for colour in Colour},
        may_decide=holds(actor(), Right.ROUNDS) and row.closed_on is None,
        may_close=holds(actor(), Right.CLOSE_ROUND) and row.closed_on is None,
        refusal=refusal,
        sure=drawing.drawn((SURE,), refusal)["sure"],
        said=forms.typed(DECIDED) if refusal else NOTHING,
    )


@blueprint.post(f"/rounds/<int:round_id>/<any({', '.join(DECISIONS)}):decision>")
@requires(Right.ROUNDS)
@acting(lambda decision, **given: page(**given))  # noqa: ARG005 - the route's own
def decide(round_id: int, decision: str) -> ResponseReturnValue:
    asking.refuse_beside(WorkKind.ROUND)
    given = forms.worded(DECIDED) | {"seen": forms.carried("seen")}
    item = rounds.decide(round_id, RoundAct(decision), actor(), given, clock.now())
    flash(f"{item.issue.number}：{DECISIONS[decision]}", "success")
    return redirect(url_for(".page", round_id=round_id) + f"#row-{item.id}", 303)


@blueprint.post("/rounds/<int:round_id>/close")
@requires(Right.CLOSE_ROUND)
@proven
@acting(page)
def close(round_id: int) -> ResponseReturnValue:
    """A long one is left to a worker, and its page tells how far it is."""
    forms.read((SURE,))
    row = rounds.ready(round_id, actor())
    if sum(bool(item.colour) for item in row.items) > LARGE:
        work = asking.begin(actor(), WorkKind.ROUND, {"round": round_id})
        work.name = f"{row.on}调度"
        want_worker()
        return redirect(url_for("works.page", work_id=work.id), 303)
    asking.refuse_beside(WorkKind.ROUND)
    now = clock.now()
    rounds.close(round_id, actor(), now)
    booking.book_day(now)
    flash("调度已结束：挂牌、文书草稿和当日看板已一并形成", "success")
    return redirect(url_for(".page", round_id=round_id), 303)
