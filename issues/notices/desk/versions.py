"""The versions of a draft: each act of editing is one, an undone act stays among them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.ground.refusals import NotFound
from issues.models import DraftVersion, Notice
from issues.vocabulary.desk import DeskAct


class Step(NamedTuple):
    """A version as the stacks read it."""

    number: int
    act: DeskAct


class Stacks(NamedTuple):
    """Numbers of versions. `undo`: what came before, the nearest last; `redo`: what was undone.

    `of`: by number the version whose act made the words that it has.
    """

    undo: list[int]
    redo: list[int]
    now: int | None


def stacks(steps: Sequence[Step]) -> Stacks:
    """By the acts alone, oldest first: a new act after an undone one leaves nothing to redo."""
    undo: list[int] = []
    redo: list[int] = []
    now: int | None = None
    for step in steps:
        if step.act is DeskAct.UNDO and undo and now is not None:
            redo.append(now)
            now = undo.pop()
        elif step.act is DeskAct.REDO and redo and now is not None:
            undo.append(now)
            now = redo.pop()
        else:
            if now is not None:
                undo.append(now)
            redo, now = [], step.number
    return Stacks(undo, redo, now)


def of_notice(notice: Notice) -> Stacks:
    rows = db.session.execute(
        select(DraftVersion.number, DraftVersion.act)
        .where(DraftVersion.notice_id == notice.id)
        .order_by(DraftVersion.number)
    )
    return stacks([Step(row.number, row.act) for row in rows])


def keep(
    notice: Notice,
    before: Mapping[str, Any],
    by: Actor,
    at: datetime,
    act: DeskAct,
    what: str = "",
) -> DraftVersion | None:
    """After the notice's words were changed. What they were before is a version too.

    None where nothing was changed.
    """
    if dict(before) == dict(notice.facts):
        return None
    last = _last(notice)
    number = last.number if last else 0
    if last is None or last.words != dict(before):
        number += 1
        maker = notice.drafted_by_id if last is None else None
        made_at = notice.drafted_at if last is None else at
        act_before = DeskAct.BEGIN if last is None else DeskAct.FIELDS
        db.session.add(
            DraftVersion(
                notice_id=notice.id, number=number, act=act_before, words=dict(before),
                made_at=made_at, made_by_id=maker,
            )
        )  # fmt: skip
    row = DraftVersion(
        notice_id=notice.id, number=number + 1, act=act, what=what, words=dict(notice.facts),
        made_at=at, made_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _last(notice: Notice) -> DraftVersion | None:
    return db.session.scalars(
        select(DraftVersion)
        .where(DraftVersion.notice_id == notice.id)
        .order_by(DraftVersion.number.desc())
        .limit(1)
    ).first()


def one(notice: Notice, number: int) -> DraftVersion:
    """Raises NotFound."""
    row = db.session.scalars(
        select(DraftVersion).where(
            DraftVersion.notice_id == notice.id, DraftVersion.number == number
        )
    ).first()
    if row is None:
        raise NotFound
    return row


def told(notice: Notice, numbers: Sequence[int]) -> dict[int, str]:
    """By number who made these versions, and what they did."""
    rows = db.session.execute(
        select(DraftVersion.number, DraftVersion.act, DraftVersion.what, User.display_name)
        .outerjoin(User, User.id == DraftVersion.made_by_id)
        .where(DraftVersion.notice_id == notice.id, DraftVersion.number.in_(numbers))
    )
    return {row.number: f"{row.display_name or '系统'}{row.act.label}{row.what}" for row in rows}


MOST_LISTED = 200


def listed(notice: Notice) -> list[DraftVersion]:
    """The newest first, with who made them."""
    rows = (
        select(DraftVersion)
        .where(DraftVersion.notice_id == notice.id)
        .options(joinedload(DraftVersion.made_by), defer(DraftVersion.words))
        .order_by(DraftVersion.number.desc())
        .limit(MOST_LISTED)
    )
    return list(db.session.scalars(rows))
