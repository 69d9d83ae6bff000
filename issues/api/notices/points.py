"""What a paper asks, point by point, and how far it is answered."""

from flask import Blueprint, Response

from issues.api.door.answers import shaped
from issues.api.notices import shapes
from issues.api.openapi.described import describes
from issues.ground import clock
from issues.notices.receipts import drafts
from issues.notices.receipts.standing import Line, lines
from issues.notices.reviewing import reviews
from issues.queries.notices import pages as queries
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("notice_points", __name__)


@blueprint.get("/notices/<int:notice_id>/points")
@describes("督办文书", "文书的各项要求和答复情况", answer=shapes.NoticePoints)
@requires(Right.NOTICES)
def index(notice_id: int) -> Response:
    notice = queries.whole(notice_id, actor())
    found = lines(notice, drafts.of(notice), reviews(notice), clock.today())
    return shaped(shapes.NoticePoints(items=[_shape(one) for one in found]))


def _shape(line: Line) -> shapes.NoticePoint:
    answer = line.answer
    return shapes.NoticePoint(
        no=line.point.no,
        text=line.point.text,
        due=line.point.due,
        standing=line.label,
        is_owed=line.is_open,
        state=answer.state if answer else None,
        by=answer.by if answer else None,
        answer=answer.text if answer else "",
        evidence=list(answer.evidence) if answer else [],
        returned=line.returned,
    )
