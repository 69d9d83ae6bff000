"""Which evidence each type and source of ticket must hold before acceptance is asked for."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.evidence import checklists
from issues.ground import clock
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete, Refusal
from issues.rights.table import Right, holds
from issues.rules.required import ASKABLE, MOST_ASKED
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("checklist", __name__)
GROUPS = (("", "各类事项"), ("types.", "按问题类型"), ("sources.", "按来源"))


@blueprint.get("/admin/checklist")
@requires(Right.CHECKLIST)
def page(refusal: Refusal | None = None) -> str:
    document = checklists.in_force()
    lines = list(checklists.lines())
    return render_template(
        "evidence/checklist.html",
        groups=[
            (label, [one for one in lines if _group(one[0]) == head]) for head, label in GROUPS
        ],
        kinds=ASKABLE,
        said={
            _name(line, kind.value): _said(line, kind, document, refusal)
            for line, _ in lines
            for kind in ASKABLE
        },
        versions=checklists.versions(),
        may_set=holds(actor(), Right.SET_CHECKLIST),
        most=MOST_ASKED,
        reason=request.form.get("reason", "") if refusal else "",
        errors=refusal.errors if refusal else {},
    )


def _group(line: str) -> str:
    part, dot, _ = line.partition(".")
    return part + dot if dot else ""


def _name(line: str, kind: str) -> str:
    return f"{line}.{kind}"


def _said(line: str, kind, document, refusal: Refusal | None) -> str:  # noqa: ANN001 - a word, a document
    """What was typed where the form comes again, else what is in force; nothing for none."""
    if refusal:
        return request.form.get(_name(line, kind.value), "")
    return str(checklists.count_in(document, line, kind) or "")


@blueprint.post("/admin/checklist")
@requires(Right.SET_CHECKLIST)
@acting(page)
def put() -> ResponseReturnValue:
    checklists.put(_typed(), actor(), request.form.get("reason", ""), at=clock.now())
    flash("已采用新的必备材料清单,以后申请验收按它核对。", "success")
    return redirect(url_for(".page"), 303)


def _typed() -> dict:
    """The checklist of the form. Raises Incomplete, each fault at its field."""
    errors, counts = {}, {}
    for line, label in checklists.lines():
        for kind in ASKABLE:
            text = request.form.get(_name(line, kind.value), "").strip()
            count = whole(text, 0, MOST_ASKED)
            if text and count is None:
                errors[_name(line, kind.value)] = [
                    f"{label}的{kind.label}应是0到{MOST_ASKED}的整数"
                ]
            elif text:
                counts[line, kind.value] = count
    if errors:
        raise Incomplete(errors)
    return checklists.document_of(counts)
