"""An answer that is begun and not given: kept for the unit, until it is given.

Who sees the paper sees which points are filled in, never what is written; a draft answers nothing
and moves no colour.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from auth.actor import Actor
from extensions import db
from issues.ground import signs
from issues.ground.numbers import whole
from issues.ground.present import present
from issues.ground.refusals import Incomplete, Stale, WrongStatus
from issues.models import Notice, ReplyDraft
from issues.notices.receipts.points import MOST_POINTS, is_answered_by_points

FIELDS = ("text", "plan", "evidence", "points")
MOST_CHARACTERS = 200_000
CHANGED = "您打开后，本单位已有人保存过答复草稿。请核对后再保存，您填写的内容已保留。"


def of(notice: Notice) -> ReplyDraft | None:
    """What the unit has begun; nothing of a paper that owes no answer, or has it."""
    if not is_answered_by_points(notice) or notice.replied_at is not None:
        return None
    return db.session.get(ReplyDraft, notice.id)


def keep(
    notice: Notice, actor: Actor, at: datetime, words: Mapping[str, Any], version: int | None
) -> ReplyDraft:
    """What stands in the form, finished or not. Never commits.

    `version`: of the draft that the form was drawn with. Raises WrongStatus, Stale, Incomplete.
    """
    if not is_answered_by_points(notice) or notice.replied_at is not None:
        raise WrongStatus("本文书现在不需要答复，草稿未保存。")
    told = {name: words[name] for name in FIELDS if words.get(name)}
    if len(str(told)) > MOST_CHARACTERS:
        raise Incomplete({"text": ["内容过长，请精简后再保存"]})
    if wrong := next((fault for text in _texts(told) if (fault := signs.fault(text))), ""):
        raise Incomplete({"text": [f"填写的内容{wrong}"]})
    row = db.session.scalars(
        select(ReplyDraft).where(ReplyDraft.notice_id == notice.id).with_for_update()
    ).first()
    if row is None:
        row = ReplyDraft(notice_id=notice.id)
        db.session.add(row)
    elif version is not None and version != row.version:
        raise Stale(CHANGED, known=version, current=row.version)
    row.words, row.saved_at, row.saved_by_id = told, at, present(actor.id, "the person")
    db.session.flush()
    return row


def _texts(value: Any) -> Iterator[str]:
    """Every word of a form, however deep it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def forget(notice_id: int) -> None:
    db.session.execute(delete(ReplyDraft).where(ReplyDraft.notice_id == notice_id))


def filled(draft: ReplyDraft | None, asked: Collection[int]) -> set[int]:
    """The numbers of the points that the draft says something of."""
    rows = draft.words.get("points", []) if draft else []
    numbers = {whole(str(row.get("no")), 1, MOST_POINTS) for row in rows if row.get("state")}
    return {one for one in asked if one in numbers}


def of_notices(ids: Collection[int]) -> dict[int, ReplyDraft]:
    """By notice. One statement."""
    if not ids:
        return {}
    rows = select(ReplyDraft).where(ReplyDraft.notice_id.in_(ids))
    return {row.notice_id: row for row in db.session.scalars(rows)}
