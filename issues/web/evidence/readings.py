"""Monitoring readings of a ticket: the table, a chart against the limit, entering one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.act_fields import Field, optional
from issues.evidence import readings, rows as keeping
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Evidence, Issue
from issues.queries.evidence import files, readings as queries
from issues.vocabulary import EvidenceKind
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue

blueprint = Blueprint("readings", __name__)
SEE_OTHER = 303
FIELDS = (
    Field("pollutant", "text", "监测项目", limit=readings.LONGEST["pollutant"]),
    Field("value", "decimal", "数值"),
    Field(
        "unit_of_value", "text", "单位", limit=readings.LONGEST["unit_of_value"],
        hint="例如 mg/L、μg/m³、分贝；pH 填“无量纲”",
    ),
    optional("high", "decimal", "限值上限"),
    optional("low", "decimal", "限值下限"),
    Field("sampled_on", "date", "采样日期"),
    optional("point", "text", "采样点位", limit=readings.LONGEST["point"]),
    Field("laboratory", "text", "监测单位", limit=readings.LONGEST["laboratory"]),
    optional("evidence", "evidence", "所在报告"),
)  # fmt: skip
REASON = Field("reason", "text", "撤回理由", limit=readings.LONGEST_REASON)
POLLUTANTS = (
    "化学需氧量", "氨氮", "总磷", "总氮", "pH", "溶解氧", "悬浮物", "五日生化需氧量",
    "高锰酸盐指数", "PM2.5", "PM10", "二氧化硫", "氮氧化物", "非甲烷总烃", "昼间噪声", "夜间噪声",
)  # fmt: skip


@blueprint.get("/issues/<number>/readings")
@with_issue()
def page(issue: Issue) -> ResponseReturnValue:
    return draw(issue)


def draw(issue: Issue, refusal: Refusal | None = None, reading_id: int | None = None) -> str:
    person = actor()
    rows = queries.every_reading_of(issue)
    reports = [(str(row.id), row.name) for row in _reports(issue).values()]
    is_open = keeping.is_open_to(issue, person)
    return render_template(
        "evidence/readings.html",
        issue=issue,
        series=queries.series_of(rows),
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        is_within=readings.is_within,
        limit_words=readings.limit_words,
        may_enter=is_open,
        mine={row.id for row in rows if is_open and keeping.is_own(person, row)},
        pollutants=POLLUTANTS,
        wrong=reading_id,
        form=drawing.drawn(FIELDS, refusal, choices={"evidence": reports}),
        reason=drawing.drawn((REASON,), refusal)["reason"],
        key=once.new_key(),
    )


def _reports(issue: Issue) -> dict[int, Evidence]:
    rows = files.seen_by(actor(), issue, files.rows_of(issue))
    return {row.id: row for row in rows if row.kind is EvidenceKind.MONITORING}


@blueprint.post("/issues/<number>/readings")
@with_issue()
@acting(draw)
def enter(issue: Issue) -> ResponseReturnValue:
    keeping.refuse_unless_open(issue, actor())
    measured = readings.read(forms.worded(FIELDS), _reports(issue))
    row = readings.record(issue, actor(), measured, at=clock.now())
    within = "达标" if readings.is_within(row) else "超标"
    flash(f"已登记{row.pollutant} {row.value}{row.unit_of_value}，{within}。", "success")
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/withdraw")
@with_issue()
@acting(draw)
def withdraw(issue: Issue, reading_id: int) -> ResponseReturnValue:
    row = queries.one(issue, reading_id)
    reason = forms.worded((REASON,))["reason"]
    readings.withdraw(issue, actor(), row, reason, at=clock.now())
    flash("已撤回。原数据仍然保留。", "success")
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)
