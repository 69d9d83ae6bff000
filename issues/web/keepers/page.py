"""Keepers: the list, one with what is kept and the past, and the acts on the person."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field, optional
from issues.ground import clock, signs
from issues.ground.refusals import Incomplete, Refusal
from issues.keepers import giving, roll
from issues.queries.ground.paging import page_asked
from issues.queries.keepers import page as queries, rollup
from issues.rights.table import Right, holds, sees_all
from issues.vocabulary import KeeperAct
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("keepers", __name__, url_prefix="/keepers")
FIELDS = (
    Field("name", "text", roll.LABELS["name"], limit=40),
    optional("phone", "tel", roll.LABELS["phone"], limit=40, hint="没有账号的必填。"),
    optional("body", "text", roll.LABELS["body"], limit=80, hint="所在单位和职务。"),
    optional(
        "account", "text", roll.LABELS["account"], limit=40, hint="有系统账号的填写登录账号。"
    ),
)
REASON = Field("reason", "text", "理由", limit=roll.LONGEST_REASON)
ACTS = {
    "amend": ("修改", (*FIELDS, REASON), roll.amend, "已修改"),
    "end": ("停用", (REASON,), roll.end, "已停用"),
}
LABELS = {one.name: one.label for one in (*FIELDS, REASON)} | {"keeper": "接手人"}
LONGEST = 80


def words_asked() -> str:
    """What the address searches for."""
    return signs.clean(request.args.get("q", "")).strip()[:LONGEST]


@blueprint.get("")
@requires(Right.KEEPERS)
def listed() -> str:
    words = words_asked()
    return render_template(
        "keepers/list.html",
        words=words,
        rows=queries.listed(words, page_asked(request.args.get("page", "")), actor()),
        may_import=holds(actor(), Right.IMPORT_KEEPERS),
        shown=rollup.SHOWN,
        colours=rollup.colours_by_keeper(actor(), clock.today()),
        may_set=holds(actor(), Right.SET_KEEPERS),
        link=lambda to: url_for(".listed", q=words or None, page=to),
    )


@blueprint.get("/new")
@requires(Right.SET_KEEPERS)
def new(refusal: Refusal | None = None) -> str:
    return _drawn("登记包保人", url_for(".add"), FIELDS, refusal)


@blueprint.post("/new")
@requires(Right.SET_KEEPERS)
@acting(new)
def add() -> ResponseReturnValue:
    row = roll.add(actor(), forms.worded(FIELDS))
    flash(f"“{row.name}”已登记。", "success")
    return redirect(url_for(".one", keeper_id=row.id), 303)


@blueprint.get("/<int:keeper_id>")
@requires(Right.KEEPERS)
def one(keeper_id: int) -> str:
    row = roll.find(keeper_id, actor())
    things = queries.things_of(row, actor())
    is_own = roll.is_own(row, actor())
    knows_all = is_own or sees_all(actor(), Right.KEEPERS)
    return render_template(
        "keepers/one.html",
        row=row,
        now=[thing for thing in things if thing.until_on is None],
        before=[thing for thing in things if thing.until_on is not None],
        shown=rollup.SHOWN,
        colours=rollup.colours_by_keeper(actor(), clock.today())[row.id],
        tickets=rollup.tickets_of(row.id, actor(), clock.today()),
        most_tickets=rollup.MOST_TICKETS,
        today=clock.today(),
        records=queries.records_of(row) if knows_all else [],
        knows_all=knows_all,
        most_events=queries.MOST_EVENTS,
        acts={act.value: act.label for act in KeeperAct},
        may_set=is_own and holds(actor(), Right.SET_KEEPERS) and row.ended_at is None,
    )


@blueprint.get("/<int:keeper_id>/<any(amend, end):change>")
@requires(Right.SET_KEEPERS)
def ask(keeper_id: int, change: str, refusal: Refusal | None = None) -> str:
    row = roll.find(keeper_id, actor())
    label, fields, _, _ = ACTS[change]
    url = url_for(".do", keeper_id=keeper_id, change=change)
    back = url_for(".one", keeper_id=keeper_id)
    return _drawn(f"{row.name}：{label}", url, fields, refusal, back, roll.kept(row))


@blueprint.post("/<int:keeper_id>/<any(amend, end):change>")
@requires(Right.SET_KEEPERS)
@acting(ask)
def do(keeper_id: int, change: str) -> ResponseReturnValue:
    _, fields, carry_out, done = ACTS[change]
    row = carry_out(actor(), keeper_id, forms.worded(fields))
    flash(f"“{row.name}”{done}。", "success")
    return redirect(url_for(".one", keeper_id=row.id), 303)


@blueprint.get("/<int:keeper_id>/hand-over")
@requires(Right.SET_KEEPERS)
def ask_hand_over(keeper_id: int, refusal: Refusal | None = None) -> str:
    """All that one keeps to another: who, and why."""
    row, words = roll.find(keeper_id, actor()), words_asked()
    return render_template(
        "keepers/hand_over.html",
        row=row,
        words=words,
        offered=[other for other in queries.offered(words, actor()) if other.id != row.id],
        most=queries.MOST_OFFERED,
        things=[one for one in queries.things_of(row, actor()) if one.until_on is None],
        form=drawing.drawn((REASON,), refusal),
        errors=refusal.errors if refusal else {},
        labels=LABELS,
    )


@blueprint.post("/<int:keeper_id>/hand-over")
@requires(Right.SET_KEEPERS)
@acting(ask_hand_over)
def hand_over(keeper_id: int) -> ResponseReturnValue:
    to = chosen_keeper()
    count = giving.hand_over(actor(), keeper_id, to, forms.worded((REASON,)))
    flash(f"已移交{count}处包保。", "success")
    return redirect(url_for(".one", keeper_id=to), 303)


@blueprint.get("/release/<int:keeping_id>")
@requires(Right.SET_KEEPERS)
def ask_release(keeping_id: int, refusal: Refusal | None = None) -> str:
    """Says whose and what, so that nobody ends another one by mistake."""
    row = giving.endable_keeping(actor(), keeping_id)
    what = "".join(giving.of_what([row])[0].values())
    url, back = (url_for(".release", keeping_id=row.id), url_for(".one", keeper_id=row.keeper_id))
    return _drawn(f"结束包保：{row.keeper.name} {what}", url, (REASON,), refusal, back)


@blueprint.post("/release/<int:keeping_id>")
@requires(Right.SET_KEEPERS)
@acting(ask_release)
def release(keeping_id: int) -> ResponseReturnValue:
    row = giving.release(actor(), keeping_id, forms.worded((REASON,)))
    flash("已结束，记录保留。", "success")
    return redirect(url_for(".one", keeper_id=row.keeper_id), 303)


def chosen_keeper() -> int:
    """The keeper that the form names. Raises Incomplete."""
    if (chosen := forms.number("keeper")) is None:
        raise Incomplete({"keeper": ["请先查找，再选择包保人"]})
    return chosen


def _drawn(
    title: str, url: str, fields: tuple[Field, ...], refusal: Refusal | None,
    back: str = "", current: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    return render_template(
        "keepers/form.html",
        title=title,
        url=url,
        back=back or url_for(".listed"),
        form=drawing.drawn(fields, refusal, current),
        errors=refusal.errors if refusal else {},
        labels=LABELS,
    )
