"""Originals of complaints: sealed, counted, and opened by the cleared with a reason each time."""

from flask import Blueprint, Response, current_app, request

from issues.api.door import sent
from issues.api.door.answers import acting, cut, once_only, shaped
from issues.api.evidence.page import FILE
from issues.api.evidence.shapes import ComplaintOriginal
from issues.api.openapi.components import Listing
from issues.api.openapi.described import ANY_BYTES, MULTIPART, describes, listed
from issues.evidence import sealed as originals
from issues.evidence.intake.sealing_in import take_in_sealed
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.ground.secrecy.marking import CONFIRMED
from issues.models import ComplaintOriginal as Row, Issue
from issues.rights.table import Right
from issues.web.door import turns
from issues.web.door.guards import actor, with_issue
from issues.web.evidence.files import sealed_original_of
from issues.workflow import load

blueprint = Blueprint("complaint_originals", __name__)

TAG = "信访件原件"
CREATED = 201
BODY = {
    "type": "object",
    "properties": {FILE: {"type": "string", "contentMediaType": ANY_BYTES, "title": "文件"}},
    "required": [FILE],
    "additionalProperties": False,
}


@blueprint.get("/issues/<number>/originals")
@describes(
    TAG, "封存的信访件原件，文件名随原件一起打开",
    answer=Listing(ComplaintOriginal), query=listed(),
)  # fmt: skip
@with_issue()
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    originals.refuse_unless_known(issue, actor())
    return cut(originals.rows_of(issue), _shape)


def _shape(row: Row) -> ComplaintOriginal:
    """A name may tell who complained: it is given with the bytes, when the look is recorded."""
    return ComplaintOriginal.of(row, name=None, by=row.uploaded_by.display_name)


@blueprint.post("/issues/<number>/originals")
@describes(
    TAG, "封存一份信访件原件", status=CREATED, answer=ComplaintOriginal, body=BODY,
    sends=MULTIPART,
)  # fmt: skip
@with_issue(Right.WRITE_COMPLAINANT)
def put(issue: Issue) -> Response:
    """The bytes are proven and kept before the transaction."""
    number, files = issue.number, request.files.getlist(FILE)
    unknown = {*request.form, *request.files} - {FILE, CONFIRMED}
    errors = {name: ["没有这一项"] for name in sorted(unknown)}
    if len(files) != 1:
        errors[FILE] = ["请上传一个文件"]
    if errors:
        raise Incomplete(errors)
    store = current_app.extensions["evidence"]
    issue_id = issue.id
    with turns.UPLOADS.turn():
        proven = take_in_sealed(
            files[0].stream, files[0].filename or "", store=store, issue_id=issue_id
        )

    def add() -> Response:
        fresh = load(number, actor(), for_change=True)
        row = originals.add(fresh, actor(), proven, at=clock.now())
        return shaped(_shape(row), CREATED)

    return once_only(add)


@blueprint.get("/issues/<number>/originals/<int:original_id>/file")
@describes(
    TAG, "打开一份信访件原件，须经授权，每次都留下记录", answers=ANY_BYTES,
    query={"reason": ("string", "为什么打开，必填")},
)  # fmt: skip
@with_issue()
@acting
def opened(issue: Issue, original_id: int) -> Response:
    sent.refuse_unknown({"reason"})
    fresh = load(issue.number, actor(), for_change=True)
    reason = sent.word_of("reason")
    return sealed_original_of(originals.view(fresh, actor(), original_id, reason, at=clock.now()))
