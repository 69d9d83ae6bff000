"""What minutes settled becomes measures of their ticket, by the act that amends its plan."""

from datetime import datetime

from sqlalchemy import exists, select

from auth.actor import Actor
from extensions import db
from issues import workflow
from issues.evidence.contradictions import keeping as contradictions
from issues.ground.refusals import WrongStatus
from issues.models import Event, Issue, Notice
from issues.notices.kinds import MINUTES
from issues.notices.kinds.own.shape import TaskFacts
from issues.notices.kinds.wording import clause, day
from issues.vocabulary import Action, DeadlineKind, NoticeAct, NoticeKind, Subject


def is_open(notice: Notice) -> bool:
    """Signed minutes on one ticket whose tasks are not yet among its measures."""
    return bool(_tasks(notice)) and len(notice.issues) == 1 and not _is_done(notice)


def _tasks(notice: Notice) -> list[TaskFacts]:
    if notice.kind is not NoticeKind.N9 or notice.facts.get("form") != MINUTES:
        return []
    return list((notice.facts.get("minutes") or {}).get("tasks") or [])


def _is_done(notice: Notice) -> bool:
    done = exists().where(
        Event.is_about(Subject.NOTICE, notice.id), Event.action == NoticeAct.ADD_MEASURES.value
    )
    return bool(db.session.scalar(select(done)))


def add_measures(notice: Notice, actor: Actor, at: datetime) -> None:
    """Once, all of them. Raises WrongStatus, and what the amendment of the ticket raises."""
    if not is_open(notice):
        raise WrongStatus("本文书没有待列入的议定事项，或已列入整改措施。")
    issue = notice.issues[0]
    rows = [_row(one, issue) for one in _tasks(notice)]
    said = {"fields": {"measures": rows}, "reason": f"会议纪要（{notice.number}）议定"}
    workflow.perform(issue, Action.AMEND, actor, said, at=at)
    contradictions.refresh(issue, at)


def _row(task: TaskFacts, issue: Issue) -> dict[str, str]:
    """No minutes put off a ticket: a day after its deadline is told in words, and dates nothing."""
    row = {"text": task["text"], **({"unit": task["unit"]} if task.get("unit") else {})}
    due = str(task["due"])
    by_ticket = issue.deadline_kind != DeadlineKind.BY_MEASURES
    if by_ticket and issue.deadline and due > issue.deadline.isoformat():
        return row | {"text": f"{clause(task['text'])}（会议纪要要求{day(due)}前完成）"}
    return row | {"deadline": due}
