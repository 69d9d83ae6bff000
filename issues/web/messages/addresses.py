"""接收设置: addresses of a person or of the unit they lead, each proven by a code sent to it."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.act_fields import Field
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.messages import addresses, choices, feeds, kinds
from issues.models import Address
from issues.vocabulary import Timing
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, signed_in

blueprint = Blueprint("addresses", __name__)
SEE_OTHER = 303
UNIT = "unit"
"""What a form of the unit's group carries under `whose`."""
ADDRESS = (
    Field(
        "address", "text", "邮箱或群机器人网址", limit=kinds.LONGEST,
        asks="请填写邮箱或群机器人网址",
        hint="群机器人网址在企业微信、钉钉、飞书的群设置中复制，以 https:// 开头。",
    ),
)  # fmt: skip
CODE = (
    Field(
        "code", "text", "验证码", limit=6, asks="请填写收到的 6 位验证码",
        autocomplete="one-time-code", hint="已发往该地址，30 分钟内有效。",
    ),
)  # fmt: skip


def timings(*, for_unit: bool) -> tuple[Field, ...]:
    """When each event is told, and the hours of quiet."""
    return (
        *(
            Field(one.value, "choice", one.label, choices=tuple(Timing.choices()),
                  asks="请选择接收方式")
            for one in choices.events(for_unit=for_unit)
        ),
        Field("quiet_from", "text", "免打扰开始", limit=5, asks=choices.WRONG_HOUR),
        Field("quiet_until", "text", "免打扰结束", limit=5, asks=choices.WRONG_HOUR),
    )  # fmt: skip


def is_of_unit() -> bool:
    """Which page a form was sent from, or which is asked for."""
    return forms.carried("whose") == UNIT or request.path == url_for("addresses.unit_page")


@blueprint.get("/account/addresses")
@signed_in
def page(refusal: Refusal | None = None, **_given: int) -> str:
    return drawn(refusal, for_unit=is_of_unit() and addresses.leads(actor()))


@blueprint.get("/account/addresses/unit")
@signed_in
def unit_page() -> str:
    if not addresses.leads(actor()):
        raise NotFound
    return drawn(for_unit=True)


def drawn(refusal: Refusal | None = None, *, for_unit: bool) -> str:
    person = actor()
    chosen = choices.chosen(person, for_unit=for_unit)
    rows = addresses.of_unit(person) if for_unit else addresses.of_person(person)
    current: dict[str, Any] = {one.value: timing.value for one, timing in chosen.timings.items()}
    current |= {"quiet_from": chosen.quiet.begins, "quiet_until": chosen.quiet.ends}
    return render_template(
        "messages/addresses.html",
        rows=rows,
        open_kinds=kinds.open_now(),
        unproven=next((one for one in reversed(rows) if one.proven_at is None), None),
        for_unit=for_unit,
        whose=UNIT if for_unit else "",
        may_lead=addresses.leads(person),
        form=drawing.drawn(ADDRESS, _of(refusal, ADDRESS)),
        code=drawing.drawn(CODE, _of(refusal, CODE)),
        timings=drawing.drawn(
            timings(for_unit=for_unit), _of(refusal, timings(for_unit=for_unit)), current
        ),
        feed=None if for_unit else feeds.live(person),
        refused="" if refusal is None or refusal.errors else refusal.sentence,
    )


def _of(refusal: Refusal | None, fields: tuple[Field, ...]) -> Refusal | None:
    """The refusal, where it is of the form with these fields."""
    names = {field.name for field in fields}
    return refusal if refusal is not None and names & set(refusal.errors) else None


@blueprint.post("/account/addresses")
@signed_in
@proven
@acting(page)
def add() -> ResponseReturnValue:
    addresses.add(actor(), forms.read(ADDRESS)["address"], for_unit=is_of_unit())
    flash("地址已添加，验证码随后发出，请在下面填写。", "success")
    return _back()


@blueprint.post("/account/addresses/<int:address_id>/code")
@signed_in
@acting(page)
def code(address_id: int) -> ResponseReturnValue:
    addresses.send_code(addresses.find(actor(), address_id))
    flash("新的验证码随后发出，以前的作废。", "success")
    return _back()


@blueprint.post("/account/addresses/<int:address_id>/prove")
@signed_in
def prove(address_id: int) -> ResponseReturnValue:
    """The try is counted first, and stays counted however it is judged."""
    addresses.find(actor(), address_id)
    try:
        said = forms.read(CODE)["code"]
        with transaction():
            addresses.note_try(actor(), address_id)
        with transaction():
            addresses.prove(actor(), address_id, said)
    except Incomplete as refusal:
        return make_response(page(refusal=refusal), refusal.status)
    flash("地址已验证，今后的消息按下面的设置发送。", "success")
    return _back()


@blueprint.post("/account/addresses/<int:address_id>/test")
@signed_in
@acting(page)
def test(address_id: int) -> ResponseReturnValue:
    addresses.test(addresses.find(actor(), address_id))
    flash("测试消息随后发出。", "success")
    return _back()


@blueprint.post("/account/addresses/<int:address_id>/end")
@signed_in
@acting(page)
def end(address_id: int) -> ResponseReturnValue:
    row: Address = addresses.end(actor(), address_id)
    flash(f"{row.shown} 已停用。", "success")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for(".unit_page" if is_of_unit() else ".page"), SEE_OTHER)
