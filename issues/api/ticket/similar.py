"""Which tickets are like a problem that is about to be entered, or like one that is here."""

from typing import Annotated

from flask import Blueprint, Response, request

from issues.act_fields.details import read_details
from issues.act_fields.field import Field, optional
from issues.api.door import sent
from issues.api.door.answers import page
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.likeness import Similar, similar
from issues.models import Issue
from issues.queries.likeness.alike import alike
from issues.rights.table import Right, reach
from issues.vocabulary import LinkKind, Status
from issues.web.door.guards import actor, requires, with_issue

blueprint = Blueprint("similar", __name__)

TAG = "事项"
ASKED = (
    Field("text", "long_text", "存在问题", limit=5000),
    optional("region", "region", "行政区域"),
    optional("lon", "decimal", "经度"),
    optional("lat", "decimal", "纬度"),
    optional("firm", "text", "责任主体", limit=120),
)
QUERY = {one.name: ("number" if one.type == "decimal" else "string", one.label) for one in ASKED}
MOST = 10


class LikenessReason(Shape, heading="相近之处"):
    what: Annotated[str, "比的是什么：字词、距离、责任主体、行政区域、时间"]
    how: Annotated[str, "怎样相近"]


class SimilarIssue(Shape, heading="相近事项"):
    number: Annotated[str, "编号"]
    title: Annotated[str, "标题"]
    status: Annotated[Status, "状态"]
    likeness: Annotated[float, "相近程度，0到1"]
    because: Annotated[list[LikenessReason], "为什么"]
    linked: Annotated[LinkKind | None, "已作的关联；没有时为 null"]


@blueprint.get("/similar")
@describes(TAG, "与所述问题相近的事项", answer=Listing(SimilarIssue), query=QUERY)
@requires(Right.VIEW)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    said = read_details(ASKED, request.args.to_dict(), None)
    lon, lat = said["lon"], said["lat"]
    if (lon is None) != (lat is None):
        raise Incomplete({"lon": ["经度和纬度要一起填"], "lat": ["经度和纬度要一起填"]})
    found = similar(
        said["text"], said["region"] or "", None if lon is None else (float(lon), float(lat)),
        said["firm"] or "", clock.today(), reach(actor()), MOST,
    )  # fmt: skip
    return _page([(one, None) for one in found])


@blueprint.get("/issues/<number>/similar")
@describes(TAG, "与一个事项相近的事项", answer=Listing(SimilarIssue))
@with_issue()
def of_ticket(issue: Issue) -> Response:
    sent.refuse_unknown(())
    return _page(alike(issue, actor()))


def _page(found: list[tuple[Similar, LinkKind | None]]) -> Response:
    return page([_shape(one, linked) for one, linked in found], None, len(found))


def _shape(one: Similar, linked: LinkKind | None) -> SimilarIssue:
    because = [LikenessReason(what=what, how=how) for what, how in one.because]
    return SimilarIssue.of(one, because=because, linked=linked)
