"""Who sees a notice, and who may do what to it: read from the one table of permissions."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from auth.actor import Actor
from extensions import db
from issues.ground.refusals import NotFound
from issues.models import Issue, Notice, NoticeIssue
from issues.notices.demanded import may_sign_answer
from issues.notices.passing.recipients import is_to, receipt_of
from issues.rights.holders import SIGNED_BY
from issues.rights.table import TABLE, Right, holds, may
from issues.territory.centres import centres_above
from issues.vocabulary import NoticeKind

COUNTY_KINDS = (NoticeKind.N0, NoticeKind.N1, NoticeKind.N2, NoticeKind.N5)
"""What the centre of a county issues under its own letterhead, on tickets delegated to it."""
GONE = "taken_back-"
"""Begins the occurrence of a draft that went with an import: the trigger may draft once more."""


def drafted_by(kind: NoticeKind) -> Right:
    """A person decides an N7, never the office or the system."""
    return Right.DRAFT_REFERRAL if kind is NoticeKind.N7 else Right.DRAFT_NOTICE


def kinds_to_draft(actor: Actor) -> list[NoticeKind]:
    """What this person may draft by hand."""
    is_county = holds(actor, Right.DRAFT_COUNTY_NOTICE)
    return [
        kind
        for kind in NoticeKind
        if holds(actor, drafted_by(kind)) or (is_county and kind in COUNTY_KINDS)
    ]


def is_of_centre(actor: Actor, kind: NoticeKind) -> bool:
    """Whether what the person drafts is a paper of their county's centre."""
    return (
        not holds(actor, drafted_by(kind))
        and kind in COUNTY_KINDS
        and holds(actor, Right.DRAFT_COUNTY_NOTICE)
    )


def may_draft_on(actor: Actor, issue: Issue) -> bool:
    """Whether a paper on this ticket may be begun."""
    if holds(actor, Right.DRAFT_NOTICE) or holds(actor, Right.DRAFT_REFERRAL):
        return True
    return may(actor, Right.DRAFT_COUNTY_NOTICE, issue)


def _as_county(actor: Actor, right: Right, notice: Notice) -> bool:
    """A centre's paper is its own people's, as long as each of its tickets is theirs to drive."""
    is_own = holds(actor, right) and notice.centre_id == actor.unit_id
    return is_own and all(may(actor, right, issue) for issue in notice.issues)


def may_sign(actor: Actor, notice: Notice) -> bool:
    if notice.centre_id is not None:
        return _as_county(actor, Right.SIGN_AS_COUNTY, notice)
    return holds(actor, SIGNED_BY[notice.kind])


def may_sign_any(actor: Actor) -> bool:
    """Whether there is a kind of paper at all that this person signs."""
    return holds(actor, Right.SIGN_AS_COUNTY) or any(
        holds(actor, right) for right in SIGNED_BY.values()
    )


def may_edit(actor: Actor, notice: Notice) -> bool:
    if notice.centre_id is not None:
        return _as_county(actor, Right.DRAFT_COUNTY_NOTICE, notice) or may_sign(actor, notice)
    return holds(actor, drafted_by(notice.kind)) or may_sign(actor, notice)


def may_void(actor: Actor, notice: Notice) -> bool:
    """A draft may be dropped by who may write it, a signed document by who may sign it."""
    return may_edit(actor, notice) if notice.number is None else may_sign(actor, notice)


def may_review(actor: Actor, notice: Notice) -> bool:
    if notice.centre_id is not None:
        return _as_county(actor, Right.DRAFT_COUNTY_NOTICE, notice)
    return holds(actor, Right.REVIEW_REPLY)


def to_sign(actor: Actor) -> ColumnElement[bool]:
    """The condition on Notice that this person signs such a paper."""
    kinds = [kind for kind, right in SIGNED_BY.items() if holds(actor, right)]
    found = and_(Notice.centre_id.is_(None), Notice.kind.in_(kinds))
    if holds(actor, Right.SIGN_AS_COUNTY):
        return or_(found, Notice.centre_id == actor.unit_id)
    return found


def to_review(actor: Actor) -> ColumnElement[bool]:
    """The same of an answer that this person judges."""
    if holds(actor, Right.REVIEW_REPLY):
        return Notice.centre_id.is_(None)
    if holds(actor, Right.DRAFT_COUNTY_NOTICE):
        return Notice.centre_id == actor.unit_id
    return false()


def may_answer(actor: Actor, notice: Notice) -> bool:
    """The people of the unit it is sent to, where that unit works on one of its tickets."""
    return actor.unit_id == notice.unit_id and any(
        may(actor, Right.ANSWER_NOTICE, issue) for issue in notice.issues
    )


def may_sign_for(actor: Actor, notice: Notice) -> bool:
    """Those, and the people of every other unit that the paper names."""
    if may_answer(actor, notice):
        return True
    return holds(actor, Right.ANSWER_NOTICE) and receipt_of(notice, actor) is not None


def may_reply(actor: Actor, notice: Notice) -> bool:
    """Of those the one whose answer the paper demands."""
    return may_answer(actor, notice) and may_sign_answer(actor, notice.kind)


def sees_every(actor: Actor) -> bool:
    """Whether every paper is in sight: the city's people."""
    return any(TABLE[Right.NOTICES][role].is_everywhere for role in actor.roles)


def reach(actor: Actor) -> ColumnElement[bool]:
    """As a condition on Notice: a unit sees what was signed and sent to it, and every 通报 for it.

    A centre's people see its own papers too, the city's people all.

    A draft that went with an import is shown to nobody; the history tells of it.
    """
    if sees_every(actor):
        return ~Notice.occurrence.startswith(GONE, autoescape=True)
    if not holds(actor, Right.NOTICES):
        return false()
    for_all = and_(Notice.kind == NoticeKind.N5, told_to(actor))
    mine = or_(Notice.unit_id == actor.unit_id, is_to(actor), for_all)
    signed = and_(Notice.number.is_not(None), Notice.kind != NoticeKind.N7, mine)
    if holds(actor, Right.DRAFT_COUNTY_NOTICE) or holds(actor, Right.SIGN_AS_COUNTY):
        return or_(signed, Notice.centre_id == actor.unit_id)
    return signed


def told_to(actor: Actor) -> ColumnElement[bool]:
    """On Notice, beside what else is asked of it: no 通报 of a centre that is not this person's.

    The city's is for everybody, a centre's for the units within its places and for the city.
    """
    if sees_every(actor):
        return true()
    found = or_(Notice.kind != NoticeKind.N5, Notice.centre_id.is_(None))
    if actor.unit_id is None:
        return found
    return or_(found, Notice.centre_id.in_(centres_above(actor.unit_id)))


def load(notice_id: int, actor: Actor) -> Notice:
    """The notice, where the person sees it. Raises NotFound."""
    notice = db.session.scalars(select(Notice).where(Notice.id == notice_id, reach(actor))).first()
    if notice is None:
        raise NotFound
    return notice


def load_for_change(notice_id: int, actor: Actor) -> Notice:
    """The same with its tickets and itself locked, in the order an act on a ticket locks them."""
    ids = select(NoticeIssue.issue_id).where(NoticeIssue.notice_id == notice_id)
    tickets = select(Issue).where(Issue.id.in_(ids)).order_by(Issue.id)
    db.session.scalars(
        tickets.with_for_update(of=Issue).execution_options(populate_existing=True)
    ).all()
    found = select(Notice).where(Notice.id == notice_id, reach(actor))
    notice = db.session.scalars(
        found.with_for_update(of=Notice).execution_options(populate_existing=True)
    ).first()
    if notice is None:
        raise NotFound
    return notice
