"""The targets of a ticket with their state today: every one, setting one, ending one."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from flask import Blueprint, Response

from issues import acts
from issues.act_fields import REASON, TARGET
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.ground.shape import Shape
from issues.models import Issue, Reading
from issues.queries.ticket.targets import TargetLine, targets_on
from issues.vocabulary import Action, Nature, Sense, TargetState
from issues.web.door.guards import actor, with_issue
from issues.workflow import load
from issues.workflow.perform import check

blueprint = Blueprint("targets", __name__)

TAG = "目标"
CREATED = 201


class TargetReading(Shape, heading="目标的读数"):
    id: Annotated[int, "标识"]
    on: Annotated[date, "采样日期"]
    value: Annotated[Decimal, "数值"]
    source: Annotated[str, "监测单位"]
    evidence: Annotated[int | None, "所在的监测报告"]
    confirmed: Annotated[bool, "是否经确认"]


class Target(Shape, heading="目标"):
    id: Annotated[int | None, "标识；措施自己的累计完成数没有"]
    name: Annotated[str, "项目"]
    sense: Annotated[Sense, "方向"]
    value: Annotated[Decimal, "目标值，逐位精确"]
    unit: Annotated[str, "单位"]
    nature: Annotated[Nature, "性质"]
    measure: Annotated[int | None, "措施序号；整个事项的目标没有"]
    start: Annotated[date | None, "起始日期"]
    by: Annotated[date | None, "目标日：自己的，或措施、事项的时限"]
    source: Annotated[str, "数据提供单位"]
    required: Annotated[bool, "验收必查"]
    quote: Annotated[str, "原文"]
    state: Annotated[TargetState, "今日是否达标"]
    says: Annotated[str, "达标与否的算式"]
    readings: Annotated[list[TargetReading], "读数"]


@blueprint.get("/issues/<number>/targets")
@describes(TAG, "目标和今日是否达标", answer=Listing(Target), query=listed())
@with_issue()
def index(issue: Issue) -> Response:
    sent.refuse_unknown(listed())
    return cut(targets_on(issue, clock.today()), shape_of)


@blueprint.post("/issues/<number>/targets")
@describes(TAG, "登记一项目标", status=CREATED, answer=Target, body=bodies.of_fields(TARGET))
@with_issue()
@acting
def enter(issue: Issue) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    acts.set_target(issue, actor(), sent.body())
    return shaped(shape_of(targets_on(issue, clock.today())[-1]), CREATED)


@blueprint.post("/issues/<number>/targets/<int:target_id>/end")
@describes(TAG, "结束一项目标，目标和读数仍保留", answer=Target, body=bodies.of_fields((REASON,)))
@with_issue()
@acting
def end(issue: Issue, target_id: int) -> Response:
    issue = load(issue.number, actor(), for_change=True)
    check(issue, Action.AMEND, actor(), None)
    given = read_details((REASON,), sent.body(), issue)
    lines = {line.row.id: line for line in targets_on(issue, clock.today()) if line.row}
    if target_id not in lines:
        raise NotFound
    acts.end_target(issue, actor(), target_id, given["reason"])
    return shaped(shape_of(lines[target_id]))


def shape_of(line: TargetLine) -> Target:
    row = line.row
    return Target(
        id=row.id if row else None,
        name=line.name,
        sense=line.held.sense,
        value=line.held.value,
        unit=line.unit,
        nature=line.held.nature,
        measure=line.measure,
        start=line.held.start,
        by=line.held.due,
        source=line.source,
        required=bool(row and row.is_required),
        quote=line.quote,
        state=line.judged.state,
        says=f"{line.words}，{line.outcome}",
        readings=[_reading(one) for one in line.readings],
    )


def _reading(row: Reading) -> TargetReading:
    return TargetReading(
        id=row.id, on=row.sampled_on, value=row.value, source=row.laboratory,
        evidence=row.evidence_id, confirmed=row.confirmed_at is not None,
    )  # fmt: skip
