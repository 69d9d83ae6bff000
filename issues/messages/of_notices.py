"""What an act on a notice makes to be told, to whom."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, select

from auth.models import User
from extensions import db
from issues.messages.happening import LONGEST_NAME, Happening, people_of
from issues.models import Event, Issue, Notice, NoticeRecipient
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
        whom = _deciders(notice, SIGNED_BY[notice.kind], Right.SIGN_AS_COUNTY)
        yield _told(notice, row, MessageEvent.DECISION, whom)
    elif act is NoticeAct.REPLY:
        whom = _deciders(notice, Right.REVIEW_REPLY, Right.DRAFT_COUNTY_NOTICE)
        yield _told(notice, row, MessageEvent.DECISION, whom)
    elif notice.kind is not NoticeKind.N7:
        units = frozenset({notice.unit_id, *_named(notice)})
        answers = and_(people_of(units), have_any([Right.NOTICES]))
        yield _told(notice, row, TOLD[act], answers, units)


def _named(notice: Notice) -> set[int]:
    """The other units that the paper is addressed to by name."""
    rows = select(NoticeRecipient.unit_id).where(NoticeRecipient.notice_id == notice.id)
    return set(db.session.scalars(rows))


def _deciders(notice: Notice, of_city: Right, of_centre: Right) -> ColumnElement[bool]:
    """A centre's paper is a matter of its own people."""
    if notice.centre_id is None:
        return have_any([of_city])
    return and_(User.unit_id == notice.centre_id, have_any([of_centre]))


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
