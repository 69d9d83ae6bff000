"""The pollution sources of one lead: tied to it, or suggested only."""

from typing import Annotated

from flask import Blueprint, Response

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, shaped
from issues.api.leads.page import TAG
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.supervision.polluters import PolluterWhole, whole
from issues.ground.shape import Shape
from issues.leads import triage
from issues.polluters import tying_leads
from issues.polluters.keeping import LONGEST_REASON
from issues.queries.polluters import page as queries
from issues.queries.polluters.suggested import suggested_for
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("lead_polluters", __name__)
SAID = (
    Field("polluter", "integer", "污染源"),
    Field("reason", "text", "理由", limit=LONGEST_REASON),
)


class NamedPolluter(Shape, heading="线索的污染源"):
    id: Annotated[int, "标识"]
    name: Annotated[str, "名称"]
    code: Annotated[str | None, "统一社会信用代码"]


class SuggestedPolluter(NamedPolluter, heading="系统建议的污染源"):
    because: Annotated[str, "为什么"]


class PollutersOfLead(Shape, heading="线索的污染源和建议"):
    tied: Annotated[list[NamedPolluter], "由人关联的"]
    suggested: Annotated[list[SuggestedPolluter], "系统建议、尚未关联的"]


@blueprint.get("/leads/<int:lead_id>/polluters")
@describes(TAG, "一条线索关联的和系统建议的污染源", answer=PollutersOfLead)
@requires(Right.KEEP_POLLUTERS)
def of_lead(lead_id: int) -> Response:
    sent.refuse_unknown(())
    lead = triage.find(lead_id, actor())
    tied = queries.of_leads([lead.id], actor()).get(lead.id, [])
    offered = suggested_for(lead, actor())
    return shaped(
        PollutersOfLead(
            tied=[NamedPolluter.of(one, code=one.code or None) for one in tied],
            suggested=[
                SuggestedPolluter.of(one, code=one.code or None, because=one.why) for one in offered
            ],
        )
    )


@blueprint.post("/leads/<int:lead_id>/actions/tie_polluter")
@describes(TAG, "关联污染源，回答该污染源", answer=PolluterWhole, body=bodies.of_fields(SAID))
@requires(Right.KEEP_POLLUTERS)
@acting
def tie(lead_id: int) -> Response:
    lead, given = triage.find(lead_id, actor()), read_details(SAID, sent.body(), None)
    return shaped(whole(tying_leads.tie(actor(), lead, given["polluter"], given["reason"])))


@blueprint.post("/leads/<int:lead_id>/actions/untie_polluter")
@describes(TAG, "取消关联污染源，回答该污染源", answer=PolluterWhole, body=bodies.of_fields(SAID))
@requires(Right.KEEP_POLLUTERS)
@acting
def untie(lead_id: int) -> Response:
    lead, given = triage.find(lead_id, actor()), read_details(SAID, sent.body(), None)
    return shaped(whole(tying_leads.untie(actor(), lead, given["polluter"], given["reason"])))
