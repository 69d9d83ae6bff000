"""Leads under a filter: the newest first, those due first, or the nearest to a ticket or place."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Float, Select, case, cast, func, select
from sqlalchemy.orm import joinedload, selectinload

from issues.ground.refusals import Incomplete
from issues.models import Lead
from issues.vocabulary import LeadOrigin, LeadState

NEWEST, DUE, NEAREST = SORTS = ("newest", "due", "nearest")
SORT_LABELS = {NEWEST: "最新", DUE: "最急", NEAREST: "最近"}
POINT_NAMES = ("lon", "lat")
NOT_KNOWN = "没有这个选项"


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """What a list shows. An unknown word is told by `wrong`, and finds nothing."""

    origin: str = ""
    state: str = ""
    sort: str = NEWEST
    lon: float | None = None
    lat: float | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Self:
        """Of an address: what is no choice is passed over where it orders only."""
        lon, lat = (_degree(said.get(name, "")) for name in POINT_NAMES)
        sort = said.get("sort", "")
        is_whole = lon is not None and lat is not None
        if sort not in SORTS or (sort == NEAREST and not is_whole):
            sort = NEWEST
        return cls(said.get("origin", ""), said.get("state", ""), sort, lon, lat)

    def refuse_unknown(self) -> None:
        """Raises Incomplete."""
        errors = {}
        if self.origin and LeadOrigin.of(self.origin) is None:
            errors["origin"] = [NOT_KNOWN]
        if self.state and LeadState.of(self.state) is None:
            errors["state"] = [NOT_KNOWN]
        if errors:
            raise Incomplete(errors)

    def changed(self, **changes: Any) -> dict[str, Any]:
        """The query of an address that shows the same but for these."""
        mine = {"origin": self.origin, "state": self.state, "sort": self.sort,
                "lon": self.lon, "lat": self.lat} | changes  # fmt: skip
        if mine["sort"] == NEWEST:
            mine |= {"sort": None}
        return {name: value for name, value in mine.items() if value not in ("", None)}


def rows(asked: LeadFilter) -> Select[Any]:
    """With what a line of a list shows: who told of it, its pictures, its ticket."""
    found = select(Lead).options(
        joinedload(Lead.reporter), joinedload(Lead.issue), selectinload(Lead.pictures)
    )
    if asked.origin:
        found = found.where(Lead.origin == LeadOrigin.of(asked.origin))
    if asked.state:
        found = found.where(Lead.state == LeadState.of(asked.state))
    return found.order_by(*_order(asked))


def _order(asked: LeadFilter) -> tuple[Any, ...]:
    if asked.sort == DUE:
        waiting = case((Lead.state == LeadState.NEW, 0), else_=1)
        return (waiting, Lead.due_at, Lead.id)
    if asked.sort == NEAREST and asked.lon is not None and asked.lat is not None:
        east = (cast(Lead.lon, Float) - asked.lon) * math.cos(math.radians(asked.lat))
        north = cast(Lead.lat, Float) - asked.lat
        placed = case((Lead.lon.is_(None), 1), else_=0)
        return (placed, func.coalesce(east * east + north * north, 0.0), Lead.id.desc())
    return (Lead.received_at.desc(), Lead.id.desc())


def _degree(raw: str) -> float | None:
    try:
        degree = float(raw)
    except ValueError:
        return None
    return degree if math.isfinite(degree) and abs(degree) <= 180 else None  # noqa: PLR2004 - degrees
