"""Which pollution sources a ticket may be about: by name and by place, each with the reason."""

import math
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from auth.actor import Actor
from extensions import db
from issues.evidence.places import distance_m
from issues.models import Issue, Polluter, PolluterTie
from issues.rights.places import polluters_of

NEAR_M = 500
METRES_A_DEGREE = 111_000
MOST = 20
MOST_LOOKED_AT = 200
SHORTEST = 4
"""A shorter name stands in too many texts."""


class Suggested(NamedTuple):
    """`why` says what speaks for it; nothing is tied by itself."""

    id: int
    name: str
    code: str
    why: str


def suggested(issue: Issue, actor: Actor, words: str = "") -> list[Suggested]:
    """Those searched for; without words those named in the ticket, then the nearest."""
    tied = select(PolluterTie.polluter_id).where(
        PolluterTie.issue_id == issue.id, PolluterTie.ended_at.is_(None)
    )
    rows = select(Polluter).where(
        polluters_of(actor), Polluter.ended_at.is_(None), Polluter.id.not_in(tied)
    )
    if words:
        named = or_(Polluter.name.contains(words, autoescape=True), Polluter.code == words.upper())
        found = db.session.scalars(rows.where(named).order_by(Polluter.name).limit(MOST))
        return [Suggested(row.id, row.name, row.code, _why(row, issue)) for row in found]
    rows = rows.where(or_(_is_named(issue), _is_near(issue))).limit(MOST_LOOKED_AT)
    judged = [(row, _why(row, issue), _metres(row, issue)) for row in db.session.scalars(rows)]
    judged.sort(key=lambda one: ("名称" not in one[1], one[2], one[0].name))
    return [Suggested(row.id, row.name, row.code, why) for row, why, _ in judged if why][:MOST]


def _text(issue: Issue) -> str:
    return f"{issue.subject_firm}\n{issue.title}\n{issue.problem}\n{issue.place}"


def _is_named(issue: Issue) -> ColumnElement[bool]:
    text = literal(_text(issue))
    stands = func.replace(text, Polluter.name, "") != text
    return and_(func.length(Polluter.name) >= SHORTEST, stands)


def _is_near(issue: Issue) -> ColumnElement[bool]:
    if issue.lon is None or issue.lat is None:
        return and_(Polluter.id < 0)
    high = NEAR_M / METRES_A_DEGREE
    wide = high / math.cos(math.radians(issue.lat))
    return and_(
        Polluter.lat.between(issue.lat - high, issue.lat + high),
        Polluter.lon.between(issue.lon - wide, issue.lon + wide),
    )


def _metres(row: Polluter, issue: Issue) -> float:
    if row.lon is None or row.lat is None or issue.lon is None or issue.lat is None:
        return math.inf
    return distance_m(row.lon, row.lat, issue.lon, issue.lat)


def _why(row: Polluter, issue: Issue) -> str:
    is_named = len(row.name) >= SHORTEST and row.name in _text(issue)
    metres = _metres(row, issue)
    told = ["名称见于问题的内容"] if is_named else []
    if metres <= NEAR_M:
        told.append(f"相距约{metres:.0f}米")
    return "，".join(told)
