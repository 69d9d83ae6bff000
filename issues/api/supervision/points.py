"""The points of a year's programme with their deliverables and targets."""

from typing import Annotated

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.ticket.targets import Target, shape_of
from issues.ground import clock
from issues.ground.shape import Shape
from issues.queries.supervision import points as queries
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("points", __name__)
LATEST = 2999
QUERY = listed({"year": ("integer", "哪一年，不填为最近一年")})


class Deliverable(Shape, heading="交付成果"):
    text: Annotated[str, "内容"]
    done: Annotated[bool, "是否完成"]


class Point(Shape, heading="工作要点"):
    no: Annotated[int | None, "在工作要点中的序号"]
    name: Annotated[str, "名称"]
    chapter: Annotated[str, "篇章"]
    number: Annotated[str, "事项编号"]
    lead_unit: Annotated[str | None, "牵头单位代码"]
    responsible_units: Annotated[list[str], "其他责任单位代码"]
    deliverables: Annotated[list[Deliverable], "交付成果"]
    targets: Annotated[list[Target], "量化目标"]
    late: Annotated[list[str], "逾期事项"]


@blueprint.get("/points")
@describes("工作要点", "某一年的工作要点、交付成果和量化目标", answer=Listing(Point), query=QUERY)
@requires(Right.VIEW)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    known = queries.years(actor())
    today = clock.today()
    latest = known[0] if known else today.year
    year = sent.number_of("year", latest, most=LATEST)
    return cut(queries.points(actor(), year, today), _shape)


def _shape(point: queries.Point) -> Point:
    return Point(
        no=point.place,
        name=point.issue.title,
        chapter=point.chapter,
        number=point.issue.number,
        lead_unit=point.lead.code if point.lead else None,
        responsible_units=[unit.code for unit in point.units],
        deliverables=[Deliverable(text=one.text, done=one.is_done) for one in point.deliverables],
        targets=[shape_of(target.line) for target in point.targets],
        late=list(point.late),
    )
