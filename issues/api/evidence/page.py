"""Files as proof: the rows of a ticket, one more file, and original bytes."""

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from issues.api.door import sent
from issues.api.door.answers import cut, first_answer, once_only, shaped
from issues.api.evidence import shapes
from issues.api.openapi.components import Listing
from issues.api.openapi.described import ANY_BYTES, MULTIPART, describes, listed
from issues.api.openapi.words import one_of, text, whole_number
from issues.evidence import rows as keeping
from issues.evidence.flags import examine
from issues.evidence.flags.flag import Flag
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete
from issues.ground.secrecy.marking import CONFIRMED
from issues.models import Evidence, Issue
from issues.queries.evidence.files import kept, rows_of, seen_by
from issues.queries.notices.owing import owes_answer
from issues.rights.table import Right, may
from issues.vocabulary import EvidenceKind
from issues.web.door import turns
from issues.web.door.guards import actor, with_issue
from issues.web.evidence.files import original_of
from issues.workflow import load

blueprint = Blueprint("evidence", __name__)

TAG = "佐证材料"
FIELDS = frozenset({"kind", "measure", "note", CONFIRMED})
FILE = "file"
UPLOAD = {
    "type": "object",
    "properties": {
        FILE: {"type": "string", "contentMediaType": ANY_BYTES, "title": "文件"},
        "kind": one_of("类别", EvidenceKind),
        "measure": whole_number("措施的标识"),
        "note": text("说明", maxLength=keeping.NOTE_LIMIT),
    },
    "required": [FILE, "kind"],
    "additionalProperties": False,
}


@blueprint.get("/issues/<number>/evidence")
@describes(TAG, "佐证材料清单，各版本都在", answer=Listing(shapes.Evidence), query=listed())
@with_issue()
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    rows = seen_by(actor(), issue, rows_of(issue))
    reviews = may(actor(), Right.SEE_FLAGS, issue)
    flags = examine.flags_of(issue, rows, actor()) if reviews else {}

    def shape(row: Evidence) -> shapes.Evidence:
        return _shape(row, list(map(_flag, flags.get(row.id, ()))) if reviews else None)

    return cut(rows, shape)


def _shape(row: Evidence, flags: list[shapes.Flag] | None = None) -> shapes.Evidence:
    by = row.uploaded_by.display_name if row.uploaded_by else ""
    return shapes.Evidence.of(row, by=by, flags=flags)


def _flag(flag: Flag) -> shapes.Flag:
    ruling = flag.ruled.ruling if flag.ruled else None
    return shapes.Flag.of(flag, with_=flag.twin or None, ruling=ruling)


@blueprint.post("/issues/<number>/evidence")
@describes(
    TAG, "上传一份佐证材料", status=201, answer=shapes.Evidence, body=UPLOAD, sends=MULTIPART
)
@with_issue()
def upload(issue: Issue) -> Response:
    """The bytes are proven and kept before the transaction, which a large file would hold up."""
    _refuse_not_multipart()
    again = first_answer()
    if again is not None:
        return again
    is_answer = owes_answer(issue, actor())
    keeping.refuse_unless_open(issue, actor(), is_answer=is_answer)
    about, file = _read(issue)
    store = current_app.extensions["evidence"]
    with turns.UPLOADS.turn():
        proven = keeping.take_in(file.stream, file.filename or "", store=store)
    return once_only(lambda: _add(issue.number, proven, about))


def _add(number: str, proven: keeping.Proven, about: keeping.About) -> Response:
    issue = load(number, actor(), for_change=True)
    is_answer = owes_answer(issue, actor())
    row = keeping.add(issue, actor(), proven, about, at=clock.now(), is_answer=is_answer)
    answer = shaped(_shape(row), 201)
    answer.headers["Location"] = url_for(
        "api.evidence.original", number=issue.number, evidence_id=row.id
    )
    return answer


def _refuse_not_multipart() -> None:
    if request.mimetype != MULTIPART:
        raise UnsupportedMediaType


def _read(issue: Issue) -> tuple[keeping.About, FileStorage]:
    """Every fault of the form at once. Raises Incomplete."""
    errors = {name: ["没有这一项"] for name in request.form if name not in FIELDS}
    errors |= {name: ["没有这一项"] for name in request.files if name != FILE}
    errors |= {name: ["只能填一次"] for name in FIELDS if len(request.form.getlist(name)) > 1}
    given = request.form.get("measure", "").strip()
    measure = whole(given, 0, LARGEST_ID)
    if given and measure is None:
        errors["measure"] = ["应是措施的标识"]
    files = request.files.getlist(FILE)
    if len(files) != 1:
        errors[FILE] = ["请上传一个文件"]
    if errors:
        raise Incomplete(errors)
    kind, note = request.form.get("kind", ""), request.form.get("note", "")
    about = keeping.read_about(issue, kind, measure, note)
    return about, files[0]


@blueprint.get("/issues/<number>/evidence/<int:evidence_id>/file")
@describes(TAG, "原件，逐字节", answers=ANY_BYTES)
@with_issue()
def original(issue: Issue, evidence_id: int) -> Response:
    """A damaged original is never given out."""
    return original_of(kept(issue, evidence_id, actor()))
