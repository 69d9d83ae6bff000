"""Pollution sources: the list, one with everything known of it, and the acts on it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field, optional
from issues.ground import signs
from issues.ground.refusals import Refusal
from issues.polluters import keeping
from issues.queries.ground import names as units
from issues.queries.ground.paging import page_asked
from issues.queries.polluters import page as queries
from issues.queries.polluters.page import Asked
from issues.rights.table import Right, holds
from issues.vocabulary import PolluterAct, PolluterKind
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("polluters", __name__, url_prefix="/polluters")
KINDS = tuple(PolluterKind.choices())
DATUM = "手机定位或CGCS2000的坐标，小数度。"
FIELDS = (
    Field("name", "text", "名称", limit=80),
    optional("code", "text", "统一社会信用代码", limit=18, hint="18位；没有的可不填。"),
    Field("kind", "choice", "类别", choices=KINDS),
    Field("region", "region", "所在县（区）"),
    optional("place", "text", "地址", limit=200),
    optional("lon", "text", "经度", limit=20, hint=DATUM),
    optional("lat", "text", "纬度", limit=20, hint=DATUM),
    optional("permits", "text", "许可证编号", limit=200, hint="几个以顿号分开。"),
)
REASON = Field("reason", "text", "理由", limit=keeping.LONGEST_REASON)
ACTS = {
    "amend": ("修改", (*FIELDS, REASON), keeping.amend, "已修改"),
    "end": ("停用", (REASON,), keeping.end, "已停用"),
}
LABELS = {one.name: one.label for one in (*FIELDS, REASON)}


def asked_of(args: Mapping[str, str]) -> Asked:
    words = signs.clean(args.get("q", "")).strip()[:80]
    said = {name: signs.clean(args.get(name, ""))[:24] for name in ("kind", "region", "tied")}
    return Asked(words, **said)


@blueprint.get("")
@requires(Right.POLLUTERS)
def listed() -> str:
    asked, names = asked_of(request.args), units.names()
    said = {"q": asked.words, "kind": asked.kind, "region": asked.region, "tied": asked.tied}
    kept: dict[str, Any] = {name: word for name, word in said.items() if word}
    return render_template(
        "polluters/list.html",
        asked=asked,
        rows=queries.listed(asked, actor(), page_asked(request.args.get("page", ""))),
        kinds=KINDS,
        regions=names.regions,
        region_of=names.region,
        may_keep=holds(actor(), Right.KEEP_POLLUTERS),
        sees_leads=holds(actor(), Right.SEE_LEADS),
        link=lambda to: url_for(".listed", **kept, page=to),
        on_map=url_for("map.page", polluters=asked.kind or "all"),
    )


@blueprint.get("/new")
@requires(Right.KEEP_POLLUTERS)
def new(refusal: Refusal | None = None) -> str:
    return _drawn("登记污染源", url_for(".add"), FIELDS, refusal)


@blueprint.post("/new")
@requires(Right.KEEP_POLLUTERS)
@acting(new)
def add() -> ResponseReturnValue:
    row = keeping.add(actor(), forms.worded(FIELDS))
    flash(f"“{row.name}”已登记。", "success")
    return redirect(url_for(".one", polluter_id=row.id), 303)


@blueprint.get("/<int:polluter_id>")
@requires(Right.POLLUTERS)
def one(polluter_id: int) -> str:
    row = keeping.find(polluter_id, actor())
    told = queries.told_of(row, actor())
    return render_template(
        "polluters/one.html",
        row=row,
        region=units.names().region(row.region),
        tickets=told.tickets,
        leads=told.leads,
        sees_leads=holds(actor(), Right.SEE_LEADS),
        records=told.records,
        most_events=queries.MOST_EVENTS,
        most_tickets=queries.MOST_TICKETS,
        acts={act.value: act.label for act in PolluterAct},
        may_keep=holds(actor(), Right.KEEP_POLLUTERS) and row.ended_at is None,
    )


@blueprint.get("/<int:polluter_id>/<any(amend, end):change>")
@requires(Right.KEEP_POLLUTERS)
def ask(polluter_id: int, change: str, refusal: Refusal | None = None) -> str:
    row = keeping.find(polluter_id, actor())
    label, fields, _, _ = ACTS[change]
    url = url_for(".do", polluter_id=polluter_id, change=change)
    back = url_for(".one", polluter_id=polluter_id)
    return _drawn(f"{row.name}：{label}", url, fields, refusal, back, keeping.kept(row))


@blueprint.post("/<int:polluter_id>/<any(amend, end):change>")
@requires(Right.KEEP_POLLUTERS)
@acting(ask)
def do(polluter_id: int, change: str) -> ResponseReturnValue:
    _, fields, carry_out, done = ACTS[change]
    row = carry_out(actor(), polluter_id, forms.worded(fields))
    flash(f"“{row.name}”{done}。", "success")
    return redirect(url_for(".one", polluter_id=polluter_id), 303)


def _drawn(
    title: str, url: str, fields: tuple[Field, ...], refusal: Refusal | None,
    back: str = "", current: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    return render_template(
        "polluters/form.html",
        title=title,
        url=url,
        back=back or url_for(".listed"),
        form=drawing.drawn(fields, refusal, current),
        errors=refusal.errors if refusal else {},
        labels=LABELS,
    )
