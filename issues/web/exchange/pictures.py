"""The pictures of a waiting workbook: looked at, and chosen to come in as evidence or left."""

import io

from flask import Blueprint, Response, current_app, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import optional
from issues.evidence.decoding.previews import MEDIA_TYPE
from issues.exchange import judging, uploads
from issues.exchange.pictures.bringing import proven_of
from issues.exchange.pictures.choosing import Choice, choice_of, choose
from issues.exchange.pictures.taking import Taken, face
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import NotFound, Refusal, WrongStatus
from issues.models import LedgerImport
from issues.rights.table import Right
from issues.vocabulary import EvidenceKind
from issues.web.door import forms
from issues.web.door.guards import acting, requires
from issues.web.door.turns import builds_file
from issues.web.evidence.files import PRIVATE_SECONDS, SANDBOX
from issues.web.exchange import large
from issues.web.exchange.arriving import waiting
from issues.web.exchange.import_preview import PICTURES, content_of, draw, shown_as

blueprint = Blueprint("pictures_of_import", __name__)
BEING_WRITTEN = "这份工作簿正在导入，不能再改收入哪些图片。"


@blueprint.get("/issues/import/<int:upload_id>/pictures/<file>")
@requires(Right.IMPORT)
@builds_file
def preview(upload_id: int, file: str) -> Response:
    """A small picture of one that lies in the workbook. Raises NotFound."""
    row = uploads.load(upload_id)
    picture = None if judging.is_unread(row) else face(content_of(row), file)
    if picture is None:
        raise NotFound
    answer = send_file(io.BytesIO(picture), mimetype=MEDIA_TYPE, etag=False)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.cache_control.private = True
    answer.cache_control.max_age = PRIVATE_SECONDS
    return answer


def _again(refusal: Refusal, upload_id: int) -> str:
    return draw(uploads.load(upload_id), refusal)


@blueprint.post("/issues/import/<int:upload_id>/pictures")
@requires(Right.IMPORT)
@acting(_again)
def put(upload_id: int) -> ResponseReturnValue:
    """For the file; of those shown, which are left out and of which kind each is."""
    row = waiting(upload_id)
    if large.is_written(row):
        raise WrongStatus(BEING_WRITTEN)
    is_wanted = forms.read((PICTURES,))["wanted"] == "yes"
    pictures = shown_as(row).pictures
    places = {n for one in forms.marked("shown") if (n := whole(one, 0, LARGEST_ID)) is not None}
    shown = {n: picture for n, picture in enumerate(pictures) if n in places}
    said = forms.read([
        optional(f"kind_{n}", "choice", "材料类别", choices=tuple(EvidenceKind.choices()))
        for n in shown
    ])  # fmt: skip
    ticked, before = set(forms.marked("take")), choice_of(row)
    left = set(before.left) - {one.key for one in shown.values()}
    left |= {one.key for n, one in shown.items() if str(n) not in ticked}
    kinds = {one.key: EvidenceKind(kind) for n, one in shown.items() if (kind := said[f"kind_{n}"])}
    choice = Choice(is_wanted, frozenset(left), {**before.kinds, **kinds})
    choose(row, choice)
    count = len(choice.of(pictures))
    flash(f"导入时收入{count}张图片为佐证" if count else "图片不收入为佐证", "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)


def taken_of(row: LedgerImport) -> list[Taken]:
    """The chosen pictures of a waiting workbook, proven and kept. Touches no row.

    None of a large one: they are taken where it is written.
    """
    if row.confirmed_at is not None or judging.is_large(row) or not choice_of(row).wanted:
        return []
    return proven_of(row, shown_as(row), current_app.extensions["evidence"])
