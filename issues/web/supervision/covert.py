"""Notes of unannounced visits, written on a phone: photos, findings, and the ticket one becomes."""

import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from extensions import db
from issues.evidence import rows as keeping
from issues.evidence.decoding.previews import EDGES, MEDIA_TYPE
from issues.evidence.intake import proof as files
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.models import CovertNote, CovertPhoto
from issues.onsite import captured, names as inspectors
from issues.polluters import keeping as sources
from issues.queries.ground import names as units
from issues.queries.ground.paging import Page, cut, page_asked
from issues.rights.table import Right, holds
from issues.supervision import covert
from issues.web.door import forms
from issues.web.door.drawing import draw
from issues.web.door.files import staged
from issues.web.door.guards import acting, actor, requires
from issues.web.door.once import FormReused, form_key, lead_back
from issues.web.evidence.files import SANDBOX, original_of
from issues.web.onsite import told

blueprint = Blueprint("covert", __name__)

PER_PAGE = 50
PHOTOS = (".jpg", ".jpeg", ".jfif", ".png", ".heic", ".heif", ".webp", ".mp4", ".pdf")


@blueprint.get("/covert")
@requires(Right.SEE_COVERT)
def listed() -> str:
    rows = (
        select(CovertNote)
        .options(
            joinedload(CovertNote.inspector), joinedload(CovertNote.issue),
            selectinload(CovertNote.photos),
        )
        .order_by(CovertNote.at.desc(), CovertNote.id.desc())
    )  # fmt: skip
    shown, page, total = cut(rows, page_asked(request.args.get("page", "")), PER_PAGE)
    return render_template(
        "supervision/covert/notes.html",
        notes=Page(db.session.scalars(shown).all(), page, PER_PAGE, total),
        link=lambda page: url_for(".listed", page=page),
        names=units.names(),
        may_write=holds(actor(), Right.WRITE_COVERT),
    )


def _form(refusal: Refusal | None = None, of: Mapping[str, Any] | None = None) -> str:
    said = forms.typed(covert.FIELDS)
    if refusal is None:
        said |= {
            "at": f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}",
            "inspectors": inspectors.remembered(actor()),
            **(of or {}),
        }
    errors = refusal.errors if refusal else {}
    drawn = draw(covert.FIELDS, None, actor(), said, errors)
    return render_template(
        "supervision/covert/new.html",
        fields=drawn,
        accept=",".join(PHOTOS),
        errors=errors,
        labels={one.name: one.label for one in drawn} | {"file": "照片"},
        key=form_key(),
    )


@blueprint.get("/covert/new")
@requires(Right.WRITE_COVERT)
def new() -> str:
    """Empty, or with a pollution source that is to be looked at."""
    polluter_id = whole(request.args.get("polluter", ""), 1, LARGEST_ID)
    if polluter_id is None:
        return _form()
    row = sources.kept(sources.find(polluter_id, actor()))
    said = {name: row[name] for name in ("region", "place", "lon", "lat")}
    return _form(of=said | {"subject_firm": row["name"]})


@blueprint.post("/covert/new")
@requires(Right.WRITE_COVERT)
def write() -> ResponseReturnValue:
    """The note and its photos together, or neither; the bytes are kept before the transaction."""
    try:
        known = told.known()
        if known is not None and known.note_id is not None:
            return redirect(url_for("covert.page", note_id=known.note_id), 303)
        return _write(proven=_proven())
    except FormReused as refused:
        lead_back(refused)
        return _form(refused), refused.status
    except Incomplete as refused:
        return _form(refused), refused.status


@acting(lambda refusal, **_: _form(refusal))
def _write(proven: list[keeping.Proven]) -> ResponseReturnValue:
    said = forms.given(covert.FIELDS)
    note = covert.write(actor(), said, clock.now())
    told.keep(note=note)
    inspectors.remember(actor(), note.inspectors)
    for one in proven:
        covert.add_photo(note, actor(), one, clock.now())
    flash(f"已记录暗访，照片{len(note.photos)}份；责任单位看不到。", "success")
    return redirect(url_for("covert.page", note_id=note.id), 303)


def _proven() -> list[keeping.Proven]:
    """Every sent file, proven and kept. Raises Incomplete at the first that is refused."""
    return staged.proven("file")


@blueprint.get("/covert/<int:note_id>")
@requires(Right.SEE_COVERT)
def page(note_id: int, refusal: Refusal | None = None) -> str:
    note = covert.find(note_id, actor())
    return render_template(
        "supervision/covert/note.html",
        note=note,
        accuracy=captured.accuracy_words(note.capture.accuracy) if note.capture else "",
        clock_off=captured.off_words(note.capture.device_off) if note.capture else "",
        names=units.names(),
        accept=",".join(PHOTOS),
        may_write=holds(actor(), Right.WRITE_COVERT) and note.issue_id is None,
        errors=dict(refusal.errors) if refusal else {},
    )


@blueprint.post("/covert/<int:note_id>/photos")
@requires(Right.WRITE_COVERT)
def add(note_id: int) -> ResponseReturnValue:
    covert.refuse_unless_open(covert.find(note_id, actor()), actor())
    try:
        return _add(note_id=note_id, proven=_proven())
    except Incomplete as refused:
        return make_response(page(note_id=note_id, refusal=refused), refused.status)


@acting(lambda refusal, note_id, **_: page(note_id=note_id, refusal=refusal))
def _add(note_id: int, proven: list[keeping.Proven]) -> ResponseReturnValue:
    if not proven:
        raise Incomplete({"file": ["请选择要上传的照片"]})
    note = covert.find(note_id, actor(), for_change=True)
    for one in proven:
        covert.add_photo(note, actor(), one, clock.now())
    return redirect(url_for("covert.page", note_id=note_id), 303)


def _photo(note_id: int, photo_id: int) -> CovertPhoto:
    note = covert.find(note_id, actor())
    photo = next((photo for photo in note.photos if photo.id == photo_id), None)
    if photo is None:
        raise NotFound
    return photo


@blueprint.get("/covert/<int:note_id>/photos/<int:photo_id>/file")
@requires(Right.SEE_COVERT)
def original(note_id: int, photo_id: int) -> ResponseReturnValue:
    """The bytes as they came, after all of them were checked."""
    return original_of(_photo(note_id, photo_id))


@blueprint.get("/covert/<int:note_id>/photos/<int:photo_id>/preview")
@requires(Right.SEE_COVERT)
def preview(note_id: int, photo_id: int) -> ResponseReturnValue:
    photo, edge = _photo(note_id, photo_id), min(EDGES)
    picture = current_app.extensions["evidence"].preview(photo.sha256, edge)
    if picture is None:
        picture = _made_anew(photo, edge)
    answer = send_file(io.BytesIO(picture), mimetype=MEDIA_TYPE, etag=False)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.cache_control.private = True
    return answer


def _made_anew(photo: CovertPhoto, edge: int) -> bytes:
    """Raises NotFound where the file is no picture."""
    kind, store = files.of_media_type(photo.media_type), current_app.extensions["evidence"]
    if not kind.is_picture:
        raise NotFound
    with tempfile.NamedTemporaryFile() as copy:
        with store.read_verified(photo.sha256) as kept:
            shutil.copyfileobj(kept, copy)
        copy.flush()
        picture = files.make_preview(Path(copy.name), kind, edge=edge)
    if picture is None:
        raise NotFound
    return picture
