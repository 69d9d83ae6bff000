"""Templates of notices: the words of each kind, read, edited, checked and previewed by a clerk."""

from collections.abc import Mapping
from io import BytesIO

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from flask.helpers import url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, Refusal
from issues.notices.facts import templates
from issues.notices.kinds import TEMPLATES, compose, shipped
from issues.notices.kinds.checking import template_faults
from issues.notices.kinds.named import (
    BLOCKS,
    DAYS,
    OF_TEMPLATE,
    TABLES,
    TEXTS,
    BlockField,
    DayField,
    TableField,
    TextField,
)
from issues.notices.kinds.sample import sample
from issues.notices.page.gongwen import render
from issues.rights.table import Right, holds
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("notice_templates", __name__, url_prefix="/notices/templates")

NamedField = TextField | DayField | BlockField | TableField
FORMS = {
    "file": "文件格式",
    "letter": "信函格式",
    "report": "专报",
    "upward": "上行文",
    "minutes": "纪要格式",
}
FIELDS: tuple[tuple[str, Mapping[str, NamedField]], ...] = (
    ("写在句中", {**TEXTS, **DAYS}),
    ("单独占一行，写成几段", {**BLOCKS}),
    ("写在“附件：”行末尾", TABLES),
)
SENT = (Field("text", "long_text", "模板文本"), Field("reason", "text", "修改理由"))


@blueprint.get("")
@requires(Right.TEMPLATES)
def listed() -> str:
    return render_template(
        "notices/templates.html",
        templates=TEMPLATES.items(),
        saved=templates.numbers(),
        forms=FORMS,
        sees_settings=holds(actor(), Right.FONTS),
    )


@blueprint.get("/<name>")
@requires(Right.TEMPLATES)
def page(name: str, refusal: Refusal | None = None) -> str:
    """`?version=` shows an older text, ready to be saved again; 0 is the shipped one."""
    templates.known(name)
    number, text = templates.in_force(name)
    asked = whole(request.args.get("version", ""), 0, LARGEST_ID)
    shown = text if asked is None else templates.text_of(name, asked)
    return render_template(
        "notices/template.html",
        name=name,
        template=TEMPLATES[name],
        forms=FORMS,
        number=number,
        asked=asked,
        **(forms.typed(SENT) if refusal else {"text": shown, "reason": ""}),
        versions=templates.versions(name),
        differing=templates.differences(shown, text) if asked is not None else [],
        fields=[
            (label, [(key, one.hint) for key, one in group.items()]) for label, group in FIELDS
        ],
        of_template=OF_TEMPLATE.items(),
        is_shipped=templates.tidy(shown) == templates.tidy(shipped(name)),
        may_edit=holds(actor(), Right.EDIT_TEMPLATE),
        refusal=refusal,
    )


@blueprint.post("/<name>")
@requires(Right.EDIT_TEMPLATE)
@acting(page)
def save(name: str) -> ResponseReturnValue:
    said, base = forms.worded(SENT), forms.number("base")
    row = templates.save(
        name,
        said["text"],
        said["reason"],
        templates.SHIPPED if base is None else base,
        actor(),
        clock.now(),
        current_app.extensions["faces"](),
    )
    flash(f"模板已保存为第{row.number}版，今后起草和签发的文书按此行文", "success")
    return redirect(url_for(".page", name=name), 303)


@blueprint.post("/<name>/preview")
@requires(Right.EDIT_TEMPLATE)
@builds_file
def preview(name: str) -> ResponseReturnValue:
    """An example drawn with the text as typed; nothing is kept."""
    templates.known(name)
    faces = current_app.extensions["faces"]()
    text = templates.tidy(forms.typed(SENT)["text"])
    faults = [str(fault) for fault in template_faults(text, faces)]
    if faults:
        refusal = Incomplete({"text": faults})
        return make_response(page(name=name, refusal=refusal), refusal.status)
    content = render(compose(sample(name, text)), faces).pdf
    answer = send_file(BytesIO(content), mimetype="application/pdf", max_age=0)
    answer.headers["Content-Disposition"] = "inline; filename=preview.pdf"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
