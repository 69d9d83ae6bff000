"""What an import brought, and whether the board shows that batch as a line of its own."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.exchange import uploads
from issues.exchange.pictures import keeping
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import LedgerImport
from issues.queries.register import imports as queries
from issues.rights.table import Right
from issues.supervision import campaigns
from issues.vocabulary import Status
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("campaigns", __name__)
FIELDS = (
    Field(
        "name", "text", "看板上的名称", limit=campaigns.LONGEST_NAME, hint="如 第二批暗访问题"
    ),
)  # fmt: skip


def draw_report(row: LedgerImport, refusal: Refusal | None = None) -> str:
    campaign = campaigns.in_force()
    asked: dict[str, Any] = campaigns.asked_of(row)
    return render_template(
        "exchange/import_report.html",
        upload=row,
        pictures=row.report.get(keeping.RESULT),
        campaign=campaign,
        is_shown=campaign is not None and campaign.is_of(row),
        listed=url_for("register.page", **asked),
        drafts=queries.drafts_of(row),
        to_assign=url_for("register.page", **asked, status=Status.DRAFT.value),
        form=drawing.drawn(FIELDS, refusal),
        errors=refusal.errors if refusal else {},
    )


def _again(refusal: Refusal, upload_id: int) -> str:
    return draw_report(uploads.load(upload_id), refusal)


@blueprint.post("/issues/import/<int:upload_id>/campaign")
@requires(Right.IMPORT)
@acting(_again)
def put(upload_id: int) -> ResponseReturnValue:
    row = uploads.load(upload_id)
    campaigns.put(row, forms.worded(FIELDS)["name"], actor(), at=clock.now())
    flash("看板、大屏和作战图从现在起单列这一批", "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)


@blueprint.post("/issues/import/<int:upload_id>/campaign/end")
@requires(Right.IMPORT)
@acting(_again)
def end(upload_id: int) -> ResponseReturnValue:
    """Nothing happens where the board shows another batch by now."""
    campaign = campaigns.in_force()
    if campaign is not None and campaign.is_of(uploads.load(upload_id)):
        campaigns.end(actor(), at=clock.now())
        flash("看板不再单列这一批", "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)
