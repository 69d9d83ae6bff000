"""More time: asked before the day, granted by who may move this source's deadlines."""

from datetime import date

from sqlalchemy import func, select

from extensions import db
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Extension
from issues.rules.dates.days import written
from issues.rules.dates.windows import extension_limit
from issues.vocabulary import Status
from issues.workflow.act import Act


def request_extension(act: Act) -> Status:
    issue, wanted = act.issue, act["deadline"]
    _refuse_beyond(act, wanted, act.source_rules.mover)
    act.add(
        Extension(
            issue_id=issue.id,
            round=issue.round,
            asked_on=act.on,
            cause=act["cause"],
            progress=act["progress"],
            old_deadline=issue.deadline,
            deadline=wanted,
        )
    )
    return issue.status


def _refuse_beyond(act: Act, wanted: date, mover: str) -> None:
    issue = act.issue
    deadline = present(issue.deadline, f"the deadline of {issue.number}")
    act.refuse_unless(wanted > deadline, "deadline", f"新时限应晚于现时限{written(deadline)}")
    if mover == "document":
        return
    times = db.session.scalar(
        select(func.count(Extension.id)).where(
            Extension.issue_id == issue.id,
            Extension.round == issue.round,
            Extension.state == "granted",
        )
    )
    assigned = present(issue.assigned_on, f"the assignment of {issue.number}")
    first = issue.first_deadline or deadline
    limit = extension_limit(assigned, first, deadline, times or 0, act.policy)
    refusal = limit.why_not(deadline, wanted)
    if refusal:
        raise Incomplete({"deadline": [refusal]})


def _pending(act: Act) -> Extension:
    return db.session.scalars(
        select(Extension).where(
            Extension.issue_id == act.issue.id,
            Extension.round == act.issue.round,
            Extension.state == "pending",
        )
    ).one()


def _decide(act: Act, state: str, opinion: str) -> Extension:
    asked = _pending(act)
    asked.state = state
    asked.decided_on = act.on
    asked.opinion = opinion
    return asked


def grant_extension(act: Act) -> Status:
    """The measures keep their dates; those are moved by `amend`."""
    if act.source_rules.mover == "document":
        act.refuse_unless(
            act["document"], "document", "须登记设定该时限的上级机关的批准文件，请先上传后选择"
        )
    asked = _decide(act, "granted", act["opinion"])
    asked.document_id = act["document"].id if act["document"] else None
    act.issue.deadline = asked.deadline
    act.noted |= {"old_deadline": asked.old_deadline, "deadline": asked.deadline}
    return act.issue.status


def refuse_extension(act: Act) -> Status:
    _decide(act, "refused", act["reason"])
    return act.issue.status
