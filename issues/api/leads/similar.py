"""What stands beside a lead: the likest tickets and leads, and the nearest."""

from typing import Annotated

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import shaped
from issues.api.leads.page import TAG
from issues.api.openapi.described import describes
from issues.api.ticket.similar import LikenessReason
from issues.ground.shape import Shape
from issues.leads import triage
from issues.likeness.scoring import Reason
from issues.queries.leads.alike import beside
from issues.rights.table import Right
from issues.vocabulary import LeadState, Status
from issues.web.door.guards import actor, requires

blueprint = Blueprint("similar_leads", __name__)
BECAUSE = Annotated[list[LikenessReason], "为什么"]
LIKENESS = Annotated[float, "相近程度，0到1"]


class LikelyTicket(Shape, heading="与线索相近的事项"):
    number: Annotated[str, "编号"]
    title: Annotated[str, "标题"]
    status: Annotated[Status, "状态"]
    likeness: LIKENESS
    because: BECAUSE


class LikelyLead(Shape, heading="相近的线索"):
    id: Annotated[int, "标识"]
    text: Annotated[str, "线索内容"]
    state: Annotated[LeadState, "状态"]
    ticket: Annotated[str | None, "登记为或并入的事项编号"]
    likeness: LIKENESS
    because: BECAUSE


class NearOne(Shape, heading="附近的事项或线索"):
    metres: Annotated[int, "距离（米）"]
    ticket: Annotated[str | None, "事项编号；是线索的为 null"]
    lead: Annotated[int | None, "线索标识；是事项的为 null"]
    text: Annotated[str, "标题或线索内容"]


class BesideLead(Shape, heading="与线索相近的"):
    tickets: Annotated[list[LikelyTicket], "事项，最相近的在前"]
    leads: Annotated[list[LikelyLead], "线索，最相近的在前"]
    near: Annotated[list[NearOne], "一公里以内、不在前两项中的，近的在前"]


@blueprint.get("/leads/<int:lead_id>/similar")
@describes(TAG, "与一条线索相近的事项、线索和附近的事项、线索", answer=BesideLead)
@requires(Right.SEE_LEADS)
def of_lead(lead_id: int) -> Response:
    sent.refuse_unknown(())
    found = beside(triage.find(lead_id, actor()), actor())
    return shaped(
        BesideLead(
            tickets=[LikelyTicket.of(one, because=_why(one.because)) for one in found.tickets],
            leads=[
                LikelyLead.of(one, because=_why(one.because), ticket=one.number)
                for one in found.leads
            ],
            near=[NearOne.of(one, ticket=one.number) for one in found.near],
        )
    )


def _why(because: tuple[Reason, ...]) -> list[LikenessReason]:
    return [LikenessReason(what=what, how=how) for what, how in because]
