"""From the head's approval to closure: five standards, publicity, objections."""

from datetime import date
from typing import Any

from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Measure, Objection
from issues.rules.dates.days import written
from issues.rules.dates.workdays import UNPUBLISHED
from issues.vocabulary import LASTING, Standard, Status
from issues.workflow.act import Act
from issues.workflow.bounds import Place, bounds_of, refuse_beyond
from issues.workflow.changes.accepting import end_claim, running_claim
from issues.workflow.changes.cards import end_card
from issues.workflow.changes.plans import measure_deadline
from issues.workflow.effect.lacking import require_effect


def approve_closure(act: Act) -> Status:
    wanting = [s.label for s in Standard if s.value not in act["standards"]]
    act.refuse_unless(not wanting, "standards", f"五项标准须全部满足，未勾选：{'、'.join(wanting)}")
    require_effect(act)
    if act.source_rules.needs_conclusion:
        act.refuse_unless(
            act["conclusion"], "conclusion", "本来源须有上级结论文件方可销号，请先上传后选择"
        )
    running_claim(act).approved_on = act.on
    if not act.source_rules.has_publicity:
        return _strike_off(act)
    issue, days = act.issue, act.policy.publicity_workdays
    issue.publicity_from = act.on
    issue.publicity_until = act.calendar.add(act.on, days)
    if act.calendar.guessed(act.on, issue.publicity_until):
        act.noted["calendar"] = UNPUBLISHED
    return Status.PUBLICITY


def return_closure(act: Act) -> Status:
    return end_claim(act, is_return=True, code=act["code"], reason=act["reason"])


def open_objections(act: Act) -> list[Objection]:
    rows = select(Objection).where(
        Objection.issue_id == act.issue.id, Objection.decided_on.is_(None)
    )
    return list(db.session.scalars(rows.order_by(Objection.id)))


def record_objection(act: Act) -> Status:
    refuse_beyond(act)
    act.add(Objection(issue_id=act.issue.id, who=act["who"], text=act["text"], on=act["on"]))
    return act.issue.status


def _decide(act: Act, *, is_upheld: bool) -> None:
    waiting = open_objections(act)
    decided = waiting if is_upheld else waiting[:1]
    for objection in decided:
        objection.is_upheld, objection.reason = is_upheld, act["reason"]
        objection.decided_on = act.on
    act.noted["objection"] = [objection.who for objection in decided]


def uphold_objection(act: Act) -> Status:
    """The claim ends, but this is no return; further objections end with it."""
    _decide(act, is_upheld=True)
    return end_claim(act, is_return=False, reason=act["reason"])


def dismiss_objection(act: Act) -> Status:
    """The oldest open one."""
    _decide(act, is_upheld=False)
    return act.issue.status


def close(act: Act) -> Status:
    until = present(act.issue.publicity_until, f"the end of publicity of {act.issue.number}")
    act.because = f"公示至{written(until)}期满，没有未处理的异议"
    return _strike_off(act)


def _strike_off(act: Act) -> Status:
    end_card(act)
    act.issue.closed_on = act.on
    is_lasting = act.issue.deadline_kind in LASTING
    return Status.STANDING if is_lasting else Status.CLOSED


def interim_close(act: Act) -> Status:
    """For complaints: what remains is dated, and the ticket goes on until the last of it."""
    issue = act.issue
    open_measures = {m.id: m for m in measures_of(issue) if not m.is_done}
    given = {row["id"] for row in act["measures"]}
    errors = {
        f"measures.{place}.id": ["没有这项未完成的措施"]
        for place, row in enumerate(act["measures"])
        if row["id"] not in open_measures
    }
    wanting = [m for key, m in open_measures.items() if key not in given]
    if wanting:
        errors["measures"] = [f"请为措施{'、'.join(str(m.no) for m in wanting)}填写完成时限"]
    was, issue.deadline = issue.deadline, None  # the measures below set it anew
    days = [_date(act, open_measures, place, row, errors)
            for place, row in enumerate(act["measures"])]  # fmt: skip
    if errors:
        raise Incomplete(errors)
    issue.deadline = max(days)
    act.noted |= {"old_deadline": was, "deadline": issue.deadline}
    issue.interim_on = act.on
    return issue.status


def _date(
    act: Act,
    known: dict[int, Measure],
    place: int,
    row: dict[str, Any],
    errors: dict[str, list[str]],
) -> date:
    day, text, wrong = measure_deadline(act, row)
    errors |= {f"measures.{place}.{name}": said for name, said in wrong.items()}
    dated = bounds_of(act.action, Place(act.issue, act.on, act.policy))["measures.deadline"]
    if day is None or dated.why_not(day):
        errors.setdefault(f"measures.{place}.deadline", [dated.early])
    measure = known.get(row["id"])
    if measure is not None and not wrong:
        measure.deadline, measure.deadline_text = day, text
    return day or act.on
