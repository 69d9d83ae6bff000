"""The plan: its measures proposed by the unit's leader, approved or returned."""

from datetime import date
from typing import Any

from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Event, Issue, Measure
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import UnreadableDeadline, is_counted, read_deadline
from issues.vocabulary import Action, DeadlineKind, NoticeKind, Sense, Status, Subject
from issues.workflow.act import Act
from issues.workflow.bounds import Place, of_measure
from issues.workflow.changes.supervised import answer
from issues.workflow.changes.targets import follow_measures, write_targets
from issues.workflow.parties import set_units


def submit_plan(act: Act) -> Status:
    follow_measures(act, _write_plan)
    if "targets" in act.given:
        write_targets(act)
    set_units(act.issue)
    answer(act, NoticeKind.N0, f"已报送整改方案，共{len(act['measures'])}项措施。")
    return Status.PLAN_REVIEW


def _write_plan(act: Act) -> None:
    for old in measures_of(act.issue):
        old.dropped_at = act.at
    db.session.flush()
    add_measures(act, act["measures"])


def add_measures(act: Act, rows: list[dict[str, Any]]) -> list[Measure]:
    """New measures of the current round. Raises Incomplete at the row and field at fault."""
    errors: dict[str, list[str]] = {}
    added = []
    for place, row in enumerate(rows):
        measure, wrong = new_measure(act, row, place + 1)
        errors |= {f"measures.{place}.{name}": said for name, said in wrong.items()}
        added.append(measure)
    if errors:
        raise Incomplete(errors)
    db.session.add_all(added)
    db.session.flush()
    return added


def new_measure(act: Act, row: dict[str, Any], number: int) -> tuple[Measure, dict[str, list[str]]]:
    """A measure of the current round, not yet kept, and what is wrong with it by field."""
    issue = act.issue
    day, text, wrong = measure_deadline(act, row)
    measure = Measure(
        issue_id=issue.id,
        round=issue.round,
        no=number,
        text=row["text"],
        unit_id=row["unit"].id if row["unit"] else issue.primary_unit_id,
        person=row["person"] or "",
        start=row["start"],
        deadline=day,
        deadline_text=text,
        target=row["target"],
        unit_of_target=row["unit_of_target"] or "",
        sense_of_target=Sense(row.get("sense_of_target") or Sense.GE),
    )
    return measure, wrong


def measure_deadline(
    act: Act, row: dict[str, Any]
) -> tuple[date | None, str, dict[str, list[str]]]:
    """The day and words of a measure's deadline, and what is wrong with its dates and figure."""
    issue = act.issue
    day, text, start = row.get("deadline"), row.get("deadline_text") or "", row.get("start")
    if text:
        try:
            since = issue.assigned_on if is_counted(text) else start or issue.assigned_on
            read = read_deadline(text, since, act.policy, act.calendar)
        except UnreadableDeadline as unread:
            return None, text, {"deadline_text": [unread.sentence]}
        if day is not None and read.on not in (None, day):
            return day, text, {"deadline": [f"与原文“{text}”不一致，请改正其中一处"]}
        day = day or read.on
    is_to_come = day is None and is_counted(text)
    wrong = {} if is_to_come else wrong_deadline(act, day)
    if day and start and start > day:
        wrong["start"] = [f"开始日期{written(start)}晚于时限{written(day)}"]
    if row.get("target") is not None and row["target"] <= 0:
        wrong["target"] = ["目标值应大于0，没有数量的措施请留空"]
    return day, text or (written(day) if day else ""), wrong


def wrong_deadline(act: Act, day: date | None) -> dict[str, list[str]]:
    """A measure ends by the day of its ticket; where the measures carry the dates, each has one."""
    issue = act.issue
    if issue.deadline_kind == DeadlineKind.BY_MEASURES:
        return {} if day else {"deadline": ["按序时进度的事项，每项措施都要有时限"]}
    bound = of_measure(Place(issue, act.on, act.policy))
    said = bound.why_not(day) if bound and day else ""
    return {"deadline": [f"措施时限{written(day)}{said}"]} if said and day else {}


def last_day(issue: Issue) -> date | None:
    """The day of the latest measure: where the measures carry the dates, the ticket's own."""
    return max((m.deadline for m in measures_of(issue) if m.deadline), default=None)


def approve_plan(act: Act) -> Status:
    issue = act.issue
    if said := own_plan(act):
        raise NotAllowed(said)
    if issue.deadline_kind == DeadlineKind.BY_MEASURES:
        issue.deadline = last_day(issue) or issue.deadline
        issue.first_deadline = issue.first_deadline or issue.deadline
    issue.reporting_from = act.on
    return Status.RECTIFYING


def own_plan(act: Act) -> str:
    """Who submitted the plan does not approve it; "" for anybody else."""
    last = db.session.scalar(
        select(Event.actor_id)
        .where(
            Event.is_about(Subject.TICKET, act.issue.id),
            Event.action == Action.SUBMIT_PLAN.value,
        )
        .order_by(Event.seq.desc())
        .limit(1)
    )
    is_own = last is not None and last == act.actor.id
    return "方案由您报送，须由其他人审核。" if is_own else ""


def return_plan(_act: Act) -> Status:
    return Status.PLANNING
