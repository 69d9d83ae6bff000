"""Notices that wait for one person, and the tickets a leader answers for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, false, or_, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue, Notice
from issues.notices.rights import SIGNED_BY
from issues.permissions import Right, holds, reach
from issues.queries.standing import Standing
from issues.vocabulary import OPEN, Colour, NoticeKind, NoticeStatus

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """`due` is the day it is to be signed for or answered by; a draft has none."""

    id: int
    kind: NoticeKind
    title: str
    number: str
    unit: str
    state: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Sponsored:
    number: str
    title: str
    unit: str
    colour: Colour
    deadline: date | None


def letters(actor: Actor) -> list[Letter]:
    """Drafts to sign, notices to sign for, notices to answer: the most urgent first.

    N0 is signed for by acknowledging its ticket and answered by the plan, so it is no letter here.
    """
    kinds = [kind for kind, right in SIGNED_BY.items() if holds(actor, right)]
    draft = and_(Notice.status == NoticeStatus.DRAFT, Notice.kind.in_(kinds))
    owed = false()
    if holds(actor, Right.ANSWER_NOTICE):
        owed = and_(
            Notice.status == NoticeStatus.SIGNED,
            Notice.unit_id == actor.unit_id,
            Notice.kind != NoticeKind.N0,
            Notice.replied_at.is_(None),
            or_(
                and_(Notice.sign_due.is_not(None), Notice.acknowledged_at.is_(None)),
                Notice.reply_due.is_not(None),
            ),
        )
    rows = db.session.execute(
        select(
            Notice.id, Notice.kind, Notice.title, Notice.number, Notice.status, Notice.sign_due,
            Notice.reply_due, Notice.acknowledged_at, Unit.short_name,
        )
        .join(Unit, Unit.id == Notice.unit_id)
        .where(or_(draft, owed))
        .order_by(Notice.drafted_at)
    )  # fmt: skip
    found = [_letter(row) for row in rows]
    return sorted(found, key=lambda letter: letter.due or date.max)


def _letter(row: object) -> Letter:
    if row.status == NoticeStatus.DRAFT:
        state, due = "sign", None
    elif row.acknowledged_at is None and row.sign_due is not None:
        state, due = "acknowledge", row.sign_due
    else:
        state, due = "reply", row.reply_due
    return Letter(row.id, row.kind, row.title, row.number or "", row.short_name, state, due)


def sponsored(actor: Actor, today: date) -> list[Sponsored]:
    """The open tickets this person sponsors, the most urgent first."""
    standing = Standing.on(today, today)
    rows = db.session.execute(
        select(
            Issue.number, Issue.title, Unit.short_name, standing.colour.label("colour"),
            Issue.deadline,
        )
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(reach(actor), Issue.sponsor_account_id == actor.id, Issue.status.in_(OPEN))
        .order_by(Issue.red_from, Issue.yellow_from, Issue.id)
        .limit(SHOWN)
    )  # fmt: skip
    return [
        Sponsored(row.number, row.title, row.short_name or "", Colour(row.colour), row.deadline)
        for row in rows
    ]
