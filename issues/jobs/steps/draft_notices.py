"""Draft what the triggers ask for. A person edits and signs it, or voids it.

Asked again under the ticket's lock: what an act drafted since may stand for it.
"""

from auth.actor import SYSTEM
from extensions import db
from issues.colour.policies import policy_on
from issues.jobs.job import Tools
from issues.models import Issue
from issues.notices import drafting
from issues.supervision.one_paper import Due
from issues.supervision.triggers import due_drafts
from issues.vocabulary import NoticeKind


def find(tools: Tools) -> list[str]:
    _, policy = policy_on(tools.on)
    return ["|".join(map(str, due)) for due in due_drafts(tools.on, policy)]


def do(tools: Tools, unit: str) -> bool:
    kind, issue_id, trigger, occurrence = unit.split("|")
    due = Due(NoticeKind(kind), int(issue_id), trigger, occurrence)
    issue = db.session.get_one(Issue, due.issue_id, with_for_update={"of": Issue})
    _, policy = policy_on(tools.on)
    if due not in due_drafts(tools.on, policy, only=issue.id):
        return False
    drafted = drafting.draft(
        due.kind, [issue], trigger=due.trigger, occurrence=due.occurrence, actor=SYSTEM, at=tools.at
    )
    return drafted is not None
