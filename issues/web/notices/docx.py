"""The draft of a notice as a DOCX, to be worked on in Word or WPS."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.models import Notice
from issues.notices.docx.writing import MEDIA_TYPE, written
from issues.notices.readiness import draft_now
from issues.queries.notices import pages as queries
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.notices.pdf import press, saved

SIGNED = "文书已签发，不再给出可修改的 DOCX，请使用 PDF 或 OFD。"

blueprint = Blueprint("notice_docx", __name__)


@blueprint.get("/notices/<int:notice_id>.docx")
@requires(Right.NOTICES)
def one(notice_id: int) -> ResponseReturnValue:
    return answer_of(queries.whole(notice_id, actor()))


def answer_of(notice: Notice) -> Response:
    """What is signed is not changed any more: it has none. Raises WrongStatus."""
    if notice.sha256 is not None:
        raise WrongStatus(SIGNED)
    return saved(notice, lambda: _draft(notice), "docx", MEDIA_TYPE)


def _draft(notice: Notice) -> bytes:
    made = press()
    ready = draft_now(notice, clock.now(), made.faces(), is_example=made.is_example)
    return written(ready.document)
