"""One notice as OFD: as it was signed, or as it would be."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from issues.models import Notice
from issues.notices import signing
from issues.notices.ofd.writing import MEDIA_TYPE
from issues.queries.notices import pages as queries
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.notices.pdf import press, saved

blueprint = Blueprint("notice_ofd", __name__)


@blueprint.get("/notices/<int:notice_id>.ofd")
@requires(Right.NOTICES)
def one(notice_id: int) -> ResponseReturnValue:
    return answer_of(queries.whole(notice_id, actor()))


def answer_of(notice: Notice) -> Response:
    """Raises CannotCopy."""
    return saved(notice, lambda: signing.copied(notice, press()), "ofd", MEDIA_TYPE)
