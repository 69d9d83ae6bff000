"""More time: asked before the day, granted by who may move this source's deadlines."""

from sqlalchemy import select

from extensions import db
from issues.ground.refusals import Incomplete
from issues.models import Extension
from issues.vocabulary import Status
from issues.workflow.act import Act
from issues.workflow.bounds import Place, extension_of, refuse_beyond


def request_extension(act: Act) -> Status:
    issue, wanted = act.issue, act["deadline"]
    refuse_beyond(act)
    if said := no_more_time(act):
        raise Incomplete({"deadline": [said]})
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


def no_more_time(act: Act) -> str:
    """Why the deadline may go no further; "" where it may."""
    limit = extension_of(Place(act.issue, act.on, act.policy))
    return limit.refusal if limit is not None and limit.latest is None else ""


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
    asked = _decide(act, "granted", act["opinion"] or "")
    asked.document_id = act["document"].id if act["document"] else None
    act.issue.deadline = asked.deadline
    act.noted |= {"old_deadline": asked.old_deadline, "deadline": asked.deadline}
    return act.issue.status


def refuse_extension(act: Act) -> Status:
    _decide(act, "refused", act["reason"])
    return act.issue.status
