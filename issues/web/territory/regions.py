"""The tree of places: what lies where with what stands on it, one place, and the acts on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from issues import regions
from issues.act_fields import Field, optional
from issues.ground import signs
from issues.ground.refusals import Refusal
from issues.models import Region
from issues.queries.admin import places
from issues.queries.ground.paging import page_asked
from issues.rights.table import Right, holds
from issues.territory import changing, wording
from issues.vocabulary import RegionAct, RegionKind
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("regions", __name__, url_prefix="/admin/regions")
NAME = Field("name", "text", wording.LABELS["name"], limit=wording.LONGEST_NAME)
REASON = Field(
    "reason", "text", wording.LABELS["reason"], limit=wording.LONGEST_REASON,
    hint="如区划调整文件号。",
)  # fmt: skip
CODE = optional(
    "code", "text", wording.LABELS["code"], limit=wording.LONGEST_CODE,
    hint="县（区）以上和园区填6位区划代码；乡镇以下没有代码的可不填，由系统编号。",
)  # fmt: skip
PARENT = Field(
    "parent", "text", wording.LABELS["parent"], limit=wording.LONGEST_CODE,
    hint="填上级区域的代码，在“区域”页查找得到，如110105。",
)  # fmt: skip
KIND = Field("kind", "choice", wording.LABELS["kind"], choices=tuple(RegionKind.choices()))


@dataclass(frozen=True, slots=True)
class Changing:
    """An act on a place: what its form asks, and what is told before and after it."""

    label: str
    fields: tuple[Field, ...]
    do: Callable[[Actor, str, Mapping[str, str]], Region]
    done: str
    note: str = ""


ACTS = {
    "below": Changing("添加下级区域", (NAME, KIND, CODE), changing.add, "已添加"),
    "rename": Changing(
        "更改名称", (NAME, REASON), changing.rename, "名称已更改",
        "已签发的文书和办理过程中的名称不变。",
    ),
    "move": Changing(
        "调整上级区域", (PARENT, REASON), changing.move, "上级区域已调整", "下级区域一并调整。"
    ),
    "end": Changing(
        "停用", (REASON,), changing.end, "已停用",
        "下级区域一并停用，停用后不能再选，历史仍在；还有单位或未办结问题的不能停用。",
    ),
    "restore": Changing("恢复", (REASON,), changing.restore, "已恢复", "同时停用的下级也恢复。"),
}  # fmt: skip


@blueprint.get("")
@requires(Right.REGIONS)
def listed() -> str:
    words = signs.clean(request.args.get("q", "")).strip()[: wording.LONGEST_NAME]
    page = page_asked(request.args.get("page", ""))
    return render_template(
        "territory/regions.html",
        words=words,
        chosen=regions.city(),
        rows=places.named(words, page) if words else places.inside("", page),
        link=lambda to: url_for(".listed", q=words or None, page=to),
    )


@blueprint.get("/new")
@requires(Right.REGIONS)
def new(refusal: Refusal | None = None) -> str:
    """One at the top, where the national table has none."""
    return _drawn("添加区域", "", url_for(".add"), _below(None), refusal)


@blueprint.post("/new")
@requires(Right.REGIONS)
@acting(new)
def add() -> ResponseReturnValue:
    return _done(changing.add(actor(), "", forms.worded(_below(None))), "已添加")


@blueprint.get("/<code>")
@requires(Right.REGIONS)
def one(code: str) -> str:
    place = changing.find(code)
    return render_template(
        "territory/region.html",
        place=place,
        above=regions.above(place),
        rows=places.inside(code, page_asked(request.args.get("page", ""))),
        link=lambda to: url_for(".one", code=code, page=to),
        offered={name: ACTS[name].label for name in _offered(place)},
        used=changing.uses(place),
        records=places.records(place),
        most_events=places.MOST_EVENTS,
        acts={act.value: act.label for act in RegionAct},
        may_open={"units": holds(actor(), Right.UNITS), "tickets": holds(actor(), Right.VIEW)},
    )


@blueprint.get("/<code>/<any(below, rename, move, end, restore):act>")
@requires(Right.REGIONS)
def ask(code: str, act: str, refusal: Refusal | None = None) -> str:
    place, asked = changing.find(code), ACTS[act]
    fields = _below(place) if act == "below" else asked.fields
    current = {"name": place.name} if act == "rename" else {}
    url = url_for(".do", code=code, act=act)
    title = f"{place.name}：{asked.label}"
    return _drawn(title, asked.note, url, fields, refusal, place=place, current=current)


@blueprint.post("/<code>/<any(below, rename, move, end, restore):act>")
@requires(Right.REGIONS)
@acting(ask)
def do(code: str, act: str) -> ResponseReturnValue:
    asked = ACTS[act]
    return _done(asked.do(actor(), code, forms.worded(asked.fields)), asked.done)


def _drawn(
    title: str, note: str, url: str, fields: tuple[Field, ...], refusal: Refusal | None,
    *, place: Region | None = None, current: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    return render_template(
        "territory/region_act.html",
        title=title,
        note=note,
        url=url,
        place=place,
        form=drawing.drawn(fields, refusal, current),
        errors=refusal.errors if refusal else {},
        labels=wording.LABELS,
    )


def _offered(place: Region) -> tuple[str, ...]:
    """The acts that can be asked for as the place stands."""
    if place.ended_at:
        return ("restore",)
    below = ("below",) if wording.BELOW[place.kind] else ()
    return (*below, "rename", *(("move",) if place.parent else ()), "end")


def _below(parent: Region | None) -> tuple[Field, ...]:
    """The fields of a place to be added, with the kinds that may lie there."""
    allowed = wording.BELOW[parent.kind if parent else None]
    known = tuple((one.value, one.label) for one in allowed)
    return NAME, Field(KIND.name, KIND.type, KIND.label, choices=known), CODE


def _done(place: Region, told: str) -> ResponseReturnValue:
    flash(f"“{place.name}”{told}，代码{place.code}。", "success")
    return redirect(url_for(".one", code=place.code), 303)
