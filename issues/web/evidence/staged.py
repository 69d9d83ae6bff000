"""Files put aside while their form is still being filled in: begun, sent, seen, taken away.

The same way as the files of a ticket (parts.py beside this), and answered in JSON as they are. A
file belongs to who sends it and to one form; it waits until that form is sent or it is swept.
"""

import io
from collections.abc import Sequence

from flask import Blueprint, Response, current_app, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from issues.evidence.decoding.previews import EDGES, MEDIA_TYPE
from issues.evidence.intake import parts, proof
from issues.evidence.refusals import EvidenceRefused
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.web.door import forms, turns, uploads as sending
from issues.web.door.files import staged
from issues.web.door.guards import actor, signed_in
from issues.web.evidence.files import SANDBOX
from issues.web.evidence.open_forms import refuse_unless_open, view_of
from issues.web.evidence.parts import CREATED, NOWHERE, not_taken, refused

blueprint = Blueprint("staged", __name__, url_prefix="/staged")
blueprint.register_error_handler(Refusal, refused)
blueprint.register_error_handler(EvidenceRefused, not_taken)
blueprint.add_app_template_global(proof.limits, "file_limits")
blueprint.add_app_template_global(proof.limits_said, "file_limits_said")


@blueprint.app_template_global("staged")
def shown(field: str, form: str, errors: Sequence[str] = ()) -> staged.Shown:
    """A form that no file may wait for is drawn nowhere. Raises NotFound."""
    view_of(form)
    return staged.shown(field, form, errors)


def _part(signed: str) -> parts.Part:
    """Raises NotFound for what was not begun by this person, or whose form is closed by now."""
    part, form = parts.read_of_form(signed, staged.secret(), actor())
    refuse_unless_open(form)
    return part


@blueprint.post("")
@signed_in
def begin() -> tuple[Response, int]:
    """Refused here, a wrong kind or size costs nobody the sending."""
    form = forms.carried("form")
    refuse_unless_open(form)
    name, size = forms.carried("name"), forms.carried("size")
    part = parts.begin(parts.of_form(form), actor(), name, size, folder=staged.folder())
    return jsonify(part=parts.sign(part, staged.secret()), at=0), CREATED


@blueprint.get("/<signed>")
@signed_in
def come(signed: str) -> Response:
    """How much of it has come; of one that waits, what its form shows."""
    part = _part(signed)
    at = parts.come(part, staged.folder())
    if not part.sha256:
        return jsonify(at=at)
    one = staged.seen(part)
    return jsonify(
        at=at, name=one.name, size=one.size, picture=one.is_picture, placed=one.is_placed
    )


@blueprint.post("/<signed>")
@signed_in
def add(signed: str) -> Response:
    """The body is the piece; `at` is where it belongs."""
    part = _part(signed)
    at = whole(request.args.get("at", ""), 0, LARGEST_ID)
    at = NOWHERE if at is None else at
    store = current_app.extensions["evidence"]
    return jsonify(at=parts.add(part, at, request.stream, folder=staged.folder(), store=store))


@blueprint.post("/<signed>/finish")
@signed_in
def finish(signed: str) -> Response:
    """Whole, and put aside: what is kept is proven when its form is sent, as every file is."""
    part = _part(signed)
    digest = forms.carried("sha256").lower()
    if len(digest) != len("0" * 64):
        raise Incomplete({"sha256": ["应是文件的 SHA-256"]})
    waiting = parts.wait(part, digest, sending.place(), folder=staged.folder())
    one = staged.seen(waiting)
    return jsonify(staged=one.word, sha256=digest, size=one.size)


@blueprint.post("/<signed>/drop")
@signed_in
def drop(signed: str) -> Response:
    """The person does not want it any more; once more is as well."""
    part, _ = parts.read_of_form(signed, staged.secret(), actor())
    parts.drop(part, folder=staged.folder())
    return jsonify(dropped=True)


@blueprint.get("/<signed>/preview")
@signed_in
def preview(signed: str) -> ResponseReturnValue:
    """A small picture of one that waits, decoded apart as every file is. Nothing of it is kept."""
    part, edge = _part(signed), min(EDGES)
    path = staged.folder() / part.file_name
    if not part.sha256 or not path.exists() or not proof.named_type(part.name).is_picture:
        raise NotFound
    try:
        with turns.UPLOADS.turn():
            picture = proof.examine(path, part.name, edges=(edge,)).previews.get(edge)
    except EvidenceRefused:
        raise NotFound from None
    if picture is None:
        raise NotFound
    answer = send_file(io.BytesIO(picture), mimetype=MEDIA_TYPE, etag=False)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    return answer
