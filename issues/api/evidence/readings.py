"""Monitoring readings of a ticket: entering, reviewing, correcting, taking back with a reason."""

from typing import Any

from flask import Blueprint, Response

from issues.act_fields import REASON, Field
from issues.act_fields.details import read_details
from issues.act_fields.field import PAST
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.evidence.shapes import Reading
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.ticket.targets import TargetReading
from issues.evidence import measured as reading_of, readings, reviewing, rows as keeping
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Evidence, Issue, Reading as Row
from issues.queries.evidence import readings as queries
from issues.queries.evidence.files import rows_of, seen_by
from issues.rights.table import Right
from issues.rules.targets.effect import is_within
from issues.supervision import lookbacks
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("readings", __name__)

TAG = "监测数据"
CREATED = 201
LONGEST = reading_of.LONGEST
FIELDS = (
    Field("pollutant", "text", "监测项目", limit=LONGEST["pollutant"]),
    Field("value", "decimal", "数值"),
    Field("unit_of_value", "text", "单位", limit=LONGEST["unit_of_value"]),
    Field("low", "decimal", "下限", required=False),
    Field("high", "decimal", "上限", required=False),
    Field("sampled_on", "date", "采样日期", when=PAST),
    Field("point", "text", "监测点位", required=False, limit=LONGEST["point"]),
    Field("laboratory", "text", "监测单位", limit=LONGEST["laboratory"]),
    Field("evidence", "evidence", "所在的监测报告", required=False),
)
OF_TARGET = (
    Field("on", "date", "采样日期", when=PAST),
    Field("value", "decimal", "数值"),
    Field("source", "text", "监测单位", required=False, limit=LONGEST["laboratory"]),
    Field("point", "text", "监测点位", required=False, limit=LONGEST["point"]),
    Field("evidence", "evidence", "所在的监测报告", required=False),
)
KEPT_AS = {
    "on": "sampled_on", "value": "value", "source": "laboratory", "point": "point",
    "evidence": "evidence",
}  # fmt: skip
"""What a reading of a target is called here, and where all readings are kept."""


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
    measured = _measured(read_details(FIELDS, sent.body(), issue), issue)
    return shaped(_shape(readings.record(issue, actor(), measured, at=clock.now())), CREATED)


@blueprint.post("/issues/<number>/targets/<int:target_id>/readings")
@describes(
    TAG, "登记目标的一个读数", status=CREATED, answer=TargetReading,
    body=bodies.of_fields(OF_TARGET),
)  # fmt: skip
@with_issue()
@acting
def enter_of_target(issue: Issue, target_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    keeping.refuse_unless_open(issue, actor())
    target = queries.target_of(issue, target_id)
    given = read_details(OF_TARGET, sent.body(), issue)
    said = {kept: given[name] for name, kept in KEPT_AS.items()}
    try:
        measured = reading_of.of_target(target, said, _reports(issue))
    except Incomplete as wrong:
        named = {kept: name for name, kept in KEPT_AS.items()}
        errors = {named.get(kept, kept): told for kept, told in wrong.errors.items()}
        raise Incomplete(errors) from None
    row = readings.record(issue, actor(), measured, at=clock.now())
    return shaped(_of_target(row), CREATED)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/confirm")
@describes(TAG, "确认一条监测数据，登记人和登记单位不能确认", answer=Reading)
@with_issue(Right.REVIEW_READING)
@acting
def confirm(issue: Issue, reading_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    row = queries.one(issue, reading_id)
    lookbacks.confirm_reading(issue, actor(), row, at=clock.now())
    return shaped(_shape(row))


@blueprint.post("/issues/<number>/readings/<int:reading_id>/return")
@describes(TAG, "退回一条监测数据", answer=Reading, body=bodies.of_fields((REASON,)))
@with_issue(Right.REVIEW_READING)
@acting
def give_back(issue: Issue, reading_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    row = queries.one(issue, reading_id)
    given = read_details((REASON,), sent.body(), issue)
    reviewing.give_back(issue, actor(), row, given["reason"], at=clock.now())
    return shaped(_shape(row))


@blueprint.post("/issues/<number>/readings/<int:reading_id>/correct")
@describes(
    TAG, "更正一条监测数据，原数据保留", status=CREATED, answer=Reading,
    body=bodies.of_fields((*FIELDS, REASON)),
)  # fmt: skip
@with_issue()
@acting
def correct(issue: Issue, reading_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    row = queries.one(issue, reading_id)
    readings.refuse_unless_mendable(issue, actor(), row)
    given = read_details((*FIELDS, REASON), sent.body(), issue)
    measured = _measured(given, issue)
    new = readings.correct(issue, actor(), row, measured, given["reason"], at=clock.now())
    return shaped(_shape(new), CREATED)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/withdraw")
@describes(TAG, "撤回一条监测数据", answer=Reading, body=bodies.of_fields((REASON,)))
@with_issue()
@acting
def withdraw(issue: Issue, reading_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    row = queries.one(issue, reading_id)
    readings.refuse_unless_mendable(issue, actor(), row)
    given = read_details((REASON,), sent.body(), issue)
    readings.withdraw(issue, actor(), row, given["reason"], at=clock.now())
    return shaped(_shape(row))


def _measured(given: dict[str, Any], issue: Issue) -> reading_of.Measured:
    """As a person would have typed it, for the one place that understands a reading."""
    said = {name: reading_of.typed(value) for name, value in given.items()}
    return reading_of.read(said, _reports(issue))


def _reports(issue: Issue) -> dict[int, Evidence]:
    return {row.id: row for row in seen_by(actor(), issue, rows_of(issue))}


def _shape(row: Row) -> Reading:
    return Reading.of(
        row,
        is_within=is_within(row),
        evidence=row.evidence_id,
        target=row.target_id,
        corrects=row.corrects_id,
        confirmed_by=row.confirmed_by.display_name if row.confirmed_by else None,
        withdraw_reason=row.withdraw_reason or None,
    )


def _of_target(row: Row) -> TargetReading:
    return TargetReading.of(
        row,
        on=row.sampled_on,
        source=row.laboratory,
        evidence=row.evidence_id,
        confirmed=row.confirmed_at is not None,
    )
