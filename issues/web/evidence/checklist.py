"""Which evidence each type and source of ticket must hold before acceptance is asked for."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field, optional
from issues.evidence import checklists
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.rights.table import Right, holds
from issues.rules.required import ASKABLE, MOST_ASKED, Document
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("checklist", __name__)
GROUPS = (("", "各类事项"), ("types.", "按问题类型"), ("sources.", "按来源"))


def _name(line: str, kind: str) -> str:
    return f"{line}.{kind}"


COUNTS = tuple(
    optional(
        _name(line, kind.value), "integer", f"{label}的{kind.label}", most=MOST_ASKED,
        asks=f"{label}的{kind.label}应是0到{MOST_ASKED}的整数",
    )
    for line, label in checklists.lines()
    for kind in ASKABLE
)  # fmt: skip
"""How many of each kind each line asks for."""
REASON = Field(
    "reason", "long_text", "更改的理由", limit=checklists.LONGEST_REASON, hint="如依据的文件或会议"
)


@blueprint.get("/admin/checklist")
@requires(Right.CHECKLIST)
def page(refusal: Refusal | None = None) -> str:
    lines = list(checklists.lines())
    return render_template(
        "evidence/checklist.html",
        groups=[
            (label, [one for one in lines if _group(one[0]) == head]) for head, label in GROUPS
        ],
        kinds=ASKABLE,
        said=forms.typed(COUNTS) if refusal else _said(checklists.in_force()),
        versions=checklists.versions(),
        may_set=holds(actor(), Right.SET_CHECKLIST),
        most=MOST_ASKED,
        reason=drawing.drawn((REASON,), refusal)["reason"],
        errors=refusal.errors if refusal else {},
    )


def _group(line: str) -> str:
    part, dot, _ = line.partition(".")
    return part + dot if dot else ""


def _said(document: Document) -> dict[str, str]:
    """What is in force, by the name of its field; nothing for none."""
    return {
        _name(line, kind.value): str(checklists.count_in(document, line, kind) or "")
        for line, _ in checklists.lines()
        for kind in ASKABLE
    }


@blueprint.post("/admin/checklist")
@requires(Right.SET_CHECKLIST)
@acting(page)
def put() -> ResponseReturnValue:
    checklists.put(_typed(), actor(), forms.worded((REASON,))["reason"], at=clock.now())
    flash("已采用新的必备材料清单，以后申请验收按它核对。", "success")
    return redirect(url_for(".page"), 303)


def _typed() -> dict[str, Any]:
    """The checklist of the form. Raises Incomplete, each fault at its field."""
    counts = {}
    for name, count in forms.read(COUNTS).items():
        line, _, kind = name.rpartition(".")
        counts[line, kind] = count or 0
    return checklists.document_of(counts)
