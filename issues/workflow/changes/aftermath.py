"""After closure: look-backs, a new round, and the ends that are no closure."""

from sqlalchemy import select

from extensions import db
from issues.ground.refusals import Incomplete
from issues.models import Issue, Lookback
from issues.rights import table as permissions
from issues.rules.dates.days import written
from issues.vocabulary import (
    LASTING,
    OPEN,
    DeadlineKind,
    FindingResult,
    LookbackResult,
    Status,
)
from issues.workflow.act import Act
from issues.workflow.bounds import refuse_beyond
from issues.workflow.changes.accepting import inspector_names
from issues.workflow.changes.cards import record_false
from issues.workflow.changes.county.proposing import end_proposal
from issues.workflow.effect.conditions import is_relapsed
from issues.workflow.effect.lacking import lacks_of


def record_lookback(act: Act) -> Status:
    """Done on the earliest plan, or on none. A relapse or a falsehood is a finding (R6)."""
    result = LookbackResult(act["result"])
    refuse_beyond(act)
    if result is LookbackResult.PASS:
        _refuse_while_outside(act)
    act.refuse_now_unless(not (said := visited(act)), said)
    row = db.session.scalars(
        select(Lookback)
        .where(Lookback.issue_id == act.issue.id, Lookback.done_on.is_(None))
        .order_by(Lookback.planned_on)
        .limit(1)
    ).first()
    if row is None:
        row = Lookback(issue_id=act.issue.id, planned_on=act.on, why="临时安排")
        db.session.add(row)
    row.done_on, row.result, row.at = act.on, result, act["at"]
    row.place, row.text = act["place"], act["text"]
    row.inspectors = inspector_names(act["inspectors"])
    db.session.flush()
    if result is not LookbackResult.PASS:
        record_false(act, FindingResult(result.value), act.on, act["text"], None)
    return act.issue.status


def _refuse_while_outside(act: Act) -> None:
    """A reading that was confirmed goes before what was seen on the visit."""
    relapsed = select(Issue.id).where(Issue.id == act.issue.id, is_relapsed(Issue.status, act.on))
    if db.session.scalar(relapsed) is not None:
        told = "；".join(one.sentence for one in lacks_of(act.issue) if one.is_outside)
        act.refuse_unless(False, "result", f"读数未达标，不能核查通过：{told}")


def visited(act: Act) -> str:
    """Two inspectors who come home with the same visit: the second is told."""
    rows = select(Lookback.id).where(Lookback.issue_id == act.issue.id, Lookback.done_on == act.on)
    is_visited = db.session.scalar(rows.limit(1)) is not None
    return "今天已登记过本事项的回头看，请核对后再办。" if is_visited else ""


def plan_lookback(act: Act) -> Status:
    """By hand, beside what the defaults plan. Nothing a unit sees is touched."""
    day, why, inspector = act["planned_on"], act["reason"], act["inspector"]
    refuse_beyond(act)
    known = select(Lookback.id).where(
        Lookback.issue_id == act.issue.id, Lookback.planned_on == day, Lookback.why == why
    )
    act.refuse_unless(
        db.session.scalar(known) is None, "planned_on", "这一天因同一起因的回头看已在计划中"
    )
    act.add(
        Lookback(
            issue_id=act.issue.id,
            planned_on=day,
            why=why,
            inspector_id=inspector.id if inspector else None,
        )
    )
    return act.issue.status


def reopen(act: Act) -> Status:
    """The same number, the next round. Needs a finding that still holds."""
    issue = act.issue
    refuse_beyond(act)
    lasting = issue.deadline_kind in LASTING
    issue.deadline_kind = DeadlineKind.FIXED_THEN_STANDING if lasting else DeadlineKind.FIXED
    issue.round += 1
    issue.assigned_on = act.on
    act.noted["old_deadline"] = issue.deadline
    issue.deadline = issue.first_deadline = act["deadline"]
    issue.deadline_text = written(act["deadline"])
    for name in (
        "claimed_on", "publicity_from", "publicity_until", "interim_on", "closed_on",
        "reporting_from", "last_report_on",
    ):  # fmt: skip
        setattr(issue, name, None)
    return Status.PLANNING


def merge(act: Act) -> Status:
    """Only into another open ticket the person sees."""
    target = db.session.scalars(
        select(Issue).where(Issue.number == act["into"], permissions.reach(act.actor))
    ).first()
    if target is None:
        raise Incomplete({"into": [f"没有编号为“{act['into'][:40]}”的事项"]})
    act.refuse_unless(target.id != act.issue.id, "into", "不能并入自己")
    act.refuse_unless(
        target.status in OPEN, "into", f"该事项{target.status.label}，只能并入办理中的事项"
    )
    act.issue.merged_into_id = target.id
    return _end(act, Status.MERGED)


def withdraw(act: Act) -> Status:
    return _end(act, Status.WITHDRAWN)


def _end(act: Act, status: Status) -> Status:
    act.issue.ended_on = act.on
    end_proposal(act)
    return status
