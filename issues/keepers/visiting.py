"""A keeper's visits, kept in the history of the ticket. Never commits."""

from collections.abc import Mapping

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, WrongStatus
from issues.keepers.inherited import kept_by
from issues.models import Issue
from issues.vocabulary import OFF_BOARD, OPEN, BesideAct

LONGEST = 200


def find(actor: Actor, issue_id: int, *, for_change: bool = False) -> Issue:
    """A ticket that the person keeps now. Raises NotFound for any other."""
    rows = select(Issue).where(
        Issue.id == issue_id, kept_by(actor.id), Issue.status.not_in(OFF_BOARD)
    )
    if for_change:
        rows = rows.with_for_update(of=Issue).execution_options(populate_existing=True)
    issue = db.session.scalars(rows).first()
    if issue is None:
        raise NotFound
    return issue


def visit(actor: Actor, issue_id: int, said: Mapping[str, str]) -> Issue:
    """One line of what was seen. Raises NotFound, WrongStatus, Incomplete."""
    issue = find(actor, issue_id, for_change=True)
    if issue.status not in OPEN:
        raise WrongStatus("这个问题已销号，不再登记查看。")
    text = said.get("text", "").strip()
    if not 0 < len(text) <= LONGEST:
        raise Incomplete({"text": [f"请写明查看情况，最多{LONGEST}个字"]})
    audit.record_beside(issue, BesideAct.VISIT, actor, at=clock.now(), reason=text)
    return issue
