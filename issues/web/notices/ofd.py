"""One notice as OFD: as it was signed, or as it would be."""

from typing import NamedTuple
from zipfile import BadZipFile

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from issues.evidence.refusals import Damaged
from issues.models import Notice
from issues.notices import signing
from issues.notices.ofd.looking import Sealed
from issues.notices.ofd.writing import MEDIA_TYPE
from issues.queries.notices import pages as queries
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.notices.pdf import press, saved

NONE = "没有加盖电子印章"
UNREADABLE = "存档的 OFD 或其中的印章读不出，请联系管理员核对"


class Told(NamedTuple):
    """A sentence on the seal, and the seal where there is one."""

    sentence: str
    seal: Sealed | None
    is_good: bool


blueprint = Blueprint("notice_ofd", __name__)


@blueprint.get("/notices/<int:notice_id>.ofd")
@requires(Right.NOTICES)
def one(notice_id: int) -> ResponseReturnValue:
    return answer_of(queries.whole(notice_id, actor()))


def seal_of(notice: Notice) -> Told | None:
    """What the page says of the OFD; None where none was kept with the paper."""
    if notice.copy is None:
        return None
    try:
        found = signing.copy_seal(notice, press())
    except (Damaged, ValueError, BadZipFile):
        return Told(UNREADABLE, None, is_good=False)
    if found is None:
        return Told(NONE, None, is_good=True)
    return Told(found.sentence, found, is_good=found.is_good)


def answer_of(notice: Notice) -> Response:
    """Raises CannotCopy."""
    return saved(notice, lambda: signing.copied(notice, press()), "ofd", MEDIA_TYPE)
