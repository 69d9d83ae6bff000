"""主送 of one paper, where a person chose it: units of the system, and others by their names."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.notices.facts.letterhead import full_name
from issues.notices.kinds.shape import NoticeFactsDoc

PLACES = {kind: place for place, kind in enumerate(("县（区）", "园区"))}


def addressed(words: Mapping[str, Any]) -> NoticeFactsDoc:
    """Nothing where nobody chose. One statement where units were.

    Organs of one kind are joined by 、, those of different kinds by ，, others stand at the end.
    """
    units = units_of(words.get("recipients") or [])
    kinds = groupby(units, key=lambda unit: unit.kind)
    named = ["、".join(full_name(unit) for unit in group) for _kind, group in kinds]
    named += words.get("addressees") or []
    return {"unit_name": "，".join(named)} if named else {}


def units_of(codes: Sequence[str]) -> list[Unit]:
    """Governments first, then park authorities, then departments, each as units are listed."""
    if not codes:
        return []
    rows = select(Unit).where(Unit.code.in_(codes)).order_by(Unit.position, Unit.id)
    return sorted(db.session.scalars(rows), key=lambda unit: PLACES.get(unit.kind, len(PLACES)))
