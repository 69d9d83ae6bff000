"""The register under a filter, and a new draft in it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import Blueprint, Response, request

from issues import acts
from issues.act_fields import FIELDS
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import after, limit, once_only, page, ticket_answer
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.ticket.component import EnteredTicket, FoundTicket
from issues.api.ticket.shapes import ticket, told
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.likeness.scoring import Facts
from issues.queries.likeness.entering import likely
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import standing_of
from issues.queries.ticket.document import whole
from issues.rights.table import Right
from issues.search.hits import hits_of
from issues.vocabulary import Action
from issues.web.door.guards import actor, requires

blueprint = Blueprint("register", __name__)

TAG = "事项"
MEANINGS = {
    "colour": "显示颜色，可用逗号并列",
    "status": "状态，可用逗号并列",
    "source": "问题来源",
    "region": "行政区域",
    "unit": "单位代码，任何关系；role 可缩小",
    "role": "单位与事项的关系",
    "type": "问题类型",
    "due_before": "时限不晚于这天",
    "due_after": "时限不早于这天",
    "rule": "已触发的规则",
    "layer": "所在图层的编号，可用逗号并列",
    "keeper": "包案领导、包片、包段、包户人员姓名中的字；none 没有包保人",
    "firm": "责任主体名称中的字",
    "q": "文字，两个字即可；几个词用空格隔开。单位和点位也可用拼音首字母",
    "sort": "排序，前加 - 倒序",
    "view": "现成的视图：all 全部，mine 我的，red 红，yellow 黄",
    "on": "按这一天的颜色和状态",
    "seen": "填 1：以前各日按当日所见，不含导入时补记的",
    "turning": "多少天内将变色",
    "turns": "将变成的颜色",
    "newly": "这天不红而现在红",
    "notice": "督办文书：open 待答复，overdue 已逾期",
    "effect": "hollow 有件无效，relapsed 达标反弹；met 目标已达标，not_met 未达标，unknown 无读数",
    "counted": "填 1：同一问题的几件只列计入看板的一件",
    "same": "与这一编号同一问题的各件",
    "letter": "督察信访件：owed 待答复，near 临近答复期限，overdue 已超期",
    "batch": "随哪次导入进来，导入批次的编号",
}
LIKE = ("problem", "region", "lon", "lat", "subject_firm")
COMPARED = tuple(field for field in FIELDS[Action.REGISTER] if field.name in LIKE)
KNOWN = frozenset(field.name for field in fields(Filters))
QUERY = {name: ("date" if name in ("on", "due_before", "due_after", "newly") else "string", said)
         for name, said in MEANINGS.items()}  # fmt: skip


@blueprint.get("/issues")
@describes(TAG, "台账：按条件列出事项", answer=Listing(FoundTicket), query=listed(QUERY))
@requires(Right.VIEW)
def index() -> Response:
    sent.refuse_unknown(KNOWN)
    begin, size, today = after(), limit(), clock.today()
    asked = Filters.from_args({name: request.args.getlist(name) for name in request.args})
    filters = Filters(**asked.to_args() | {"limit": str(size)})
    total = register.count(filters, actor(), today)
    ids = register.ids(filters, actor(), today)
    found = whole(ids, standing_of(filters, today).day, today)
    begin = begin or filters.offset
    following = begin + len(ids)
    hits = hits_of(filters.q, actor(), ids)
    items = [ticket(one) | {"found_in": told(hits.get(one.issue.id, []))} for one in found]
    return page(items, following if following < total else None, total)


@blueprint.post("/issues")
@describes(
    TAG, "登记问题，成为待交办的草稿", status=201, answer=EnteredTicket, is_versioned=True,
    body=bodies.of_fields(FIELDS[Action.REGISTER]),
)  # fmt: skip
@requires(Action.REGISTER)
def create() -> Response:
    said = sent.body()
    near = _near(said)

    def entered() -> Response:
        issue = acts.register(actor(), said)
        return ticket_answer(issue, status=201, further={"similar": near} if near else {})

    return once_only(entered)


def _near(said: Any) -> list[dict[str, Any]]:
    """What is likely the same problem; nothing where what is said of it will be refused."""
    if not isinstance(said, Mapping):
        return []
    try:
        read = read_details(COMPARED, {name: said.get(name) for name in LIKE}, None)
    except Incomplete:
        return []
    lon, lat = read["lon"], read["lat"]
    point = None if lon is None or lat is None else (float(lon), float(lat))
    facts = Facts(read["problem"], read["region"] or "", point, read["subject_firm"] or "")
    return [
        {
            "number": one.number, "title": one.title, "likeness": one.likeness,
            "because": [{"what": what, "how": how} for what, how in one.because],
        }
        for one in likely(facts, actor())
    ]  # fmt: skip
