"""Inspectors' notes of unannounced visits."""

from flask import Blueprint, Response, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from extensions import db
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.supervision import shapes
from issues.ground import clock
from issues.models import CovertNote
from issues.rights.table import Right
from issues.supervision import covert
from issues.web.door.guards import actor, requires

blueprint = Blueprint("covert", __name__)

COVERT_TAG = "暗访"


@blueprint.get("/covert")
@describes(COVERT_TAG, "暗访记录，新的在前", answer=Listing(shapes.CovertNote), query=listed())
@requires(Right.SEE_COVERT)
def notes() -> Response:
    sent.refuse_unknown(listed())
    rows = (
        select(CovertNote)
        .options(
            joinedload(CovertNote.inspector), joinedload(CovertNote.issue),
            joinedload(CovertNote.concerns), selectinload(CovertNote.photos),
        )
        .order_by(CovertNote.id.desc())
    )  # fmt: skip
    return cut(list(db.session.scalars(rows)), _note)


@blueprint.post("/covert")
@describes(
    COVERT_TAG, "记录暗访", status=201, answer=shapes.CovertNote,
    body=bodies.of_fields(covert.FIELDS),
)  # fmt: skip
@requires(Right.WRITE_COVERT)
@acting
def write() -> Response:
    note = covert.write(actor(), sent.body(), clock.now())
    answer = shaped(_note(note), 201)
    answer.headers["Location"] = url_for("covert.page", note_id=note.id)
    return answer


def _note(note: CovertNote) -> shapes.CovertNote:
    return shapes.CovertNote.of(
        note,
        inspector=note.inspector.name,
        concerns=note.concerns.number if note.concerns else None,
        photos=[shapes.Photo.of(photo) for photo in note.photos],
        number=note.issue.number if note.issue else None,
    )
