"""What units are called besides: the list, one more, and one that is to be used no longer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.exchange import aliases
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Refusal
from issues.queries.admin import catalogue
from issues.queries.ground.paging import page_asked
from issues.rights.table import Right, holds
from issues.vocabulary import AliasKind
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("aliases", __name__, url_prefix="/admin/aliases")
FIELDS = (
    Field(
        "text", "text", aliases.LABELS["text"], limit=aliases.LONGEST,
        hint="台账中的写法，一次一个。不能是其他单位的名称或叫法。",
    ),
    Field("unit", "unit", aliases.LABELS["unit"]),
    Field("kind", "choice", aliases.LABELS["kind"], choices=tuple(AliasKind.choices())),
    Field(
        "reason", "long_text", aliases.LABELS["reason"], limit=aliases.LONGEST_REASON,
        hint="如机构改革文件号，或见于哪份台账。",
    ),
)  # fmt: skip


@blueprint.get("")
@requires(Right.ALIASES)
def listed(refusal: Refusal | None = None) -> str:
    """`text`, `unit` and `upload` of the address: what the form begins with, and came from."""
    given = {name: request.args.get(name, "") for name in ("text", "unit")}
    asked = whole(request.args.get("upload", ""), 1, LARGEST_ID)
    return render_template(
        "exchange/aliases.html",
        form=drawing.drawn(FIELDS, refusal, given),
        errors=refusal.errors if refusal else {},
        labels=aliases.LABELS,
        upload=asked or forms.number("upload"),
        aliases=catalogue.aliases(page_asked(request.args.get("page", ""))),
        link=lambda to: url_for(".listed", page=to),
        may_open_units=holds(actor(), Right.UNITS),
    )


@blueprint.post("")
@requires(Right.ALIASES)
@acting(listed)
def add() -> ResponseReturnValue:
    row = aliases.add(actor(), forms.worded(FIELDS))
    flash(f"以后“{row.text}”认作{row.unit.short_name}", "success")
    upload = forms.number("upload")
    if upload and holds(actor(), Right.IMPORT):
        return redirect(url_for("exchange.show", upload_id=upload), 303)
    return redirect(url_for(".listed"), 303)


@blueprint.post("/<int:alias_id>/end")
@requires(Right.ALIASES)
@acting(listed)
def end(alias_id: int) -> ResponseReturnValue:
    row = aliases.end(actor(), alias_id)
    flash(f"“{row.text}”不再认作{row.unit.short_name}", "success")
    return redirect(url_for(".listed"), 303)
