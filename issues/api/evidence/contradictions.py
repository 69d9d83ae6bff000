"""Where two sources of a ticket differ, for who reviews it."""

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.evidence import shapes
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.models import Issue
from issues.queries.evidence.contradictions import Quoted, Shown, of_ticket
from issues.rights.table import Right
from issues.web.door.guards import actor, with_issue

blueprint = Blueprint("contradictions", __name__)

TAG = "佐证材料"


@blueprint.get("/issues/<number>/contradictions")
@describes(TAG, "矛盾线索，待判断的在前", answer=Listing(shapes.Contradiction), query=listed())
@with_issue(Right.SEE_FLAGS)
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    return cut(of_ticket(issue, actor()), _shape)


def _shape(one: Shown) -> shapes.Contradiction:
    return shapes.Contradiction.of(
        one,
        one=_side(one.one),
        other=_side(one.other),
        verdict=one.ruled.verdict if one.ruled else None,
        reason=one.ruled.reason if one.ruled else None,
    )


def _side(side: Quoted) -> shapes.Source:
    return shapes.Source.of(side, text=side.before + side.mark + side.behind)
