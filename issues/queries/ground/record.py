"""Whether the daily check of the record found a row of a page to differ. One statement each.

Told to who leads the cases, of roles to who gives them, and to the auditor.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, cast, exists, func, or_, select

from auth.actor import Actor
from auth.models import Grant, User
from extensions import db, plain_rows
from issues.models import Issue, RecordFault
from issues.rights.table import Right, holds, may

DOUBTED = "部分内容与系统记录的校验值不符，可能被绕过系统改动，请在审计管理员核清后再办理。"
LISTED = 100
_OF_ISSUE = select(exists().where(RecordFault.issue_id == bindparam("issue")))
_OF_ROW = select(
    exists().where(RecordFault.table == bindparam("name"), RecordFault.key == bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class Doubted:
    """How many rows of which ticket, and how many of none."""

    tickets: list[tuple[str, int]]
    more: int
    others: int


def of_ticket(issue: Issue, person: Actor) -> str:
    """The sentence its page shows; empty where all verifies, or for who is not told."""
    if not may(person, Right.SEE_COVERT, issue):
        return ""
    return _said(found=plain_rows(_OF_ISSUE, {"issue": issue.id}).scalar())


def of_file(issue: Issue, person: Actor, evidence_id: int) -> str:
    if not may(person, Right.SEE_COVERT, issue):
        return ""
    given = {"name": "evidence", "key": str(evidence_id)}
    return _said(found=plain_rows(_OF_ROW, given).scalar())


def of_notice(person: Actor, notice_id: int) -> str:
    if not holds(person, Right.SEE_COVERT):
        return ""
    return _said(found=plain_rows(_OF_ROW, {"name": "notice", "key": str(notice_id)}).scalar())


def of_account(user_id: int) -> str:
    """Of the account itself or of one of its roles."""
    table, key = RecordFault.table, RecordFault.key
    own = (table == User.__tablename__) & (key == str(user_id))
    roles = select(cast(Grant.id, String)).where(Grant.user_id == user_id)
    granted = (table == Grant.__tablename__) & key.in_(roles)
    return _said(found=db.session.scalar(select(exists().where(or_(own, granted)))))


def _said(*, found: bool | None) -> str:
    return DOUBTED if found else ""


def doubted() -> Doubted:
    """What the auditor is shown above the history."""
    rows: Any = db.session.execute(
        select(Issue.number, func.count())
        .select_from(RecordFault)
        .outerjoin(Issue, Issue.id == RecordFault.issue_id)
        .group_by(Issue.number)
        .order_by(Issue.number)
    ).all()
    tickets = [(number, count) for number, count in rows if number is not None]
    more = max(0, len(tickets) - LISTED)
    return Doubted(tickets[:LISTED], more, sum(count for number, count in rows if number is None))
