"""Long work asked for, found again by who asked, called off, begun anew. Nothing here commits.

A piece is its asker's alone and is kept for KEPT_DAYS. The same asked for twice is one piece.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound, WrongStatus
from issues.models import LongWork
from issues.vocabulary import WorkKind, WorkState

KEPT_DAYS = 7
MOST_UNDER_WAY = 5
AGAIN = frozenset({WorkState.FAILED, WorkState.BROKEN, WorkState.CANCELLED})
WRITING = (WorkKind.WRITE, WorkKind.REFORM, WorkKind.ROUND)
"""What is one transaction: once begun it is done or has not been, and is not called off."""
WHOLE = frozenset({WorkKind.EXPORT, WorkKind.REFORM, WorkKind.ROUND})
"""What is asked for in so many words, and may be begun anew by them."""
ALONE = {
    WorkKind.REFORM: "正在办理单位调整“{name}”，请等其完成后再办理。",
    WorkKind.ROUND: "正在结束{name}，请等其完成后再办理。",
}
"""Of which the whole city does one at a time, and what another is told."""
TOO_MANY = f"您已有{MOST_UNDER_WAY}项后台工作在进行，请等其中一项完成"
CANNOT_CANCEL = "这项工作已经结束，或正在写入，不能取消。"
CANNOT_AGAIN = "这项工作还在进行，或已经完成，不必重新开始。"


def begin(
    actor: Actor, kind: WorkKind, asked: Mapping[str, Any], import_id: int | None = None
) -> LongWork:
    """The piece, or the one under way that does the same. Raises Incomplete.

    Of a ledger coming in there is one at a time, whoever asks; of what is done ALONE there is one.
    Raises WrongStatus.
    """
    same = _same(actor, kind, asked, import_id)
    if (known := _live(same)) is not None:
        return _own(known, actor, kind, asked)
    if _under_way(actor) >= MOST_UNDER_WAY:
        raise Incomplete({}, TOO_MANY)
    work = LongWork(
        kind=kind, user_id=actor.id, import_id=import_id, asked=dict(asked), same=same,
        made_at=clock.real_now(),
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(work)
    except IntegrityError:  # the same was sent twice at once
        return _own(present(_live(same), "the piece that was there first"), actor, kind, asked)
    return work


def _same(actor: Actor, kind: WorkKind, asked: Mapping[str, Any], import_id: int | None) -> str:
    if kind in ALONE:
        return _digest(kind)
    return _digest("ledger", import_id) if import_id else _digest(kind, dict(asked), actor.id)


def refuse_beside(kind: WorkKind) -> None:
    """Raises WrongStatus while a piece of a kind that is done ALONE is under way."""
    if (known := _live(_digest(kind))) is not None:
        raise WrongStatus(known.user.display_name + ALONE[kind].format(name=known.name))


def _live(same: str) -> LongWork | None:
    live = select(LongWork).where(LongWork.same == same, LongWork.ended_at.is_(None))
    return db.session.scalars(live).first()


def _own(work: LongWork, actor: Actor, kind: WorkKind, asked: Mapping[str, Any]) -> LongWork:
    """Raises WrongStatus where another person asked first, or something else is done with it."""
    if kind in ALONE and (work.user_id != actor.id or work.asked != dict(asked)):
        refuse_beside(kind)
    if work.user_id != actor.id:
        raise WrongStatus(f"{work.user.display_name}正在办理这份工作簿，请等其完成后刷新本页。")
    if work.kind is not kind:
        raise WrongStatus(f"这份工作簿正在办理“{work.kind.label}”，请等其完成。")
    return work


def _digest(*said: Any) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _under_way(actor: Actor) -> int:
    own = select(LongWork.id).where(LongWork.user_id == actor.id, LongWork.ended_at.is_(None))
    return len(db.session.scalars(own).all())


def works_of(actor: Actor) -> Sequence[LongWork]:
    """The person's own that are still kept, the latest first. One statement."""
    rows = select(LongWork).where(LongWork.user_id == actor.id, is_kept())
    rows = rows.options(joinedload(LongWork.upload)).order_by(LongWork.id.desc())
    return db.session.scalars(rows).all()


def find(work_id: int, actor: Actor) -> LongWork:
    """Raises NotFound unless it is the person's own and still kept."""
    own = select(LongWork).where(LongWork.id == work_id, LongWork.user_id == actor.id, is_kept())
    row = db.session.scalars(own.options(joinedload(LongWork.upload))).first()
    if row is None:
        raise NotFound
    return row


def is_kept() -> ColumnElement[bool]:
    """What is under way stays, however long it takes."""
    oldest = clock.real_now() - timedelta(days=KEPT_DAYS)
    return or_(LongWork.ended_at.is_(None), LongWork.ended_at > oldest)


def kept() -> Select[str | None]:
    """The digests of results that may still be seen."""
    return select(LongWork.sha256).where(LongWork.sha256.is_not(None), is_kept())


def count_old() -> int:
    return db.session.scalar(select(func.count(LongWork.id)).where(~is_kept())) or 0


def forget_old() -> int:
    """The pieces nobody is shown any more; how many there were."""
    done = db.session.connection().execute(delete(LongWork).where(~is_kept()))
    return done.rowcount


def latest(
    import_id: int, kinds: Sequence[WorkKind], *, state: WorkState | None = None
) -> LongWork | None:
    """The newest piece of these kinds for an upload, whoever asked: in a state, or under way."""
    stands = LongWork.ended_at.is_(None) if state is None else LongWork.state == state
    rows = select(LongWork).where(
        LongWork.import_id == import_id, LongWork.kind.in_(kinds), is_kept(), stands
    )
    return db.session.scalars(rows.order_by(LongWork.id.desc()).limit(1)).first()


def may_be_cancelled(work: LongWork) -> bool:
    return work.state is WorkState.QUEUED or (
        work.state is WorkState.RUNNING and work.kind not in WRITING
    )


def cancel(work: LongWork) -> None:
    """Whoever does it notices at its next word. Raises WrongStatus."""
    queued = LongWork.state == WorkState.QUEUED
    running = (LongWork.state == WorkState.RUNNING) & LongWork.kind.not_in(WRITING)
    statement = update(LongWork).where(LongWork.id == work.id, queued | running)
    now = clock.real_now()
    told = {"state": WorkState.CANCELLED, "ended_at": now, "told_at": now, "holder": ""}
    if not db.session.connection().execute(statement.values(**told)).rowcount:
        raise WrongStatus(CANNOT_CANCEL)
    db.session.expire(work)


def again(work: LongWork, actor: Actor) -> LongWork:
    """What failed, was broken off or called off, as a new piece. Raises WrongStatus."""
    if work.state not in AGAIN:
        raise WrongStatus(CANNOT_AGAIN)
    if work.kind not in WHOLE and work.import_id is None:
        raise WrongStatus("这份工作簿没有保存，请重新上传。")
    work.told_at = work.told_at or clock.real_now()
    anew = begin(actor, work.kind, work.asked, work.import_id)
    if work.kind in ALONE:
        anew.name = work.name
    return anew


def know(actor: Actor, work: LongWork | None = None) -> None:
    """The person has been told that it is over: of one piece, or of all."""
    ended = update(LongWork).where(
        LongWork.user_id == actor.id, LongWork.ended_at.is_not(None), LongWork.told_at.is_(None)
    )
    if work is not None:
        ended = ended.where(LongWork.id == work.id)
    db.session.connection().execute(ended.values(told_at=clock.real_now()))
