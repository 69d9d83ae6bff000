"""Monitoring readings of a ticket: the table, a chart against the limit, entering one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.evidence import readings, rows as keeping
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Evidence, Issue
from issues.queries.evidence import files, readings as queries
from issues.vocabulary import EvidenceKind
from issues.web.door.guards import acting, actor, with_issue

blueprint = Blueprint("readings", __name__)
SEE_OTHER = 303
FIELDS = (
    "pollutant", "value", "unit_of_value", "low", "high", "sampled_on", "point", "laboratory",
    "evidence",
)  # fmt: skip
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
    errors = refusal.errors if refusal else {}
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
        reports=list(_reports(issue).values()),
        pollutants=POLLUTANTS,
        wrong=reading_id,
        said={name: request.form.get(name, "") for name in (*FIELDS, "reason")},
        errors={name: list(errors.get(name, [])) for name in (*FIELDS, "reason")},
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
    measured = readings.read(request.form, _reports(issue))
    row = readings.record(issue, actor(), measured, at=clock.now())
    within = "达标" if readings.is_within(row) else "超标"
    flash(f"已登记{row.pollutant} {row.value}{row.unit_of_value},{within}。", "success")
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/withdraw")
@with_issue()
@acting(draw)
def withdraw(issue: Issue, reading_id: int) -> ResponseReturnValue:
    row = queries.one(issue, reading_id)
    reason = request.form.get("reason", "")
    readings.withdraw(issue, actor(), row, reason, at=clock.now())
    flash("已撤回。原数据仍然保留。", "success")
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)
