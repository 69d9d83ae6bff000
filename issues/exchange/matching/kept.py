"""Layouts that somebody has matched, by name: kept, found again, changed, ended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit, counters
from issues.exchange.matching.match import LONGEST_NAME
from issues.exchange.reading.constants import profile_of
from issues.exchange.reading.profile import Profile
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Stale
from issues.models import LedgerLayout
from issues.rights.table import holds
from issues.vocabulary import Action, LayoutAct, Subject

SERIES = "ledger layout"
MOST_KEPT = 200
"""Each is held against every workbook that is not known otherwise."""


def in_force() -> Sequence[LedgerLayout]:
    rows = select(LedgerLayout).where(LedgerLayout.ended_at.is_(None))
    return db.session.scalars(rows.order_by(LedgerLayout.id)).all()


def known() -> list[Profile]:
    """What a workbook may be recognised by."""
    told = [profile_of(row.document) for row in in_force()]
    return [profile for profile in told if profile]


def load(number: int, *, for_change: bool = False) -> LedgerLayout:
    """Raises NotFound. One that is ended is still shown."""
    rows = select(LedgerLayout).where(LedgerLayout.id == number)
    row = db.session.scalars(rows.with_for_update() if for_change else rows).first()
    if row is None:
        raise NotFound
    return row


def named(name: str) -> LedgerLayout | None:
    """The one in force of that name."""
    rows = select(LedgerLayout).where(LedgerLayout.name == name, LedgerLayout.ended_at.is_(None))
    return db.session.scalars(rows).first()


def save(actor: Actor, name: str, headings: Sequence[str], document: str) -> LedgerLayout:
    """A new one. Never commits. Raises NotAllowed, Incomplete."""
    _require(actor)
    counters.take(SERIES)  # one at a time: the next waits for this row
    _refuse_name(name)
    if len(in_force()) >= MOST_KEPT:
        raise Incomplete({"name": [f"导入格式已有{MOST_KEPT}个，请先停用不再使用的"]})
    at = clock.now()
    row = LedgerLayout(
        name=name, headings=list(headings), document=document, made_by_id=actor.id, made_at=at,
        changed_at=at, version=1,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _record(row, LayoutAct.SAVE, actor, {"document": document})
    return row


def change(
    row: LedgerLayout,
    actor: Actor,
    name: str,
    document: str,
    version: int | None,
    headings: Sequence[str] = (),
) -> LedgerLayout:
    """What it says from now on. Never commits. Raises NotAllowed, Stale, Incomplete."""
    _require(actor)
    if row.ended_at is not None or version != row.version:
        said = "这个导入格式已有人修改或停用，请核对最新内容后再改。"
        raise Stale(said, known=version or 0, current=row.version)
    counters.take(SERIES)
    if name != row.name:
        _refuse_name(name)
    told = {"before": row.document, "document": document}
    if (row.name, row.document) != (name, document):
        row.name, row.document, row.changed_at = name, document, clock.now()
        row.headings = list(headings) or row.headings
        row.version += 1
        db.session.flush()
        _record(row, LayoutAct.CHANGE, actor, told)
    return row


def end(row: LedgerLayout, actor: Actor) -> None:
    """Never commits. Raises NotAllowed."""
    _require(actor)
    if row.ended_at is None:
        row.ended_at = clock.now()
        _record(row, LayoutAct.END, actor, {})


def _require(actor: Actor) -> None:
    if actor is not SYSTEM and not holds(actor, Action.IMPORT):
        raise NotAllowed("导入格式由市环委办经办人员设置。")


def _refuse_name(name: str) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise Incomplete({"name": [f"请给这种格式起个名称，最多{LONGEST_NAME}字"]})
    if named(name):
        raise Incomplete({"name": [f"已有名为“{name}”的导入格式，请换一个名称"]})


def _record(row: LedgerLayout, act: LayoutAct, actor: Actor, detail: dict[str, Any]) -> None:
    audit.record(Subject.LAYOUT, row.id, act, actor, at=clock.now(), reason=row.name, detail=detail)
