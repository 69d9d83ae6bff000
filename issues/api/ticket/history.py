"""The history of a ticket, and every rule that fires on it, past and to come."""

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import after, cut, limit, page
from issues.api.openapi.described import describes, listed
from issues.api.openapi.words import listing, ref
from issues.api.ticket.shapes import firing, history_row
from issues.ground import clock
from issues.models import Issue
from issues.queries.ticket.history import rows_of
from issues.rights.table import Right, may
from issues.rules.firings import Firing
from issues.web.door.guards import actor, with_issue

blueprint = Blueprint("records", __name__)

TAG = "记录"


@blueprint.get("/issues/<number>/history")
@describes(TAG, "办理记录,按先后", answer=listing(ref("HistoryRow")), query=listed())
@with_issue()
def history(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    covert = may(actor(), Right.SEE_COVERT, issue)
    found = rows_of(issue, covert=covert, after=after(), most=limit())
    rows = zip(found.rows, found.numbers, strict=True)
    told = [history_row(row) | {"seq": number} for row, number in rows]
    return page(told, found.next, found.total)


@blueprint.get("/issues/<number>/firings")
@describes(
    TAG, "触发的规则:已触发的和无新情况时将触发的", answer=listing(ref("Firing")), query=listed()
)
@with_issue()
def firings(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    today = clock.today()
    found = [Firing.from_document(document) for document in issue.firings]
    return cut(found, lambda one: firing(one, today))
