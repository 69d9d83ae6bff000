"""The profiles of exports: the ready ones, and the office's own, made, changed and ended by acts.

Nothing here commits.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.exchange.writing.profiles.columns import COLUMNS
from issues.exchange.writing.profiles.profile import (
    BY_NAME,
    READY,
    Profile,
    profile_of,
)
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Stale
from issues.models import ExportProfile
from issues.rights.table import Right, holds, sees_all
from issues.vocabulary import ProfileAct, Subject

LONGEST_NAME, LONGEST_TITLE, LONGEST_HEADING = 20, 60, 30
MOST_PROFILES, MOST_COLUMNS = 30, 80
FORBIDDEN = frozenset("[]:*?/\\'")
"""Signs that no sheet's name may hold."""
CHANGED = "这个导出样式刚被其他人修改过，请看过现在的内容再改。"
UNTOLD = frozenset({"on", "seen", "sort", "page", "after", "limit"})
"""What of a register's filter no profile keeps: the day is asked for at each export."""
SAID = ("paper", "sort", "group", "has_totals")


def offered(actor: Actor) -> list[Profile]:
    """Those this person may take the ledger out as: the ready ones, then the office's own.

    One for the public is for who sees the whole city: see issues.evidence.complaints.unnamed.
    """
    own = (profile_of(row) for row in _in_use())
    return [
        one for one in (*READY, *own)
        if holds(actor, one.right) and (sees_all(actor) or not one.is_public)
    ]  # fmt: skip


def named(name: str, actor: Actor) -> Profile:
    """Raises Incomplete where there is none of the name that this person may use."""
    known = offered(actor)
    found = next((one for one in known if one.name == name), None)
    if found is None:
        told = "、".join(f"{one.name}（{one.label}）" if one.name != one.label else one.name
                         for one in known)  # fmt: skip
        raise Incomplete({"profile": [f"没有这种导出样式，可用的有：{told}"]},
                         f"没有这种导出样式，可用的有：{told}。")  # fmt: skip
    return found


def every() -> Sequence[ExportProfile]:
    """The office's own, ended ones too, the newest first."""
    rows = select(ExportProfile).options(joinedload(ExportProfile.made_by))
    return db.session.scalars(rows.order_by(ExportProfile.id.desc())).all()


def load(profile_id: int) -> ExportProfile:
    """One that is in use. Raises NotFound."""
    row = db.session.get(ExportProfile, profile_id)
    if row is None or row.ended_at is not None:
        raise NotFound
    return row


def make(
    actor: Actor, said: Mapping[str, Any], asked: Mapping[str, str], *, at: datetime
) -> ExportProfile:
    """A profile of the office's own. Raises NotAllowed, Incomplete."""
    _require(actor)
    _refuse(said, None)
    row = ExportProfile(made_at=at, made_by_id=actor.id, **_kept(said, asked))
    db.session.add(row)
    db.session.flush()
    _record(row, ProfileAct.MAKE, actor, at, {})
    return row


def change(
    actor: Actor, profile_id: int, said: Mapping[str, Any], asked: Mapping[str, str],
    version: int | None, *, at: datetime,
) -> ExportProfile:  # fmt: skip
    """Raises NotAllowed, NotFound, Incomplete, and Stale where somebody was faster."""
    _require(actor)
    row = load(profile_id)
    if version != row.version:
        raise Stale(CHANGED, known=version or 0, current=row.version)
    _refuse(said, row)
    before = _told(row)
    for name, value in _kept(said, asked).items():
        setattr(row, name, value)
    db.session.flush()
    if _told(row) != before:
        _record(row, ProfileAct.CHANGE, actor, at, before)
    return row


def end(actor: Actor, profile_id: int, *, at: datetime) -> ExportProfile:
    """It is offered no more; the row stays. Raises NotAllowed, NotFound."""
    _require(actor)
    row = load(profile_id)
    row.ended_at = at
    _record(row, ProfileAct.END, actor, at, _told(row))
    return row


def _in_use() -> Sequence[ExportProfile]:
    rows = select(ExportProfile).where(ExportProfile.ended_at.is_(None))
    return db.session.scalars(rows.order_by(ExportProfile.name)).all()


def _require(actor: Actor) -> None:
    if not holds(actor, Right.EXPORT_PROFILES):
        raise NotAllowed("导出样式由市环委办经办人员管理。")


def _kept(said: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    document = {name: said[name] for name in SAID} | {
        "group": said["group"] or "",
        "has_totals": bool(said["has_totals"]),
        "columns": [
            {"key": one["column"], "heading": one["heading"] or ""} for one in said["columns"]
        ],
        "asked": {name: raw for name, raw in asked.items() if name not in UNTOLD},
    }
    return {
        "name": said["name"], "title": said["title"], "is_shared": bool(said["is_shared"]),
        "document": document,
    }  # fmt: skip


def _refuse(said: Mapping[str, Any], own: ExportProfile | None) -> None:
    """Raises Incomplete, every fault at its field. The kinds of the fields are read before."""
    errors: dict[str, list[str]] = {}
    others = [row for row in _in_use() if row is not own]
    taken = {row.name for row in others} | {*BY_NAME} | {one.label for one in READY}
    if said["name"] in taken:
        errors["name"] = ["已有这个名称的导出样式，请换一个名称"]
    elif FORBIDDEN & {*said["name"]}:
        errors["name"] = ["名称不能含有 [ ] : * ? / \\ ' 这些符号，工作表不能这样命名"]
    if own is None and len(others) >= MOST_PROFILES:
        errors["name"] = [f"最多{MOST_PROFILES}个导出样式，请先停用不用的"]
    keys = [one["column"] for one in said["columns"]]
    if twice := sorted({COLUMNS[key].heading for key in keys if keys.count(key) > 1}):
        errors["columns"] = [f"“{twice[0]}”选了两次，请删去一次"]
    elif len(keys) > MOST_COLUMNS:
        errors["columns"] = [f"最多{MOST_COLUMNS}栏"]
    if errors:
        raise Incomplete(errors)


def _told(row: ExportProfile) -> dict[str, Any]:
    return {"name": row.name, "title": row.title, "is_shared": row.is_shared, **row.document}


def _record(
    row: ExportProfile, act: ProfileAct, actor: Actor, at: datetime, before: Mapping[str, Any]
) -> None:
    audit.record(
        Subject.PROFILE, row.id, act, actor, at=at, reason=row.name,
        detail={"before": dict(before), "after": {} if row.ended_at else _told(row)},
    )  # fmt: skip
