"""The bytes of evidence themselves: originals as attachments, previews as pictures."""

import io
from urllib.parse import quote

from flask import Blueprint, Response, current_app, send_file
from flask.typing import ResponseReturnValue

from issues.evidence import sealed
from issues.evidence.decoding.preview_cache import picture_of, preview_of
from issues.evidence.decoding.previews import EDGES, MEDIA_TYPE
from issues.evidence.storage.store import Store
from issues.ground.refusals import NotFound
from issues.models import ComplaintOriginal, CovertPhoto, Evidence, Issue, LeadPicture
from issues.queries.evidence import files as queries
from issues.web.door.guards import actor, with_issue

blueprint = Blueprint("originals", __name__)

PRIVATE_SECONDS = 3600
SANDBOX = "sandbox; default-src 'none'"
"""Whatever a file holds, a browser that opens it runs nothing of it."""


def _store() -> Store:
    return current_app.extensions["evidence"]


@blueprint.get("/issues/<number>/evidence/<int:evidence_id>/file")
@with_issue()
def original(issue: Issue, evidence_id: int) -> ResponseReturnValue:
    """The bytes as they came, after all of them were checked. Raises Damaged."""
    row = queries.kept(issue, evidence_id, actor())
    return original_of(row)


def sealed_original_of(row: ComplaintOriginal) -> Response:
    """The bytes opened on their way out: no plain copy is written. Raises Damaged, CannotOpen."""
    answer = Response(sealed.bytes_of(row, _store()), mimetype=row.media_type)
    name = quote(sealed.name_of(row), safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = row.size
    return answer


def original_of(row: Evidence | CovertPhoto | LeadPicture) -> Response:
    answer = send_file(
        _store().read_verified(row.sha256),
        mimetype=row.media_type,
        as_attachment=True,
        download_name=row.name,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.content_length = row.size
    return answer


@blueprint.get("/issues/<number>/evidence/<int:evidence_id>/preview/<int:edge>")
@with_issue()
def preview(issue: Issue, evidence_id: int, edge: int) -> ResponseReturnValue:
    row = queries.kept(issue, evidence_id, actor())
    if edge not in EDGES:
        raise NotFound
    return _preview(preview_of(row, edge, _store()))


def lead_preview_of(row: LeadPicture) -> Response:
    """The smallest face of a file that came with a lead. Raises NotFound where it has none."""
    return _preview(picture_of(row, min(EDGES), _store()))


def _preview(picture: bytes | None) -> Response:
    """Raises NotFound where there is none."""
    if picture is None:
        raise NotFound
    answer = send_file(io.BytesIO(picture), mimetype=MEDIA_TYPE, etag=False)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.cache_control.private = True
    answer.cache_control.max_age = PRIVATE_SECONDS
    return answer
