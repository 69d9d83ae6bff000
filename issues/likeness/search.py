"""Which tickets in sight are like a problem, the likest first: found by indexes, then judged."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, select, union_all

from extensions import plain_rows
from issues.ground import clock
from issues.ground.batches import narrowed
from issues.likeness.fingerprint import keys_of
from issues.likeness.scoring import (
    LEAST,
    Facts,
    Point,
    Reason,
    level,
    likeness,
    stock_of,
    told,
)  # fmt: skip
from issues.likeness.sharing import given, sharing
from issues.models import Issue, LikenessKey
from issues.vocabulary import Status

MOST_JUDGED = 60
"""Of each way they are found by: those that share most keys, the nearest, the firm's latest."""
NEAR_LON, NEAR_LAT = 0.012, 0.01
"""About a kilometre to either side."""
NO_LONGER = (Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK)
"""A ticket that stands so is no problem of the register that another could be."""


class Similar(NamedTuple):
    """`likeness` from 0 to 1; `because` says in words what speaks for it."""

    id: int
    number: str
    title: str
    status: Status
    likeness: float
    because: tuple[Reason, ...]

    @property
    def level(self) -> str:
        return level(self.likeness)

    @property
    def why(self) -> str:
        return told(self.because)


def similar(
    text: str,
    region: str,
    point: Point | None,
    firm: str,
    on: date | None,
    scope: ColumnElement[bool],
    limit: int = 5,
    but: Collection[int] = (),
) -> list[Similar]:
    """The tickets most like what is said, as far as `scope`, a condition on Issue, lets see them.

    `but`: ids that are not asked for, as of the ticket itself. Two statements.
    """
    asked, keys = Facts(text, region, point, firm, on), keys_of(text)
    lon, lat = point or (0.0, 0.0)
    known = {
        **given(keys), "lon": lon, "lat": lat, "west": lon - NEAR_LON, "east": lon + NEAR_LON,
        "south": lat - NEAR_LAT, "north": lat + NEAR_LAT, "firm": firm,
    }  # fmt: skip
    found_by = _candidates(len(keys), scope, has_point=bool(point), has_firm=bool(firm))
    rows = () if found_by is None else plain_rows(found_by, known).scalars()
    ids = set(rows) - set(but)
    found = [one for one in _judged(asked, ids) if one.likeness >= LEAST]
    return sorted(found, key=lambda one: (-one.likeness, one.number))[:limit]


def like_ticket(issue: Issue, scope: ColumnElement[bool], limit: int = 5) -> list[Similar]:
    """Those most like a ticket, without itself."""
    facts = facts_of(issue)
    return similar(*facts, scope=scope, limit=limit, but=(issue.id,))


def facts_of(row: Any) -> Facts:
    """Of a ticket, or of a row of its columns."""
    point = None if row.lon is None or row.lat is None else (row.lon, row.lat)
    on = row.first_assigned_on or clock.day_of(row.created_at)
    return Facts(row.problem, row.region, point, row.subject_firm, on)


@lru_cache(maxsize=256)
def _candidates(
    keys: int, scope: ColumnElement[bool], *, has_point: bool, has_firm: bool
) -> CompoundSelect[Any] | None:
    """Put together once for each scope that is itself kept."""
    found = _found_by(keys, scope, has_point=has_point, has_firm=has_firm)
    parts = [select(part.subquery()) for part in found]
    return union_all(*parts) if parts else None


def _found_by(
    keys: int, scope: ColumnElement[bool], *, has_point: bool, has_firm: bool
) -> Iterator[Select[Any]]:
    stands = Issue.status.not_in(NO_LONGER)
    if keys:
        shared = sharing(keys, LikenessKey.key, LikenessKey.issue_id)
        rows = select(shared.c.owner).join(Issue, Issue.id == shared.c.owner)
        rows = rows.where(stands, scope)
        yield rows.order_by(shared.c.weight.desc(), shared.c.owner.desc()).limit(MOST_JUDGED)
    if has_point:
        away = func.abs(Issue.lon - bindparam("lon")) + func.abs(Issue.lat - bindparam("lat"))
        near = select(Issue.id).where(
            Issue.lon.between(bindparam("west"), bindparam("east")),
            Issue.lat.between(bindparam("south"), bindparam("north")),
            stands, scope,
        )  # fmt: skip
        yield near.order_by(away, Issue.id).limit(MOST_JUDGED)
    if has_firm:
        same = select(Issue.id).where(Issue.subject_firm == bindparam("firm"), stands, scope)
        yield same.order_by(Issue.id.desc()).limit(MOST_JUDGED)


def _judged(asked: Facts, ids: Collection[int]) -> Iterator[Similar]:
    if not ids:
        return
    rows = plain_rows(_LOOKED_AT(), {"ids": sorted(ids)}).all()
    stock = stock_of(asked.text, [row.problem for row in rows])
    for row in rows:
        share, because = likeness(asked, facts_of(row), stock)
        yield Similar(row.id, row.number, row.title, row.status, share, because)


_LOOKED_AT = narrowed(
    select(
        Issue.id, Issue.number, Issue.title, Issue.status, Issue.problem, Issue.region, Issue.lon,
        Issue.lat, Issue.subject_firm, Issue.first_assigned_on, Issue.created_at,
    ),
    Issue.id,
)  # fmt: skip
