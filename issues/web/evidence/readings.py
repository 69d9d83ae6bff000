"""Monitoring readings of a ticket: the table, a chart against the limit, entering one."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.act_fields import Field, optional
from issues.act_fields.field import PAST
from issues.burden import readings as known_of
from issues.evidence import measured as reading_of, readings, reviewing, rows as keeping
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import Evidence, Issue, Reading
from issues.queries.evidence import files, readings as queries
from issues.rights.table import Right
from issues.rules.targets.effect import outside_words
from issues.supervision import lookbacks
from issues.vocabulary import STRUCK_OFF, EvidenceKind
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue
from issues.workflow import load
from issues.workflow.effect.lacking import broken_limit, lacks_of, limit_of
from issues.workflow.effect.unconfirmed import unconfirmed_limits

blueprint = Blueprint("readings", __name__)
SEE_OTHER = 303
LONGEST = reading_of.LONGEST
SAMPLED = Field("sampled_on", "date", "采样日期", when=PAST)
FIELDS = (
    Field("pollutant", "text", "监测项目", limit=LONGEST["pollutant"]),
    Field("value", "decimal", "数值"),
    Field(
        "unit_of_value", "text", "单位", limit=LONGEST["unit_of_value"],
        hint="例如 mg/L、μg/m³、分贝；pH 填“无量纲”",
    ),
    optional("high", "decimal", "限值上限"),
    optional("low", "decimal", "限值下限"),
    SAMPLED,
    optional("point", "text", "采样点位", limit=LONGEST["point"]),
    Field("laboratory", "text", "监测单位", limit=LONGEST["laboratory"]),
    optional("evidence", "evidence", "所在报告"),
)  # fmt: skip
TARGET = optional(
    "target", "choice", "目标", hint="选择目标后，不必填写监测项目、单位和限值。",
)  # fmt: skip
OF_THE_TARGET = frozenset({"pollutant", "unit_of_value"})
REASON = Field("reason", "text", "理由", limit=readings.LONGEST_REASON)
CORRECTED = (
    Field("value", "decimal", "数值"),
    SAMPLED,
    REASON,
)
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
    targets = reading_of.live_targets(issue)
    named = [(str(one.id), f"{one.name}{limit_of(one)}") for one in targets]
    reports = [(str(row.id), row.name) for row in reports_of(issue).values()]
    seen = {
        row.id for row in files.seen_by(person, issue, [r.evidence for r in rows if r.evidence])
    }
    at_row = refusal if reading_id is not None else None
    known = known_of.said(rows, person)
    form = drawing.drawn(
        _asked(has_targets=bool(named)), None if at_row else refusal,
        {name: one.value for name, one in known.items()},
        {"evidence": reports, "target": named},
    )  # fmt: skip
    drawing.with_sources(list(form.values()), known)
    return render_template(
        "evidence/readings.html",
        issue=issue,
        series=queries.series_of(rows, targets),
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        targets=named,
        lacks=_lacking(issue),
        reports=reports,
        seen=seen,
        may_enter=keeping.is_open_to(issue, person),
        mine={row.id for row in rows if readings.is_mendable(issue, person, row)},
        to_review={row.id for row in rows if reviewing.may_review(issue, person, row)},
        pollutants=POLLUTANTS,
        wrong=reading_id,
        errors=_sentences(at_row),
        said=forms.typed(CORRECTED) if at_row else {},
        form=form,
        key=once.new_key(),
    )  # fmt: skip


def _sentences(refusal: Refusal | None) -> list[str]:
    return [said for told in (refusal.errors.values() if refusal else ()) for said in told]


def _lacking(issue: Issue) -> list[tuple[str, bool]]:
    """What holds acceptance up, each with whether it is outside its limit; nothing once closed."""
    if issue.status in STRUCK_OFF:
        return []
    untold = [(sentence, False) for sentence in unconfirmed_limits(issue)]
    return [(one.sentence, one.is_outside) for one in lacks_of(issue)] + untold


def _asked(*, has_targets: bool) -> tuple[Field, ...]:
    """Where there are targets, one of them or an item of its own."""
    if not has_targets:
        return FIELDS
    freed = [replace(one, required=one.required and one.name not in OF_THE_TARGET)
             for one in FIELDS]  # fmt: skip
    return (TARGET, *freed)


def reports_of(issue: Issue) -> dict[int, Evidence]:
    rows = files.seen_by(actor(), issue, files.rows_of(issue))
    return {row.id: row for row in rows if row.kind is EvidenceKind.MONITORING}


@blueprint.post("/issues/<number>/readings")
@with_issue()
@acting(draw)
def enter(issue: Issue) -> ResponseReturnValue:
    issue = load(issue.number, actor(), for_change=True)
    keeping.refuse_unless_open(issue, actor())
    row = readings.record(issue, actor(), _measured(issue), at=clock.now())
    limit = broken_limit(issue, row)
    within = outside_words(limit) if limit else "达标"
    flash(
        f"已登记{row.pollutant} {row.value}{row.unit_of_value}，{within}，待审核确认。", "success"
    )
    return _back(issue)


def _measured(issue: Issue) -> reading_of.Measured:
    said = forms.worded((TARGET, *FIELDS))
    chosen = said.pop("target")
    targets = {str(one.id): one for one in reading_of.live_targets(issue)}
    if not chosen:
        return reading_of.read(said, reports_of(issue))
    if chosen not in targets:
        raise Incomplete({"target": ["请选择本事项的目标。"]})
    return reading_of.of_target(targets[chosen], said, reports_of(issue))


@blueprint.post("/issues/<number>/readings/<int:reading_id>/confirm")
@with_issue(Right.REVIEW_READING)
@acting(draw)
def confirm(issue: Issue, reading_id: int) -> ResponseReturnValue:
    issue, row = _for_change(issue, reading_id)
    lookbacks.confirm_reading(issue, actor(), row, at=clock.now())
    flash(f"已确认{row.pollutant} {row.value}{row.unit_of_value}。", "success")
    return _back(issue)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/return")
@with_issue(Right.REVIEW_READING)
@acting(draw)
def give_back(issue: Issue, reading_id: int) -> ResponseReturnValue:
    issue, row = _for_change(issue, reading_id)
    reviewing.give_back(issue, actor(), row, forms.worded((REASON,))["reason"], at=clock.now())
    flash("已退回。原数据和理由保留。", "success")
    return _back(issue)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/correct")
@with_issue()
@acting(draw)
def correct(issue: Issue, reading_id: int) -> ResponseReturnValue:
    issue, row = _for_change(issue, reading_id)
    readings.refuse_unless_mendable(issue, actor(), row)
    said = forms.worded(CORRECTED)
    measured = reading_of.again(row, said["value"], said["sampled_on"])
    new = readings.correct(issue, actor(), row, measured, said["reason"], at=clock.now())
    flash(f"已更正为{new.value}{new.unit_of_value}，待审核确认。原数据保留。", "success")
    return _back(issue)


@blueprint.post("/issues/<number>/readings/<int:reading_id>/withdraw")
@with_issue()
@acting(draw)
def withdraw(issue: Issue, reading_id: int) -> ResponseReturnValue:
    issue, row = _for_change(issue, reading_id)
    readings.refuse_unless_mendable(issue, actor(), row)
    readings.withdraw(issue, actor(), row, forms.worded((REASON,))["reason"], at=clock.now())
    flash("已撤回。原数据仍然保留。", "success")
    return _back(issue)


def _for_change(issue: Issue, reading_id: int) -> tuple[Issue, Reading]:
    """Of two who press at once the second finds what the first has done."""
    fresh = load(issue.number, actor(), for_change=True)
    return fresh, queries.one(fresh, reading_id)


def _back(issue: Issue) -> ResponseReturnValue:
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)
