"""Which pollution sources a ticket or a lead may be about: by name, code and place, with why."""

import math
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from auth.actor import Actor
from extensions import db
from issues.evidence.places import distance_m
from issues.models import Issue, Lead, LeadTie, Polluter, PolluterTie
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


class About(NamedTuple):
    """What a source may be suggested for: a ticket or a lead, its words and its point."""

    called: str
    text: str
    lon: float | None
    lat: float | None
    tied: Select[Any]


def suggested(issue: Issue, actor: Actor, words: str = "") -> list[Suggested]:
    """Those searched for; without words those named in the ticket, then the nearest."""
    tied = select(PolluterTie.polluter_id).where(
        PolluterTie.issue_id == issue.id, PolluterTie.ended_at.is_(None)
    )
    text = f"{issue.subject_firm}\n{issue.title}\n{issue.problem}\n{issue.place}"
    return _suggested(About("问题", text, issue.lon, issue.lat, tied), actor, words)


def suggested_for(lead: Lead, actor: Actor, words: str = "") -> list[Suggested]:
    """The same of a lead."""
    tied = select(LeadTie.polluter_id).where(LeadTie.lead_id == lead.id, LeadTie.ended_at.is_(None))
    text = f"{lead.subject_firm}\n{lead.text}\n{lead.place}"
    return _suggested(About("线索", text, lead.lon, lead.lat, tied), actor, words)


def _suggested(about: About, actor: Actor, words: str) -> list[Suggested]:
    """One statement."""
    rows = select(Polluter).where(
        polluters_of(actor), Polluter.ended_at.is_(None), Polluter.id.not_in(about.tied)
    )
    if words:
        named = or_(Polluter.name.contains(words, autoescape=True), Polluter.code == words.upper())
        found = db.session.scalars(rows.where(named).order_by(Polluter.name).limit(MOST))
        return [Suggested(row.id, row.name, row.code, _why(row, about)) for row in found]
    rows = rows.where(or_(_is_named(about), _is_near(about))).limit(MOST_LOOKED_AT)
    judged = [(row, _why(row, about), _metres(row, about)) for row in db.session.scalars(rows)]
    judged.sort(key=lambda one: (not _said(one[0], about), one[2], one[0].name))
    return [Suggested(row.id, row.name, row.code, why) for row, why, _ in judged if why][:MOST]


def _is_named(about: About) -> ColumnElement[bool]:
    """A code is written in capitals; a text may hold it in small letters."""
    text, capitals = literal(about.text), literal(about.text.upper())
    stands = and_(
        func.length(Polluter.name) >= SHORTEST, func.replace(text, Polluter.name, "") != text
    )
    coded = and_(Polluter.code != "", func.replace(capitals, Polluter.code, "") != capitals)
    return or_(stands, coded)


def _is_near(about: About) -> ColumnElement[bool]:
    if about.lon is None or about.lat is None:
        return and_(Polluter.id < 0)
    high = NEAR_M / METRES_A_DEGREE
    wide = high / math.cos(math.radians(about.lat))
    return and_(
        Polluter.lat.between(about.lat - high, about.lat + high),
        Polluter.lon.between(about.lon - wide, about.lon + wide),
    )


def _metres(row: Polluter, about: About) -> float:
    if row.lon is None or row.lat is None or about.lon is None or about.lat is None:
        return math.inf
    return distance_m(row.lon, row.lat, about.lon, about.lat)


def _said(row: Polluter, about: About) -> list[str]:
    """What the words say of it, the surest first."""
    told = ["代码"] if row.code and row.code in about.text.upper() else []
    return told + (["名称"] if len(row.name) >= SHORTEST and row.name in about.text else [])


def _why(row: Polluter, about: About) -> str:
    said, metres = _said(row, about), _metres(row, about)
    told = [f"{'、'.join(said)}见于{about.called}的内容"] if said else []
    if metres <= NEAR_M:
        told.append(f"相距约{metres:.0f}米")
    return "，".join(told)
