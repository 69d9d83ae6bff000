"""Pollution sources: the list, and one with its tickets and its history."""

from datetime import date, datetime
from typing import Annotated, Any

from flask import Blueprint, Response

from issues import regions
from issues.api.door import sent
from issues.api.door.answers import after, limit, page, shaped
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.models import Event, Polluter as Row
from issues.polluters import keeping
from issues.queries.polluters import page as queries
from issues.queries.polluters.page import Asked, Line
from issues.rights.table import Right
from issues.vocabulary import LeadState, PolluterAct, PolluterKind, Status
from issues.web.door.guards import actor, requires

blueprint = Blueprint("polluters", __name__)
TAG = "污染源"
BETWEEN = "、"
QUERY = listed({
    "q": ("string", "名称、代码、地址或许可证编号中的字"),
    "kind": ("string", "类别代码"),
    "region": ("string", "县（区）代码"),
    "tied": ("string", "填1时只列有关联问题的"),
})  # fmt: skip


class Polluter(Shape, heading="污染源"):
    id: Annotated[int, "标识"]
    name: Annotated[str, "名称"]
    code: Annotated[str | None, "统一社会信用代码"]
    kind: Annotated[PolluterKind, "类别"]
    region: Annotated[str, "县（区）代码"]
    place: Annotated[str, "地址"]
    lon: Annotated[float | None, "经度（WGS-84）"]
    lat: Annotated[float | None, "纬度（WGS-84）"]
    permits: Annotated[list[Annotated[str, "编号"]], "许可证编号"]
    ended_at: Annotated[datetime | None, "停用时间"]


class ListedPolluter(Polluter, heading="污染源及关联问题数"):
    tickets: Annotated[int, "关联问题数"]
    leads: Annotated[int | None, "关联线索数；不能看线索的为 null"]


class TiedTicket(Shape):
    number: Annotated[str, "编号"]
    title: Annotated[str, "问题"]
    status: Annotated[Status, "状态"]
    first_assigned_on: Annotated[date | None, "交办日期"]
    closed_on: Annotated[date | None, "销号日期"]
    tied_on: Annotated[date, "关联日期"]


class TiedLead(Shape):
    id: Annotated[int, "标识"]
    text: Annotated[str, "线索内容"]
    state: Annotated[LeadState, "状态"]
    ticket: Annotated[str | None, "登记为或并入的事项编号"]


class PolluterRecord(Shape):
    at: Annotated[datetime, "时间"]
    actor: Annotated[str, "办理人"]
    act: Annotated[PolluterAct, "动作"]
    reason: Annotated[str, "理由"]


class PolluterWhole(Polluter, heading="污染源及其问题、记录"):
    tickets: Annotated[list[TiedTicket], "关联的问题，最近关联的在前"]
    leads: Annotated[list[TiedLead], "关联的线索，最近关联的在前；不能看线索的为空"]
    records: Annotated[list[PolluterRecord], "记录，新的在前"]


@blueprint.get("/polluters")
@describes(TAG, "污染源，在用的在前", answer=Listing(ListedPolluter), query=QUERY)
@requires(Right.POLLUTERS)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    begin = after()
    rows, total = queries.part(_asked(), actor(), begin, limit())
    following = begin + len(rows)
    return page([_listed(line) for line in rows], following if following < total else None, total)


@blueprint.get("/polluters/<int:polluter_id>")
@describes(TAG, "一个污染源及其问题、记录", answer=PolluterWhole)
@requires(Right.POLLUTERS)
def one(polluter_id: int) -> Response:
    sent.refuse_unknown(())
    return shaped(whole(keeping.find(polluter_id, actor())))


def whole(row: Row) -> PolluterWhole:
    told = queries.told_of(row, actor())
    return PolluterWhole.of(
        row,
        tickets=[TiedTicket.of(ticket) for ticket in told.tickets],
        leads=[TiedLead.of(lead, ticket=lead.number) for lead in told.leads],
        records=[_record(event) for event in told.records],
        **_own(row),
    )


def _asked() -> Asked:
    """Raises Incomplete: what is not known would silently widen the answer."""
    words = {name: sent.word_of(name) for name in ("q", "kind", "region", "tied")}
    errors = {}
    if words["kind"] and PolluterKind.of(words["kind"]) is None:
        errors["kind"] = ["没有这个类别"]
    if words["region"] and regions.find(words["region"]) is None:
        errors["region"] = ["没有这个县（区）"]
    if words["tied"] not in {"", "1"}:
        errors["tied"] = ["只能填1，或不填"]
    if errors:
        raise Incomplete(errors)
    return Asked(words["q"], words["kind"], words["region"], words["tied"])


def _listed(line: Line) -> ListedPolluter:
    return ListedPolluter.of(
        line.polluter, tickets=line.tickets, leads=line.leads, **_own(line.polluter)
    )


def _own(row: Row) -> dict[str, Any]:
    return {
        "code": row.code or None,
        "permits": row.permits.split(BETWEEN) if row.permits else [],
    }  # fmt: skip


def _record(event: Event) -> PolluterRecord:
    return PolluterRecord.of(event, act=PolluterAct(event.action))
