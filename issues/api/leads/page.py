"""The leads of the city: read and decided by people, posted by machines."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy import func, select

from extensions import db
from issues import acts
from issues.act_fields import fields_of
from issues.api.door import sent
from issues.api.door.answers import acting, after, limit, once_only, page, shaped
from issues.api.leads import shapes
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import MULTIPART, describes, listed
from issues.evidence import rows as keeping
from issues.ground import clock
from issues.ground.documents import details_of
from issues.ground.refusals import Incomplete
from issues.leads import taking, triage
from issues.leads.fields import DISMISS, LINK, SENT
from issues.models import Lead
from issues.queries.leads import counts, listing
from issues.rights.table import Right
from issues.vocabulary import Action
from issues.web.door import forms, uploads
from issues.web.door.guards import actor, requires

blueprint = Blueprint("leads", __name__)

TAG = "线索"
LEAD, PICTURES = "lead", "pictures"
CREATED = 201
ASKED = {
    "origin": ("string", "来源"), "state": ("string", "状态"),
    "sort": ("string", "newest、due 或 nearest；nearest 须有 lon 和 lat"),
    "lon": ("number", "经度"), "lat": ("number", "纬度"),
}  # fmt: skip


@blueprint.get("/leads")
@describes(TAG, "线索，新的在前", answer=Listing(shapes.Lead), query=listed(ASKED))
@requires(Right.SEE_LEADS)
def index() -> Response:
    sent.refuse_unknown(listed(ASKED))
    asked = listing.LeadFilter.read({name: sent.word_of(name) for name in ASKED})
    asked.refuse_unknown()
    rows, begin, size = listing.rows(asked), after(), limit()
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    shown = db.session.scalars(rows.offset(begin).limit(size)).all()
    following = begin + size if begin + size < total else None
    return page([_shape(one) for one in shown], following, total)


@blueprint.get("/leads/counts")
@describes(TAG, "按来源的线索数和研判用时", answer=shapes.LeadCounts)
@requires(Right.SEE_LEADS)
def counted() -> Response:
    sent.refuse_unknown(())
    rows = [_count(one) for one in counts.counts(clock.now())]
    return shaped(shapes.LeadCounts(items=rows))


def _count(one: counts.OriginCount) -> shapes.LeadCount:
    numbers = {state.value: number for state, number in one.states.items()}
    return shapes.LeadCount(
        origin=one.origin, total=one.total, overdue=one.overdue, median_hours=one.hours, **numbers
    )


@blueprint.post("/leads")
@describes(
    TAG, "报送一条线索；有图片时用 multipart/form-data，lead 为同样的 JSON，pictures 为文件；"
    "同一来源的同一编号再报，答复第一次的线索；第一次由他人报送的，答复 422",
    status=CREATED, answer=shapes.Lead, body=bodies.of_fields(SENT),
)  # fmt: skip
@requires(Right.REPORT_LEAD)
def post() -> Response:
    """The bytes are proven and kept before the transaction. A second post adds nothing."""
    raw = _sent()
    proven = [] if request.mimetype != MULTIPART else _proven()
    return once_only(lambda: _take(raw, proven))


def _take(raw: dict[str, Any], proven: list[keeping.Proven]) -> Response:
    try:
        taken = taking.take(actor(), raw, proven, clock.now())
    except Incomplete as refused:
        raise Incomplete(_as_sent(refused.errors)) from refused
    answer = shaped(_shape(taken.lead), CREATED)
    answer.headers["Location"] = url_for("leads.page", lead_id=taken.lead.id)
    return answer


def _sent() -> dict[str, Any]:
    """The lead as the form has it. Raises Incomplete, UnsupportedMediaType."""
    if request.mimetype != MULTIPART:
        return _flat(sent.body())
    words = forms.carried(LEAD)
    if not words:
        raise Incomplete({LEAD: ["请填写线索，写作一组 JSON。"]})
    if extra := [name for name in forms.lists() if name != LEAD]:
        raise Incomplete({name: ["没有这一项"] for name in extra})
    return _flat(details_of(words, len(words)))


def _flat(said: Any) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise Incomplete({"": ["应是一组有名称的内容"]})
    known = {one.name for one in SENT}
    if extra := [name for name in said if name not in known]:
        raise Incomplete({name: ["没有这一项"] for name in extra})
    if not said.get("origin_ref"):
        raise Incomplete({"origin_ref": ["请填写来源编号"]})
    reading = said.get("reading")
    if reading is not None and not isinstance(reading, dict):
        raise Incomplete({"reading": ["监测数据应是一组有名称的内容"]})
    names = {one.name for one in taking.READING}
    if extra := [name for name in reading or {} if name not in names]:
        raise Incomplete({f"reading.{name}": ["没有这一项"] for name in extra})
    return taking.flattened(said)


def _as_sent(errors: Any) -> dict[str, list[str]]:
    """Faults of the reading under its own name."""
    inside = {one.name for one in taking.READING}
    return {f"reading.{name}" if name in inside else name: told for name, told in errors.items()}


def _proven() -> list[keeping.Proven]:
    if set(forms.chosen()) - {PICTURES}:
        raise Incomplete({PICTURES: ["文件应放在 pictures 下。"]})
    files = forms.files(PICTURES)
    if len(files) > taking.MOST_PICTURES:
        raise Incomplete({PICTURES: [f"一条线索最多{taking.MOST_PICTURES}个文件。"]})
    return [uploads.proven(one.stream, one.filename or "") for one in files]


@blueprint.post("/leads/<int:lead_id>/actions/to_ticket")
@describes(
    TAG, "登记为问题；不填的各项取线索中的内容", answer=shapes.Lead,
    body=bodies.confirmable(bodies.of_fields(fields_of(Action.EDIT))),
)  # fmt: skip
@requires(Right.TRIAGE_LEADS)
@acting
def to_ticket(lead_id: int) -> Response:
    lead = triage.find(lead_id, actor(), for_change=True)
    triage.refuse_unless_new(lead, actor())
    said = {name: value for name, value in triage.said_of(lead).items() if value}
    issue = acts.register(actor(), said | sent.body())
    return shaped(_shape(triage.become(lead.id, issue, actor(), clock.now())))


@blueprint.post("/leads/<int:lead_id>/actions/link")
@describes(TAG, "并入已有事项", answer=shapes.Lead, body=bodies.of_fields(LINK))
@requires(Right.TRIAGE_LEADS)
@acting
def link(lead_id: int) -> Response:
    return shaped(_shape(triage.link(lead_id, sent.body(), actor(), clock.now())))


@blueprint.post("/leads/<int:lead_id>/actions/dismiss")
@describes(TAG, "不予登记", answer=shapes.Lead, body=bodies.of_fields(DISMISS))
@requires(Right.TRIAGE_LEADS)
@acting
def dismiss(lead_id: int) -> Response:
    return shaped(_shape(triage.dismiss(lead_id, sent.body(), actor(), clock.now())))


def _shape(lead: Lead) -> shapes.Lead:
    reading = None
    if lead.value is not None:
        limit = None if lead.limit_value is None else f"{lead.limit_value:f}"
        reading = shapes.LeadReading(
            pollutant=lead.pollutant, value=f"{lead.value:f}", unit=lead.measured_in, limit=limit
        )
    return shapes.Lead.of(
        lead,
        urgent=lead.is_urgent,
        reading=reading,
        pictures=[shapes.LeadPicture.of(one) for one in lead.pictures],
        ticket=lead.issue.number if lead.issue_id and lead.issue else None,
        reason=lead.reason or None,
    )
