"""Progress: a unit's word at once, and a reviewer's, which alone moves a colour."""

from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Measure, ProgressReport
from issues.vocabulary import Relation, Status
from issues.workflow.act import Act


def report_progress(act: Act) -> Status:
    issue = act.issue
    known = {measure.id: measure for measure in measures_of(issue)}
    own = _own_measures(act)
    errors: dict[str, list[str]] = {}
    lines = []
    for place, row in enumerate(act["measures"]):
        measure = known.get(row["id"])
        if measure is None:
            errors[f"measures.{place}.id"] = ["没有这项措施"]
        elif own is not None and measure.id not in own:
            raise NotAllowed(f"措施{measure.no}由其他单位负责，不能代为填报。")
        elif wrong := _fault(measure, row):
            errors[f"measures.{place}.reported"] = [wrong]
        else:
            lines.append(_line(measure, row))
    if errors:
        raise Incomplete(errors)
    act.add(
        ProgressReport(
            issue_id=issue.id,
            round=issue.round,
            on=act.on,
            at=act.at,
            text=act["text"],
            lines=lines,
            reporter_id=act.actor.id,
        )
    )
    issue.last_report_on = act.on
    return issue.status


def _own_measures(act: Act) -> set[int] | None:
    """None for the primary unit, which reports on every measure; else the unit's own ones."""
    primary = {unit.id for unit in act.issue.units(Relation.PRIMARY)}
    if act.actor.unit_id in primary:
        return None
    return {m.id for m in measures_of(act.issue) if m.unit_id == act.actor.unit_id}


def _fault(measure: Measure, row: dict[str, Any]) -> str | None:
    reported = row["reported"]
    if reported is None:
        return None
    if measure.target is None:
        return "这项措施没有目标值，不填完成值，完成时请选“已完成”"
    if reported < 0:
        return "完成值不能小于0"
    return None


def _line(measure: Measure, row: dict[str, Any]) -> dict[str, Any]:
    """Write the unit's word on the measure, and keep what stood there before."""
    before = {
        "before_reported": _plain(measure.reported),
        "before_done": measure.is_reported_done,
    }
    if row["reported"] is not None:
        measure.reported = row["reported"]
    if row["done"] is not None:
        measure.is_reported_done = row["done"]
    return {
        "measure": measure.id,
        "no": measure.no,
        "reported": _plain(measure.reported),
        "done": measure.is_reported_done,
        **before,
    }


def _plain(figure: Decimal | None) -> str | None:
    return None if figure is None else format(figure, "f")


def pending_reports(issue_id: int, round_: int) -> list[ProgressReport]:
    """What waits for a reviewer, oldest first."""
    return list(db.session.scalars(_PENDING, {"issue": issue_id, "round": round_}))


_PENDING = (
    select(ProgressReport)
    .where(
        ProgressReport.issue_id == bindparam("issue"),
        ProgressReport.round == bindparam("round"),
        ProgressReport.state == "pending",
    )
    .order_by(ProgressReport.id)
)


def _pending(act: Act) -> list[ProgressReport]:
    waiting = pending_reports(act.issue.id, act.issue.round)
    if said := _own(act, waiting):
        raise NotAllowed(said)
    return waiting


def own_report(act: Act) -> str:
    """Who reported does not review it; "" for anybody else."""
    return _own(act, pending_reports(act.issue.id, act.issue.round))


def _own(act: Act, waiting: list[ProgressReport]) -> str:
    is_own = any(report.reporter_id == act.actor.id for report in waiting)
    return "进展由您填报，须由其他人确认。" if is_own else ""


def confirm_progress(act: Act) -> Status:
    """The whole of what is pending; the unit's words become the confirmed ones."""
    measures = {measure.id: measure for measure in measures_of(act.issue)}
    for report in _pending(act):
        for line in report.lines:
            measure = measures.get(line["measure"])
            if measure is not None:
                _confirm(act, measure, line)
        _review(act, report, "confirmed", act["opinion"] or "")
    return act.issue.status


def _confirm(act: Act, measure: Measure, line: dict[str, Any]) -> None:
    if line["reported"] is not None:
        measure.confirmed = Decimal(line["reported"])
    if line["done"] != measure.is_done:
        measure.is_done = line["done"]
        measure.done_on = act.on if line["done"] else None


def return_progress(act: Act) -> Status:
    """A returned report takes its values back, the latest first, down to what stood before."""
    measures = {measure.id: measure for measure in measures_of(act.issue)}
    for report in reversed(_pending(act)):
        for line in reversed(report.lines):
            measure = measures.get(line["measure"])
            if measure is not None:
                before = line["before_reported"]
                measure.reported = None if before is None else Decimal(before)
                measure.is_reported_done = line["before_done"]
        _review(act, report, "returned", act["reason"])
    act.issue.last_report_on = _last_unreturned(act)
    return act.issue.status


def _last_unreturned(act: Act) -> Any:
    """The day of the last report that was not returned."""
    return db.session.scalar(
        select(ProgressReport.on)
        .where(
            ProgressReport.issue_id == act.issue.id,
            ProgressReport.round == act.issue.round,
            ProgressReport.state != "returned",
        )
        .order_by(ProgressReport.on.desc())
        .limit(1)
    )


def _review(act: Act, report: ProgressReport, state: str, opinion: str) -> None:
    report.state = state
    report.reviewer_id = act.actor.id
    report.reviewed_on = act.on
    report.opinion = opinion
    db.session.flush()
