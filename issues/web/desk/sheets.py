"""One page of a draft as a picture."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from issues.ground.refusals import NotFound, WrongStatus
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeStatus
from issues.web.desk.drawing import pdf_of, picture
from issues.web.door.guards import actor, requires

blueprint = Blueprint("notice_sheets", __name__)
PNG = "image/png"


@blueprint.get("/notices/<int:notice_id>/desk/sheets/<int:page>.png")
@requires(Right.NOTICES)
def sheet(notice_id: int, page: int) -> ResponseReturnValue:
    """Of a draft alone: a signed paper is its kept file."""
    notice = whole(notice_id, actor())
    if notice.status is not NoticeStatus.DRAFT:
        raise WrongStatus("本文书已不是草稿。")
    found = picture(pdf_of(notice, request.args.get("d", "")), page)
    if found is None:
        raise NotFound
    answer = Response(found, mimetype=PNG)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
