"""What stands beside a lead while it is triaged: the likest tickets, the likest leads, the nearest.

The page and the API read this one function.
"""

import math
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.evidence.places import distance_m
from issues.likeness.leads import SimilarLead, facts_of, similar_leads
from issues.likeness.scoring import Point
from issues.likeness.search import NO_LONGER, Similar, similar
from issues.models import Issue, Lead
from issues.rights.table import reach

MOST = 5
NEAR_M = 1000
METRES_A_DEGREE = 110_000
"""A little less than the shortest, so that the box around a circle holds all of it."""
FARTHEST = 89
"""Nearer the pole no degree of longitude has a width."""


class Near(NamedTuple):
    """What lies near and is not among the likest: a ticket by its `number`, or a lead by `lead`."""

    metres: int
    text: str
    state: str
    number: str | None
    lead: int | None

    @property
    def why(self) -> str:
        return f"相距{self.metres}米"


class Beside(NamedTuple):
    """The likest first, and the nearest first."""

    tickets: list[Similar]
    leads: list[SimilarLead]
    near: list[Near]

    @property
    def most(self) -> int:
        """How many of each are told."""
        return MOST


def beside(lead: Lead, actor: Actor) -> Beside:
    """For who sees all leads; tickets as far as they are in sight. Six statements at most."""
    asked = facts_of(lead)
    own = () if lead.issue_id is None else (lead.issue_id,)
    tickets = similar(*asked, scope=reach(actor), limit=MOST, but=own)
    leads = similar_leads(asked, MOST, but=(lead.id,))
    near = [] if asked.point is None else _nearest(
        asked.point, actor, {*own, *(one.id for one in tickets)},
        {lead.id, *(one.id for one in leads)},
    )  # fmt: skip
    return Beside(tickets, leads, near)


def _nearest(
    point: Point, actor: Actor, tickets: Collection[int], leads: Collection[int]
) -> list[Near]:
    """Within a kilometre, without these. Two statements."""
    found = [*_tickets(point, actor, tickets), *_leads(point, leads)]
    near = [one for one in found if one.metres <= NEAR_M]
    return sorted(near, key=lambda one: (one.metres, one.number or "", one.lead or 0))[:MOST]


def _tickets(point: Point, actor: Actor, but: Collection[int]) -> Iterator[Near]:
    columns = Issue.number, Issue.title, Issue.status, Issue.lon, Issue.lat
    rows = select(*columns).where(
        *_around(Issue, point), Issue.id.not_in(but), Issue.status.not_in(NO_LONGER), reach(actor)
    )
    for row in db.session.execute(rows.order_by(_away(Issue, point), Issue.id).limit(MOST)):
        yield Near(_metres(row, point), row.title, row.status.label, row.number, None)


def _leads(point: Point, but: Collection[int]) -> Iterator[Near]:
    columns = Lead.id, Lead.text, Lead.state, Lead.lon, Lead.lat
    rows = select(*columns).where(*_around(Lead, point), Lead.id.not_in(but))
    for row in db.session.execute(rows.order_by(_away(Lead, point), Lead.id).limit(MOST)):
        yield Near(_metres(row, point), row.text, row.state.label, None, row.id)


def _around(table: Any, point: Point) -> tuple[Any, Any]:
    lon, lat = point
    high = NEAR_M / METRES_A_DEGREE
    wide = high / math.cos(math.radians(min(abs(lat), FARTHEST)))
    return table.lon.between(lon - wide, lon + wide), table.lat.between(lat - high, lat + high)


def _away(table: Any, point: Point) -> Any:
    """Grows with the distance: degrees of longitude are shorter by the cosine of the latitude."""
    lon, lat = point
    east, north = (table.lon - lon) * math.cos(math.radians(lat)), table.lat - lat
    return east * east + north * north


def _metres(row: Any, point: Point) -> int:
    return round(distance_m(row.lon, row.lat, *point))
