"""Readings typed from a report, several rows at once, with the report's picture beside them."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.act_fields import Field, optional
from issues.act_fields.field import PAST
from issues.evidence import measured as reading_of, readings, rows as keeping
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.models import Evidence, Issue, Target
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue
from issues.web.evidence.readings import LONGEST, SEE_OTHER, TARGET, reports_of
from issues.workflow import load
from issues.workflow.effect.lacking import limit_of

blueprint = Blueprint("report_readings", __name__)
MOST_ROWS = 60
ROWS = Field(
    "rows", "rows", "各行数值",
    fields=(
        Field("sampled_on", "date", "采样日期", when=PAST),
        optional("point", "text", "采样点位", limit=LONGEST["point"]),
        Field("value", "decimal", "数值"),
    ),
)  # fmt: skip
FIELDS = (
    TARGET,
    optional("pollutant", "text", "监测项目", limit=LONGEST["pollutant"]),
    optional("unit_of_value", "text", "单位", limit=LONGEST["unit_of_value"]),
    Field("laboratory", "text", "监测单位", limit=LONGEST["laboratory"]),
    ROWS,
)
OF_A_ROW = frozenset({"sampled_on", "point", "value"})


@blueprint.get("/issues/<number>/readings/report/<int:report_id>")
@with_issue()
def page(issue: Issue, report_id: int) -> ResponseReturnValue:
    keeping.refuse_unless_open(issue, actor())
    return draw(issue, report_id)


def draw(issue: Issue, report_id: int, refusal: Refusal | None = None) -> str:
    return render_template(
        "evidence/reading/report_rows.html",
        issue=issue,
        report=_report(issue, report_id),
        form=drawing.drawn(_asked(reading_of.live_targets(issue)), refusal),
        key=once.new_key(),
    )


def _report(issue: Issue, report_id: int) -> Evidence:
    """Raises NotFound for what is no monitoring report of the ticket."""
    row = reports_of(issue).get(report_id)
    if row is None:
        raise NotFound
    return row


def _asked(targets: Any) -> tuple[Field, ...]:
    named = tuple((str(one.id), f"{one.name}{limit_of(one)}") for one in targets)
    return (replace(TARGET, choices=named), *FIELDS[1:]) if named else FIELDS[1:]


@blueprint.post("/issues/<number>/readings/report/<int:report_id>")
@with_issue()
@acting(draw)
def enter(issue: Issue, report_id: int) -> ResponseReturnValue:
    """All rows or none."""
    issue = load(issue.number, actor(), for_change=True)
    keeping.refuse_unless_open(issue, actor())
    report = _report(issue, report_id)
    targets = {str(one.id): one for one in reading_of.live_targets(issue)}
    given = forms.read(_asked(targets.values()), issue)
    if len(given["rows"]) > MOST_ROWS:
        raise Incomplete({"rows": [f"一次最多登记{MOST_ROWS}行。"]})
    found = _measured(given, targets.get(given.get("target") or ""), report)
    at = clock.now()
    for one in found:
        readings.record(issue, actor(), one, at=at)
    flash(f"已登记{len(found)}条监测数据，待审核确认。", "success")
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)


def _measured(
    given: dict[str, Any], target: Target | None, report: Evidence
) -> list[reading_of.Measured]:
    """Each fault at its row. Raises Incomplete."""
    found: list[reading_of.Measured] = []
    errors: dict[str, list[str]] = {}
    shared = {name: given.get(name) for name in ("pollutant", "unit_of_value", "laboratory")}
    for place, row in enumerate(given["rows"]):
        said = {**shared, **{name: row[name] for name in OF_A_ROW}, "evidence": report.id}
        try:
            found.append(_one(said, target, {report.id: report}))
        except Incomplete as wrong:
            errors |= {
                f"rows.{place}.{name}" if name in OF_A_ROW else name: told
                for name, told in wrong.errors.items()
            }
    if errors:
        raise Incomplete(errors)
    return found


def _one(
    said: dict[str, Any], target: Target | None, reports: dict[int, Evidence]
) -> reading_of.Measured:
    if target is not None:
        return reading_of.of_target(target, said, reports)
    return reading_of.read({name: reading_of.typed(v) for name, v in said.items()}, reports)
