"""Monitoring readings of a ticket: every one, entering one, taking one back with a reason."""

from typing import Any

from flask import Blueprint, Response

from issues.act_fields import REASON, Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.evidence.shapes import Reading
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.evidence import readings, rows as keeping
from issues.ground import clock
from issues.models import Issue, Reading as Row
from issues.queries.evidence import readings as queries
from issues.queries.evidence.files import rows_of, seen_by
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("readings", __name__)

TAG = "监测数据"
CREATED = 201
FIELDS = (
    Field("pollutant", "text", "监测项目", limit=readings.LONGEST["pollutant"]),
    Field("value", "decimal", "数值"),
    Field("unit_of_value", "text", "单位", limit=readings.LONGEST["unit_of_value"]),
    Field("low", "decimal", "下限", required=False),
    Field("high", "decimal", "上限", required=False),
    Field("sampled_on", "date", "采样日期"),
    Field("point", "text", "监测点位", required=False, limit=readings.LONGEST["point"]),
    Field("laboratory", "text", "监测单位", limit=readings.LONGEST["laboratory"]),
    Field("evidence", "evidence", "所在的监测报告", required=False),
)


@blueprint.get("/issues/<number>/readings")
@describes(TAG, "监测数据，撤回的也在", answer=Listing(Reading), query=listed())
@with_issue()
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    return cut(queries.every_reading_of(issue), _shape)


@blueprint.post("/issues/<number>/readings")
@describes(TAG, "登记一条监测数据", status=CREATED, answer=Reading, body=bodies.of_fields(FIELDS))
@with_issue()
@acting
def enter(issue: Issue) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    keeping.refuse_unless_open(issue, actor())
    given = read_details(FIELDS, sent.body(), issue)
    reports = {row.id: row for row in seen_by(actor(), issue, rows_of(issue))}
    measured = readings.read({name: _typed(value) for name, value in given.items()}, reports)
    return shaped(_shape(readings.record(issue, actor(), measured, at=clock.now())), CREATED)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/withdraw")
@describes(TAG, "撤回一条监测数据", answer=Reading, body=bodies.of_fields((REASON,)))
@with_issue()
@acting
def withdraw(issue: Issue, reading_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    row = queries.one(issue, reading_id)
    keeping.refuse_unless_open(issue, actor())
    given = read_details((REASON,), sent.body(), issue)
    readings.withdraw(issue, actor(), row, given["reason"], at=clock.now())
    return shaped(_shape(row))


def _typed(value: Any) -> str:
    """As a person would have typed it, for the one place that understands a reading."""
    return "" if value is None else str(getattr(value, "id", value))


def _shape(row: Row) -> Reading:
    return Reading.of(
        row,
        is_within=readings.is_within(row),
        evidence=row.evidence_id,
        withdraw_reason=row.withdraw_reason or None,
    )
