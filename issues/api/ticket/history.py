"""The history of a ticket, and every rule that fires on it, past and to come."""

from datetime import date, datetime
from typing import Annotated, Any

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import after, cut, limit, page
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.evidence.hiding import is_hidden
from issues.ground import clock
from issues.ground.shape import Shape
from issues.models import Event, Issue
from issues.queries.evidence.files import hidden_from
from issues.queries.ticket.history import rows_of
from issues.queries.ticket.words import TAKEN_BACK
from issues.rights.table import Right, may
from issues.rules import firings as fired
from issues.vocabulary import Rule
from issues.web.door.guards import actor, with_issue

blueprint = Blueprint("records", __name__)

TAG = "记录"


class HistoryRow(Shape, heading="办理记录"):
    seq: Annotated[int, "序号"]
    action: Annotated[str, "办理动作"]
    actor: Annotated[str, "办理人"]
    unit: Annotated[str, "单位"]
    at: Annotated[datetime, "时间"]
    before: Annotated[str, "办理前状态"]
    after: Annotated[str, "办理后状态"]
    reason: Annotated[str, "理由或意见"]
    digest: Annotated[str, "摘要"]


class Firing(Shape, heading="触发的规则"):
    rule: Annotated[Rule, "规则"]
    since: Annotated[date, "从哪天起"]
    because: Annotated[str, "原因"]
    facts: Annotated[dict[str, Any], "计算依据"]


@blueprint.get("/issues/<number>/history")
@describes(TAG, "办理记录，按先后", answer=Listing(HistoryRow), query=listed())
@with_issue()
def history(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    covert = may(actor(), Right.SEE_COVERT, issue)
    found = rows_of(issue, covert=covert, after=after(), most=limit())
    hidden = hidden_from(actor(), issue)
    rows = zip(found.rows, found.numbers, strict=True)
    told = [HistoryRow.of(row, seq=number, reason=_reason(row, hidden)) for row, number in rows]
    return page(told, found.next, found.total)


def _reason(row: Event, hidden: frozenset[int]) -> str:
    return TAKEN_BACK if is_hidden(row, hidden) else row.reason


@blueprint.get("/issues/<number>/firings")
@describes(TAG, "触发的规则：已触发的和无新情况时将触发的", answer=Listing(Firing), query=listed())
@with_issue()
def firings(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    today = clock.today()
    found = [fired.Firing.from_document(document) for document in issue.firings]
    return cut(found, lambda one: _fired(one, today))


def _fired(found: fired.Firing, on: date) -> Firing:
    """One to come is worded as of the day it will fire."""
    return Firing.of(found, because=found.because(max(on, found.since)))
