"""Receipts of a paper that is addressed to several units by name, each its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.ground.refusals import WrongStatus
from issues.models import Notice, NoticeRecipient
from issues.notices.facts.addressed import units_of
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.vocabulary import NoticeKind, NoticeStatus


def open_receipts(notice: Notice, facts: NoticeFactsDoc) -> None:
    """With the signing: a row for each unit chosen, but the one whose receipt the paper keeps."""
    units = [
        unit for unit in units_of(facts.get("recipients") or []) if not _is_own(notice, unit.id)
    ]
    db.session.add_all(
        NoticeRecipient(notice_id=notice.id, unit_id=unit.id, position=place)
        for place, unit in enumerate(units)
    )


def may_owe(notice: Notice, facts: NoticeFactsDoc) -> bool:
    """Whether the unit of the row may owe the answer.

    Of a paper of a person's own words only one that works on its tickets and is addressed.
    """
    if notice.kind is not NoticeKind.N9:
        return True
    is_theirs = any(issue.primary_unit_id == notice.unit_id for issue in notice.issues)
    chosen = facts.get("recipients") or []
    return is_theirs and (notice.unit.code in chosen or not (chosen or facts.get("addressees")))


def _is_own(notice: Notice, unit_id: int) -> bool:
    """A paper of a person's own words keeps no receipt in its row."""
    return notice.kind is not NoticeKind.N9 and notice.unit_id == unit_id


def receipts_of(notice: Notice) -> list[NoticeRecipient]:
    """In the paper's order; nothing is asked for a draft. One statement."""
    if notice.status is NoticeStatus.DRAFT or not notice.facts.get("recipients"):
        return []
    rows = (
        select(NoticeRecipient)
        .where(NoticeRecipient.notice_id == notice.id)
        .options(joinedload(NoticeRecipient.unit))
        .order_by(NoticeRecipient.position)
    )
    return list(db.session.scalars(rows))


def receipt_of(notice: Notice, actor: Actor) -> NoticeRecipient | None:
    """Of the person's unit, where the paper names it beside the one of its row."""
    if actor.unit_id is None or not notice.facts.get("recipients"):
        return None
    return db.session.get(NoticeRecipient, (notice.id, actor.unit_id))


def is_to(actor: Actor) -> ColumnElement[bool]:
    """On Notice: the person's unit is among those it names."""
    named = select(NoticeRecipient.notice_id).where(NoticeRecipient.unit_id == actor.unit_id)
    return Notice.id.in_(named)


def sign_for(row: NoticeRecipient, at: datetime, values: Mapping[str, Any]) -> None:
    """Raises WrongStatus."""
    if row.acknowledged_at is not None:
        raise WrongStatus("本文书已签收，不必重复签收。")
    row.acknowledged_at = at
    row.acknowledged_name, row.acknowledged_phone = values["name"], values["phone"]
