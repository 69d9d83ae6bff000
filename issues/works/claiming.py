"""Who does which piece: taken by one statement, held by signs of life, ended by its holder alone.

A holder that is not heard of for SILENT has died, and the piece is taken up once more; if that one
dies too it is broken off, and its asker decides. Nothing is half written by then: what a piece
writes is one transaction, and its end is part of it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update

from extensions import db, transaction
from issues.ground import clock
from issues.messages.of_accounts import work_over
from issues.messages.telling import tell_of
from issues.models import LongWork
from issues.queries.ground.works import SILENT, is_free
from issues.vocabulary import WorkState

MOST_TRIES = 2
BROKEN = (
    "办理这项工作的进程两次意外终止，没有写入任何内容。可以重新开始；再次中断的，请告知系统管理员"
)


class CalledOff(Exception):
    """The piece is another's by now, or nobody's: what was done of it is thrown away."""


def is_any_free() -> bool:
    """Asked before anything is locked."""
    found = bool(db.session.scalar(select(exists().where(is_free(clock.real_now() - SILENT)))))
    db.session.rollback()
    return found


def claim(holder: str) -> int | None:
    """The piece that has waited longest is this holder's from now on; None where there is none."""
    if not is_any_free():
        return None
    now = clock.real_now()
    free = is_free(now - SILENT)
    with transaction():
        _break_off(now)
        rows = select(LongWork.id).where(free).order_by(LongWork.id).limit(1)
        found = db.session.scalars(rows.with_for_update(skip_locked=True)).first()
        if found is None:
            return None
        taken = {
            "state": WorkState.RUNNING, "holder": holder, "beat_at": now, "started_at": now,
            "words": "", "done": 0, "total": 0, "tries": LongWork.tries + 1,
        }  # fmt: skip
        return found if _change((LongWork.id == found) & free, **taken) else None


def _break_off(now: datetime) -> None:
    spent = is_free(now - SILENT) & (LongWork.tries >= MOST_TRIES)
    told = {"state": WorkState.BROKEN, "ended_at": now, "holder": "", "error": BROKEN}
    found = db.session.scalars(select(LongWork.id).where(spent)).all()
    _change(spent, **told)
    for work_id in found:
        _tell(work_id)


def beat(work_id: int, holder: str, words: str, done: int, total: int) -> bool:
    """A sign of life; False where the piece is not this holder's any more."""
    said = {"words": words[:80], "done": min(done, total), "total": total}
    with transaction():
        return _change(_held(work_id, holder), beat_at=clock.real_now(), **said)


def end(work_id: int, holder: str, state: WorkState, **told: Any) -> None:
    """In the caller's transaction, so that what was written and its end are one.

    Raises CalledOff.
    """
    if not _change(
        _held(work_id, holder), state=state, ended_at=clock.real_now(), holder="", **told
    ):
        raise CalledOff
    _tell(work_id)


def _tell(work_id: int) -> None:
    """Its asker, that it is over."""
    work = db.session.get_one(LongWork, work_id, populate_existing=True)
    if work.state is not WorkState.CANCELLED:
        tell_of(work_over(work, clock.today()))


def give_back(holder: str, *, is_stopped: bool = False) -> None:
    """What a worker had in hand when it died before its parent's eyes, or was told to stop.

    A try that was stopped is none.
    """
    with transaction():
        held = (LongWork.holder == holder) & (LongWork.state == WorkState.RUNNING)
        tries = LongWork.tries - (1 if is_stopped else 0)
        _change(held, state=WorkState.QUEUED, holder="", tries=tries)


def _held(work_id: int, holder: str) -> ColumnElement[bool]:
    is_mine = (LongWork.id == work_id) & (LongWork.holder == holder)
    return is_mine & (LongWork.state == WorkState.RUNNING)


def _change(which: ColumnElement[bool], **values: Any) -> bool:
    done = db.session.connection().execute(update(LongWork).where(which).values(**values))
    return done.rowcount > 0
