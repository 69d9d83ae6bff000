"""The person's second factor: adding a device, its recovery codes, and taking it away."""

import segno
from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth.proofs import factors, proof_tries
from extensions import transaction
from issues.city.words import name as city_name
from issues.ground.present import present
from issues.ground.refusals import Incomplete, Refusal, WrongStatus
from issues.web.account.forms import CODE
from issues.web.account.proof import bounded, proven
from issues.web.door import drawing, forms
from issues.web.door.firsts import must_have_factor
from issues.web.door.guards import actor, signed_in

blueprint = Blueprint("factor", __name__, url_prefix="/account/factor")
REFUSED = (Incomplete, proof_tries.TooManyProofs, WrongStatus)


@blueprint.get("")
@signed_in
def page() -> ResponseReturnValue:
    return _page()


def _page(refusal: Refusal | None = None) -> ResponseReturnValue:
    """What is on; or what is begun, with its QR code until the device is confirmed."""
    person = actor()
    kept = factors.kept(present(person.id, "the person"))
    begun = None if kept else factors.begun(person, city_name())
    page = render_template(
        "account/factor.html",
        kept=kept,
        begun=begun,
        qr=segno.make(begun.uri, error="m").svg_data_uri(scale=5, border=4) if begun else "",
        form=drawing.drawn(CODE, refusal),
        must_have=must_have_factor(person),
        refusal=refusal,
    )
    return make_response(page, refusal.status if refusal else 200)


@blueprint.post("/begin")
@signed_in
@proven
def begin() -> ResponseReturnValue:
    try:
        with transaction():
            factors.begin(actor())
    except WrongStatus as refusal:
        return _page(refusal)
    return redirect(url_for(".page"))


@blueprint.post("")
@signed_in
def confirm() -> ResponseReturnValue:
    """Shown in this answer and nowhere again: only digests of the codes are kept."""
    try:
        code = forms.read(CODE)["code"]
        with transaction():
            codes = factors.confirm(actor(), code)
    except REFUSED as refusal:
        return _page(refusal)
    return render_template("account/recovery_codes.html", codes=codes, is_first=True)


@blueprint.post("/codes")
@signed_in
def new_codes() -> ResponseReturnValue:
    try:
        code = forms.read(CODE)["code"]
        with bounded(present(actor().id, "the person")), transaction():
            codes = factors.new_codes(actor(), code)
    except REFUSED as refusal:
        return _page(refusal)
    return render_template("account/recovery_codes.html", codes=codes, is_first=False)


@blueprint.post("/end")
@signed_in
def end() -> ResponseReturnValue:
    try:
        code = forms.read(CODE)["code"]
        with bounded(present(actor().id, "the person")), transaction():
            factors.end(actor(), code)
    except REFUSED as refusal:
        return _page(refusal)
    flash("动态口令已停用。", "success")
    return redirect(url_for(".page"))
