"""Notices that wait for one person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)

from auth.actor import Actor
from auth.models import Unit
from extensions import db, plain_rows
from issues import quarantine
from issues.city.words import Words
from issues.ground import clock
from issues.models import Digest, Keeper, KeptForm, Notice, NoticeRecipient, ReplyReview, Setting
from issues.notices.facts.letterhead import listed, once
from issues.notices.kinds import name_of
from issues.notices.rights import to_review, to_sign
from issues.queries.ground import works
from issues.queries.messages import inbox as messages
from issues.queries.notices.points import phrases_of
from issues.rights.table import MOST_PEOPLE, Right, holds
from issues.vocabulary import NoticeKind, NoticeStatus

SAID = (
    Notice.facts["outcome"]["what"].as_string().label("outcome"),
    Notice.facts["form"].as_string().label("form"),
    Notice.facts["unit_name"].as_string().label("frozen"),
)
"""What the facts of a paper say of its name and of whom it is addressed to."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`name` is what the paper is called, `unit` whom it is addressed to, nobody by a 专报.

    `due` is the day it is to be signed for or answered by; a draft has none. `points` says which
    of its requirements are unanswered.
    """

    id: int
    name: str
    title: str
    number: str
    unit: str
    state: str
    due: date | None
    points: str = ""


def letters(actor: Actor, today: date) -> list[Letter]:
    """Drafts to sign, notices to sign for or answer, answers to review: the most urgent first.

    Three statements.
    """
    rows = db.session.execute(
        select(
            Notice.id, Notice.kind, Notice.title, Notice.number, Notice.status, Notice.sign_due,
            Notice.reply_due, Notice.acknowledged_at, Notice.replied_at, Unit.short_name,
            *SAID, _named(actor).label("named"),
            Notice.facts["sign_due"].as_string().label("receipt_due"),
        )
        .join(Unit, Unit.id == Notice.unit_id)
        .where(_waiting(actor))
        .order_by(Notice.drafted_at)
    )  # fmt: skip
    said = once()
    found = [_letter(row, said) for row in rows]
    points = phrases_of([one.id for one in found if one.state != "sign"], today)
    found = [replace(one, points=points.get(one.id, "")) for one in found]
    return sorted(found, key=lambda letter: letter.due or date.max)


class Waiting(NamedTuple):
    """Notices that wait for this person, digests not yet read, one of the city's own words.

    Of their long work what is under way and what has ended untold; of anybody's what is idle.
    Messages are counted up to a hundred. `keeps`: whether the person is a keeper;
    `has_left`: whether a form of theirs was left unsent.
    `quarantine` is said of a copy put back from a backup.
    """

    letters: int
    unread: int
    word: Any
    messages: int
    quarantine: Any
    under_way: int
    untold: int
    idle: int
    keeps: bool
    has_left: bool


def waiting_and(key: str, actor: Actor) -> Waiting:
    """One statement."""
    now = clock.real_now()
    told = {"key": key, works.BEFORE: now - works.SILENT, "now": now}
    return Waiting._make(plain_rows(_counting(actor.rights_only), told).one())


@lru_cache(maxsize=MOST_PEOPLE)
def _counting(actor: Actor) -> Select[Any]:
    """Every page asks this, so it is put together once a person."""
    count: Any = literal(0)
    unread: Any = literal(0)
    if holds(actor, Right.DIGESTS):
        own = (Digest.user_id == actor.id, Digest.read_at.is_(None))
        unread = select(func.count(Digest.id)).where(*own).scalar_subquery()
    if holds(actor, Right.NOTICES):
        count = select(func.count(Notice.id)).where(_waiting(actor)).scalar_subquery()
    word = select(Setting.value).where(Setting.key == bindparam("key")).scalar_subquery()
    under_way: tuple[Any, ...] = (literal(0),) * 3
    if holds(actor, Right.VIEW):
        under_way = works.counts(actor.id)
    held = select(Setting.value).where(Setting.key == quarantine.KEY).scalar_subquery()
    keeps = exists().where(Keeper.account_id == actor.id, Keeper.ended_at.is_(None))
    left = exists().where(KeptForm.user_id == actor.id, KeptForm.until > bindparam("now"))
    return select(count, unread, word, messages.unread(actor), held, *under_way, keeps, left)


def _waiting(actor: Actor) -> ColumnElement[bool]:
    """N0 is signed for by acknowledging its ticket and answered by the plan: it is no letter."""
    found = [and_(Notice.status == NoticeStatus.DRAFT, to_sign(actor))]
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
        found += [owed, and_(Notice.status == NoticeStatus.SIGNED, _named(actor))]
    if holds(actor, Right.REVIEW_REPLY) or holds(actor, Right.DRAFT_COUNTY_NOTICE):
        found.append(and_(unreviewed(), to_review(actor)))
    return or_(*found)


def _named(actor: Actor) -> ColumnElement[bool]:
    """The paper names the person's unit beside the one that answers, and its receipt is open."""
    return exists().where(
        NoticeRecipient.notice_id == Notice.id,
        NoticeRecipient.unit_id == actor.unit_id,
        NoticeRecipient.acknowledged_at.is_(None),
    )


def unreviewed() -> ColumnElement[bool]:
    """Answered, and the office has not said that the answer is good."""
    accepted = exists().where(ReplyReview.notice_id == Notice.id, ReplyReview.is_accepted)
    answered = and_(Notice.status == NoticeStatus.SIGNED, Notice.replied_at.is_not(None))
    return and_(answered, Notice.kind != NoticeKind.N0, ~accepted)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _letter(row: Row, said: Callable[[], Words]) -> Letter:
    if row.status == NoticeStatus.DRAFT:
        state, due = "sign", None
    elif row.named:
        state, due = "acknowledge", row.sign_due or _day(row.receipt_due)
    elif row.replied_at is not None:
        state, due = "review", None
    elif row.acknowledged_at is None and row.sign_due is not None:
        state, due = "acknowledge", row.sign_due
    else:
        state, due = "reply", row.reply_due
    name = name_of(row.kind, {"outcome": {"what": row.outcome}, "form": row.form})
    unit = listed(row.kind, row.form, row.frozen, row.short_name, said)
    return Letter(row.id, name, row.title, row.number or "", unit, state, due)
