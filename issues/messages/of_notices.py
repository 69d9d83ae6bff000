"""What an act on a notice makes to be told, to whom."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_

from extensions import db
from issues.messages.happening import LONGEST_NAME, Happening, people_of
from issues.models import Event, Issue, Notice
from issues.rights.holders import SIGNED_BY, have_any
from issues.rights.words import Right
from issues.vocabulary import MessageEvent, NoticeAct, NoticeKind


def happenings(row: Event) -> Iterator[Happening]:
    act = NoticeAct.of(row.action)
    if act not in TOLD:
        return
    notice = db.session.get(Notice, row.subject_id)
    if notice is None:
        return
    if act is NoticeAct.DRAFT:
        signers = have_any([SIGNED_BY[notice.kind]])
        yield _told(notice, row, MessageEvent.DECISION, signers)
    elif act is NoticeAct.REPLY:
        yield _told(notice, row, MessageEvent.DECISION, have_any([Right.REVIEW_REPLY]))
    elif notice.kind is not NoticeKind.N7:
        units = frozenset({notice.unit_id})
        answers = and_(people_of(units), have_any([Right.NOTICES]))
        yield _told(notice, row, TOLD[act], answers, units)


def _told(
    notice: Notice, row: Event, event: MessageEvent, whom: ColumnElement[bool],
    units: frozenset[int] = frozenset(),
) -> Happening:  # fmt: skip
    """An N7 is a matter of few: no other system is told of it."""
    return Happening(
        event, _name(notice)[:LONGEST_NAME], f"/notices/{notice.id}", row.on,
        f"{event}-notice-{notice.id}-{row.seq}", whom, units, notice_id=notice.id,
        for_systems=notice.kind is not NoticeKind.N7,
    )  # fmt: skip


def _name(notice: Notice) -> str:
    """Its number; of a draft, which has none, what it is a draft of and the ticket's number."""
    if notice.number:
        return notice.number
    issue = db.session.get(Issue, notice.issue_id) if notice.issue_id else None
    return f"{issue.number if issue else ''} {notice.kind.label}草稿".strip()


TOLD = {
    NoticeAct.DRAFT: MessageEvent.DECISION,
    NoticeAct.REPLY: MessageEvent.DECISION,
    NoticeAct.SIGN: MessageEvent.NOTICE,
    NoticeAct.RETURN_REPLY: MessageEvent.RETURNED,
}
