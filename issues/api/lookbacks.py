"""Planned and done look-backs. Units never see them."""

from typing import Any

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from issues.api import sent
from issues.api.answers import after, limit, page
from issues.api.described import describes, listed
from issues.api.schema import listing, ref
from issues.api.values import day
from issues.models import Issue, Lookback
from issues.permissions import Right, reach
from issues.web.guards import actor, requires
from sqlalchemy import func

blueprint = Blueprint("lookbacks", __name__)

QUERY = listed({"due_before": ("date", "计划日期不晚于这天")})


@blueprint.get("/lookbacks")
@describes("回头看", "回头看计划和结果", answer=listing(ref("Lookback")), query=QUERY)
@requires(Right.LOOKBACKS)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    last, begin, size = sent.day_of("due_before"), after(), limit()
    rows = select(Lookback).join(Issue).where(reach(actor()))
    if last is not None:
        rows = rows.where(Lookback.planned_on <= last)
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    rows = rows.options(joinedload(Lookback.issue)).order_by(Lookback.planned_on, Lookback.id)
    found = db.session.scalars(rows.offset(begin).limit(size)).all()
    following = begin + len(found)
    return page([_shape(row) for row in found], following if following < total else None, total)


def _shape(row: Lookback) -> dict[str, Any]:
    return {
        "number": row.issue.number,
        "planned_on": day(row.planned_on),
        "why": row.why,
        "done_on": day(row.done_on),
        "result": row.result and row.result.value,
    }
