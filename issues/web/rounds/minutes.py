"""The minutes of a round that is closed: who was there is chosen, the rest is its record."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import NotAllowed, Refusal, WrongStatus
from issues.notices.passing.minutes import may_write_minutes
from issues.notices.passing.round_minutes import draft_minutes, minutes_of, points
from issues.queries.supervision import room
from issues.queries.supervision.attending import attending
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("round_minutes", __name__)
SEE_OTHER = 303


@blueprint.get("/rounds/<int:round_id>/minutes")
@requires(Right.SEE_ROUNDS)
def page(round_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    """To the minutes, once there are some."""
    row = room.whole(round_id)
    if not may_write_minutes(actor()):
        raise NotAllowed("您没有起草会议纪要的权限。")
    if (known := minutes_of(row, actor())) is not None:
        return redirect(url_for("notices.page", notice_id=known.id), SEE_OTHER)
    if row.closed_on is None:
        raise WrongStatus("调度还没有结束，不能起草纪要。")
    people = attending(row)
    return render_template(
        "rounds/minutes.html",
        round=row,
        people=people,
        ticked=set(forms.marked("present")) if refusal else {p.name for p in people if p.acted},
        points=points(row).splitlines(),
        refusal=refusal,
    )


@blueprint.post("/rounds/<int:round_id>/minutes")
@requires(Right.SEE_ROUNDS)
@acting(page)
def begin(round_id: int) -> ResponseReturnValue:
    row = room.whole(round_id)
    wanted = set(forms.marked("present"))
    present = [person.said for person in attending(row) if person.name in wanted]
    made = draft_minutes(row, present, actor(), clock.now())
    flash("会议纪要已按本次调度的记录起草，请核对、补充后送签", "success")
    return redirect(url_for("notices.page", notice_id=made.id), SEE_OTHER)
