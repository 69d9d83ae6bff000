"""Which leads are like a problem, the likest first: found by indexes, judged as tickets are."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, union_all

from extensions import db, plain_rows
from issues.ground import clock
from issues.ground.batches import among
from issues.likeness.fingerprint import keys_of
from issues.likeness.scoring import (
    LEAST,
    LIKELY,
    Facts,
    Reason,
    is_one_place,
    is_stock,
    level,
    likeness,
    stock_of,
    told,
)
from issues.likeness.search import MOST_JUDGED, NEAR_LAT, NEAR_LON
from issues.likeness.sharing import given, sharing
from issues.models import Issue, Lead, LeadKey
from issues.vocabulary import LeadState

MOST_OF_A_FORM = LIKELY - 0.01
"""Of two that say a form's phrase and nothing else, and neither point nor firm says they are one.

A machine reports each place in the same words; of a ticket somebody has written them.
"""


class SimilarLead(NamedTuple):
    """`number` is the ticket it became or was tied to; `likeness` from 0 to 1."""

    id: int
    text: str
    state: LeadState
    received_at: datetime
    number: str | None
    likeness: float
    because: tuple[Reason, ...]

    @property
    def level(self) -> str:
        return level(self.likeness)

    @property
    def why(self) -> str:
        return told(self.because)


def similar_leads(asked: Facts, limit: int, but: Collection[int] = ()) -> list[SimilarLead]:
    """Among all leads, for who sees them. `but`: ids that are not asked for. Two statements."""
    keys = keys_of(asked.text)
    parts = [select(part.subquery()) for part in _candidates(asked, len(keys))]
    rows = plain_rows(union_all(*parts), given(keys)).scalars() if parts else ()
    ids = set(rows) - set(but)
    found = [one for one in _judged(asked, ids) if one.likeness >= LEAST]
    return sorted(found, key=lambda one: (-one.likeness, -one.id))[:limit]


def facts_of(row: Any) -> Facts:
    """Of a lead, or of a row of its columns."""
    point = None if row.lon is None or row.lat is None else (row.lon, row.lat)
    return Facts(row.text, row.region, point, row.subject_firm, clock.day_of(row.at))


def _candidates(asked: Facts, keys: int) -> Iterator[Select[Any]]:
    if keys:
        shared = sharing(keys, LeadKey.key, LeadKey.lead_id)
        rows = select(shared.c.owner)
        yield rows.order_by(shared.c.weight.desc(), shared.c.owner.desc()).limit(MOST_JUDGED)
    if asked.point:
        lon, lat = asked.point
        away = func.abs(Lead.lon - lon) + func.abs(Lead.lat - lat)
        near = select(Lead.id).where(
            Lead.lon.between(lon - NEAR_LON, lon + NEAR_LON),
            Lead.lat.between(lat - NEAR_LAT, lat + NEAR_LAT),
        )
        yield near.order_by(away, Lead.id).limit(MOST_JUDGED)
    if asked.firm:
        same = select(Lead.id).where(Lead.subject_firm == asked.firm)
        yield same.order_by(Lead.id.desc()).limit(MOST_JUDGED)


def _judged(asked: Facts, ids: Collection[int]) -> Iterator[SimilarLead]:
    if not ids:
        return
    columns = (
        Lead.id, Lead.text, Lead.state, Lead.received_at, Lead.at, Lead.region, Lead.lon, Lead.lat,
        Lead.subject_firm, Issue.number,
    )  # fmt: skip
    asked_for = select(*columns).outerjoin(Issue, Issue.id == Lead.issue_id)
    rows = db.session.execute(asked_for.where(among(Lead.id, sorted(ids)))).all()
    texts = [row.text for row in rows]
    stock, is_form = stock_of(asked.text, texts), is_stock(asked.text, texts)
    for row in rows:
        other = facts_of(row)
        share, because = likeness(asked, other, stock)
        if is_form and not is_one_place(asked, other):
            share = min(share, MOST_OF_A_FORM)
        yield SimilarLead(
            row.id, row.text, row.state, row.received_at, row.number, share, because
        )  # fmt: skip
