"""Every component in every state on one page, for who builds pages. Example data only."""

from datetime import timedelta

from flask import Blueprint, current_app, render_template

from issues.act_fields import FIELDS, MEASURE, Field
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.vocabulary import Action, Colour, Status
from issues.web.door.guards import signed_in

blueprint = Blueprint("style", __name__)

TYPES = (
    Field("title", "text", "标题", hint="一句话说清问题"),
    Field("day", "date", "日期"),
    Field("limit_text", "deadline", "时限（原文）", required=False),
    Field("length", "decimal", "长度", hint="公里"),
    Field("unlawful", "flag", "存在违法行为", required=False),
    Field("people", "names", "核查人员"),
    Field("plan", "rows", "整改措施", fields=MEASURE[:5]),
)
FIELDS_SHOWN = (*TYPES, *FIELDS[Action.APPROVE_CLOSURE][:2], FIELDS[Action.RETURN_CLOSURE][1])
AS_FILLED = {"reason": "", "title": "场镇生活污水直排河道"}
WRONG = {"reason": ["请写明理由"]}


@blueprint.get("/style")
@signed_in
def page() -> str:
    if not current_app.extensions["settings"].demo:
        raise NotFound
    today = clock.today()
    return render_template(
        "admin/style.html",
        colours=[colour.value for colour in Colour],
        statuses=list(Status),
        days=[today + timedelta(days=days) for days in (-12, 0, 3, 90)],
        fields=[_drawn(field) for field in FIELDS_SHOWN],
        page_link=lambda number: f"?page={number}",
    )


def _drawn(field: Field) -> dict:
    """A field with what was typed and what was wrong."""
    drawn = {name: getattr(field, name) for name in Field.__slots__}
    return drawn | {"value": AS_FILLED.get(field.name), "errors": WRONG.get(field.name, [])}
