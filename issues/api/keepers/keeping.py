"""What the person of the token keeps, and a visit to one of it."""

from flask import Blueprint, Response, request

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import after, limit, once_only, page, shaped
from issues.api.keepers import shapes
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import MULTIPART, describes, listed
from issues.evidence.intake.taking import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.keepers import visiting
from issues.queries.keepers import own as queries
from issues.rights.table import Right
from issues.web.door import forms, uploads
from issues.web.door.guards import actor, requires

blueprint = Blueprint("keeping", __name__)
TAG = "包保"
CREATED = 201
PHOTOS = "photos"
SEEN = (Field("text", "text", "查看情况", limit=visiting.LONGEST),)


@blueprint.get("/keeping")
@describes(
    TAG, "本人包保的问题，未销号的在前，最急的在前", answer=Listing(shapes.KeptTicket),
    query=listed(),
)  # fmt: skip
@requires(Right.KEEPING)
def index() -> Response:
    sent.refuse_unknown(listed())
    begin = after()
    rows, total = queries.part(actor(), clock.today(), begin, limit())
    following = begin + len(rows)
    shown = [shapes.kept(row) for row in rows]
    return page(shown, following if following < total else None, total)


@blueprint.get("/keeping/<int:kept_id>")
@describes(TAG, "本人包保的一个问题", answer=shapes.KeptTicket)
@requires(Right.KEEPING)
def one(kept_id: int) -> Response:
    sent.refuse_unknown(())
    issue = visiting.find(actor(), kept_id)
    return shaped(shapes.kept(queries.line_of(issue, actor(), clock.today())))


@blueprint.post("/keeping/<int:kept_id>/actions/visit")
@describes(
    TAG, "登记一次查看；有照片时用 multipart/form-data，text 为查看情况，photos 为照片",
    status=CREATED, answer=shapes.KeptTicket, body=bodies.confirmable(bodies.of_fields(SEEN)),
)  # fmt: skip
@requires(Right.KEEPING)
def visit(kept_id: int) -> Response:
    """The bytes are proven and kept before the transaction."""
    visiting.find(actor(), kept_id)
    said, proven = _sent()

    def add() -> Response:
        issue = visiting.visit(actor(), kept_id, said, proven)
        return shaped(shapes.kept(queries.line_of(issue, actor(), clock.today())), CREATED)

    return once_only(add)


def _sent() -> tuple[dict[str, str], list[Proven]]:
    """Raises Incomplete, UnsupportedMediaType."""
    if request.mimetype != MULTIPART:
        return read_details(SEEN, sent.body(), None), []
    names = {*forms.lists(), *forms.chosen()} - {SEEN[0].name, PHOTOS}
    if names:
        raise Incomplete({name: ["没有这一项"] for name in sorted(names)})
    files = forms.files(PHOTOS)
    if len(files) > visiting.MOST_PHOTOS:
        raise Incomplete({PHOTOS: [f"一次最多附{visiting.MOST_PHOTOS}张照片"]})
    return forms.read(SEEN), [uploads.proven(one.stream, one.filename or "") for one in files]
