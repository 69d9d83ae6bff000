"""The notices on one ticket, as its page lists them for one person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue, Notice, NoticeIssue
from issues.notices.facts.letterhead import listed, once
from issues.notices.kinds import name_of
from issues.notices.rights import told_to
from issues.vocabulary import NoticeKind, NoticeStatus


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """`outcome`: which of the outcomes an N8 tells; `form` of an N5. `frozen`: its 主送, signed."""

    said: Callable[[], Any]
    id: int
    kind: NoticeKind
    outcome: str | None
    status: NoticeStatus
    number: str
    unit: str
    signed_on: date | None
    sign_due: date | None
    reply_due: date | None
    acknowledged_at: datetime | None
    is_replied: bool
    form: str | None
    frozen: str | None

    @property
    def name(self) -> str:
        return name_of(self.kind, {"outcome": {"what": self.outcome}, "form": self.form})

    @property
    def addressee(self) -> str:
        """As the paper says; nobody by a 专报."""
        return listed(self.kind, self.form, self.frozen, self.unit, self.said)


NOTICES = (
    select(
        Notice.id, Notice.kind, Notice.facts["outcome"]["what"].as_string(), Notice.status,
        func.coalesce(Notice.number, ""), Unit.short_name,
        Notice.signed_on, Notice.sign_due, Notice.reply_due, Notice.acknowledged_at,
        Notice.replied_at.is_not(None), Notice.facts["form"].as_string(),
        Notice.facts["unit_name"].as_string(),
    )
    .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
    .join(Unit, Unit.id == Notice.unit_id)
    .order_by(Notice.id)
)  # fmt: skip
"""The columns of a NoticeLine behind its first, in its order."""


def lines_of(issue: Issue, actor: Actor, *, drafts: bool) -> list[NoticeLine]:
    """Whoever sees the ticket sees its papers, but no 通报 of another county. One statement."""
    rows = NOTICES.where(NoticeIssue.issue_id == issue.id, told_to(actor))
    if not drafts:
        rows = rows.where(Notice.status != NoticeStatus.DRAFT)
    said = once()
    return [NoticeLine(said, *tuple(row)) for row in db.session.execute(rows)]
