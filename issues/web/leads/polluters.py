"""The pollution sources of one lead: those it is tied to, and those it may be about."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.ground import signs
from issues.ground.refusals import NotFound, Refusal
from issues.leads import triage
from issues.models import Lead
from issues.polluters import tying_leads
from issues.polluters.keeping import LONGEST_REASON
from issues.queries.polluters import page as queries
from issues.queries.polluters.suggested import MOST, suggested_for
from issues.rights.table import Right
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("lead_polluters", __name__)
REASON = Field("reason", "text", "取消关联的理由", limit=LONGEST_REASON)
WHY = Field("reason", "text", "关联的理由", limit=LONGEST_REASON)


@blueprint.get("/leads/<int:lead_id>/polluters")
@requires(Right.KEEP_POLLUTERS)
def page(lead_id: int) -> str:
    return _page(lead_id)


def _page(lead_id: int, refusal: Refusal | None = None) -> str:
    lead = triage.find(lead_id, actor())
    words = signs.clean(request.args.get("q", "")).strip()[:80]
    return render_template(
        "polluters/ties.html",
        of=_of(lead),
        words=words,
        most=MOST,
        tied=queries.of_leads([lead.id], actor()).get(lead.id, []),
        offered=suggested_for(lead, actor(), words),
        form=drawing.drawn((REASON,), refusal),
        errors=refusal.errors if refusal else {},
        labels={"reason": "理由"},
    )


def _of(lead: Lead) -> dict[str, object]:
    return {
        "called": f"线索第{lead.id}号",
        "back": url_for("leads.page", lead_id=lead.id),
        "back_label": "返回线索",
        "page": url_for(".page", lead_id=lead.id),
        "tie": url_for(".tie", lead_id=lead.id),
        "untie": url_for(".untie", lead_id=lead.id),
        "asks_why": True,
    }


@blueprint.post("/leads/<int:lead_id>/polluters/tie")
@requires(Right.KEEP_POLLUTERS)
@acting(lambda refusal, lead_id: _page(lead_id, refusal))
def tie(lead_id: int) -> ResponseReturnValue:
    lead, why = triage.find(lead_id, actor()), forms.worded((WHY,))["reason"]
    row = tying_leads.tie(actor(), lead, _chosen(), why)
    flash(f"已关联“{row.name}”。", "success")
    return redirect(url_for(".page", lead_id=lead_id), 303)


@blueprint.post("/leads/<int:lead_id>/polluters/untie")
@requires(Right.KEEP_POLLUTERS)
@acting(lambda refusal, lead_id: _page(lead_id, refusal))
def untie(lead_id: int) -> ResponseReturnValue:
    lead, why = triage.find(lead_id, actor()), forms.worded((REASON,))["reason"]
    row = tying_leads.untie(actor(), lead, _chosen(), why)
    flash(f"已取消关联“{row.name}”。", "success")
    return redirect(url_for(".page", lead_id=lead_id), 303)


def _chosen() -> int:
    if (chosen := forms.number("polluter")) is None:
        raise NotFound
    return chosen
