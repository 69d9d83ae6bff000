"""Inspectors' notes of unannounced visits."""

from typing import Any

from flask import Blueprint, Response, jsonify, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from extensions import db
from issues.api.door import sent
from issues.api.door.answers import acting, cut
from issues.api.door.values import moment
from issues.api.openapi import bodies
from issues.api.openapi.described import describes, listed
from issues.api.openapi.words import listing, ref
from issues.ground import clock
from issues.models import CovertNote
from issues.rights.table import Right
from issues.supervision import covert
from issues.web.door.guards import actor, requires

blueprint = Blueprint("covert", __name__)

COVERT_TAG = "暗访"


@blueprint.get("/covert")
@describes(COVERT_TAG, "暗访记录,新的在前", answer=listing(ref("CovertNote")), query=listed())
@requires(Right.SEE_COVERT)
def notes() -> Response:
    sent.refuse_unknown(listed())
    rows = (
        select(CovertNote)
        .options(
            joinedload(CovertNote.inspector), joinedload(CovertNote.issue),
            selectinload(CovertNote.photos),
        )
        .order_by(CovertNote.id.desc())
    )  # fmt: skip
    return cut(list(db.session.scalars(rows)), _note)


@blueprint.post("/covert")
@describes(
    COVERT_TAG, "记录暗访", status=201, answer=ref("CovertNote"),
    body=bodies.of_fields(covert.FIELDS),
)  # fmt: skip
@requires(Right.WRITE_COVERT)
@acting
def write() -> Response:
    note = covert.write(actor(), sent.body(), clock.now())
    answer = jsonify(_note(note))
    answer.status_code = 201
    answer.headers["Location"] = url_for("covert.page", note_id=note.id)
    return answer


def _note(note: CovertNote) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "findings": note.findings,
        "at": moment(note.at),
        "region": note.region,
        "place": note.place,
        "subject_firm": note.subject_firm,
        "lon": note.lon,
        "lat": note.lat,
        "inspector": note.inspector.name,
        "photos": [{"name": photo.name, "sha256": photo.sha256} for photo in note.photos],
        "number": note.issue.number if note.issue else None,
    }
