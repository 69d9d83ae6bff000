"""Taking a whole import back: what goes with it, or what stands in the way; then the act."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.exchange import uploads
from issues.exchange.undoing.taking_back import ALREADY, REASON, plan, take_back
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.rights.table import Right
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("undoing", __name__)
FIELDS = (REASON,)
MOST_SHOWN, FEW = 50, 10


def _draw(upload_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    row = uploads.load(upload_id)
    if row.taken_back_at is not None:
        flash(ALREADY, "info")
        return redirect(url_for("exchange.show", upload_id=upload_id))
    return render_template(
        "exchange/undo.html",
        upload=row,
        plan=plan(row),
        most=MOST_SHOWN,
        few=FEW,
        form=drawing.drawn(FIELDS, refusal),
        errors=refusal.errors if refusal else {},
        hidden={"once": once.new_key()},
    )


@blueprint.get("/issues/import/<int:upload_id>/undo")
@requires(Right.IMPORT)
def ask(upload_id: int) -> ResponseReturnValue:
    return _draw(upload_id)


def _again(refusal: Refusal, upload_id: int) -> ResponseReturnValue:
    return _draw(upload_id, refusal)


@blueprint.post("/issues/import/<int:upload_id>/undo")
@requires(Right.IMPORT)
@proven
@acting(_again)
def undo(upload_id: int) -> ResponseReturnValue:
    row = uploads.load(upload_id, for_change=True)
    reason = forms.read(FIELDS)["reason"]
    gone = take_back(row, reason, actor(), at=clock.now())
    if gone is None:
        flash(ALREADY, "info")
    else:
        flash(f"已撤回这次导入的{len(gone.tickets)}个问题", "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)
