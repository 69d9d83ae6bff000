"""常用语: the page on which a person keeps their own, beside the office's."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import optional
from issues.city import opinions, words
from issues.city.phrases import LONGEST, MOST
from issues.ground.refusals import Refusal
from issues.rights.table import Right, holds
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, signed_in

blueprint = Blueprint("phrases", __name__)
FIELDS = tuple(
    optional(way, "long_text", f"{opinions.LABELS[way]}的常用语",
             hint=f"每行一句，排在前的先列；最多{MOST}句，每句最多{LONGEST}字。删去一行即不再列出。")
    for way in opinions.KEYS
)  # fmt: skip


@blueprint.get("/account/phrases")
@signed_in
def page(refusal: Refusal | None = None) -> str:
    own, office = opinions.own_of(actor()), words.opinions()
    current = {way: "\n".join(texts) for way, texts in own.items()}
    return render_template(
        "account/phrases.html",
        form=drawing.drawn(FIELDS, refusal, current),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in FIELDS},
        office=[(opinions.LABELS[way], office[key]) for way, key in opinions.KEYS.items()],
        may_set_up=holds(actor(), Right.EDIT_TEMPLATE),
    )


@blueprint.post("/account/phrases")
@signed_in
@acting(page)
def keep() -> ResponseReturnValue:
    opinions.keep(actor(), forms.worded(FIELDS))
    flash("常用语已保存。", "success")
    return redirect(url_for(".page"), 303)
