"""The city chosen from the national table: its places, and bodies for its counties, in one act.

Done again it makes what is missing and nothing twice. Never commits.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import audit, regions, units
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound
from issues.models import Region
from issues.rights.table import Right, holds
from issues.territory import changing, wording
from issues.territory.nation import Nation, Place
from issues.vocabulary import COUNTY, ZONE, RegionAct, RegionKind, Subject

UNIT_KINDS = {RegionKind.COUNTY: COUNTY, RegionKind.ZONE: ZONE}
SHORTER = (
    ("经济技术开发区", "经开区"), ("经济开发区", "经开区"),
    ("高新技术产业开发区", "高新区"), ("高新技术产业园区", "高新区"),
)  # fmt: skip
"""How people call a zone."""


class Proposed(NamedTuple):
    """A body for a county or zone that has none. Its code is the place's own."""

    code: str
    name: str
    short_name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the act would make. `known` are the codes of places that are here, by the table's.

    `loose` are those that stand alone at the top, as a county's body was added before its city.
    """

    city: Place
    places: tuple[Place, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    loose: tuple[Place, ...] = ()
    units: tuple[Proposed, ...] = ()
    other: str = ""

    def named(self, kind: RegionKind) -> list[str]:
        return [one.name for one in self.places if one.kind is kind]

    @property
    def towns(self) -> int:
        return len(self.named(RegionKind.TOWNSHIP))


def plan(nation: Nation, code: str, *, towns: bool = True) -> Plan:
    """Four statements at most. Raises NotFound for what is no city."""
    places = nation.places(code, towns=towns)
    city = next((one for one in places if one.kind is RegionKind.CITY), None)
    if city is None:
        raise NotFound
    chosen = regions.city()
    if chosen is not None and chosen.code != code:
        return Plan(city, other=chosen.name)
    rows = db.session.execute(select(Region.code, Region.name, Region.parent, Region.ended_at))
    here = list(rows)
    live = {row.code for row in here if row.ended_at is None}
    by_name = {(row.parent, row.name): row.code for row in here if row.code in live}
    known = {one.code: one.code for one in places if one.code in live}
    missing = []
    for one in places:
        same = by_name.get((known.get(one.parent, one.parent), one.name))
        if one.code in known or same:
            known.setdefault(one.code, same or one.code)
        else:
            missing.append(one)
    at_top = {row.code for row in here if not row.parent and row.code in live}
    loose = tuple(one for one in places if one.parent and one.code in at_top)
    return Plan(city, tuple(missing), known, loose, _proposed(places, known))


def _proposed(places: Sequence[Place], known: Mapping[str, str]) -> tuple[Proposed, ...]:
    """For what no body is named as, nor has the code of."""
    taken = {
        word for row in db.session.execute(select(Unit.code, Unit.name, Unit.short_name))
        for word in row
    }  # fmt: skip
    found = (
        Proposed(known.get(one.code, one.code), one.name, _short(one.name), UNIT_KINDS[one.kind])
        for one in places
        if one.kind in UNIT_KINDS
    )
    return tuple(one for one in found if taken.isdisjoint(one[:3]))


def _short(name: str) -> str:
    return next((name.replace(long, short) for long, short in SHORTER if long in name), name)


def choose(
    actor: Actor,
    nation: Nation,
    code: str,
    *,
    towns: bool,
    bodies: Collection[Proposed] = (),
) -> Plan:
    """Make it. Raises NotAllowed, NotFound, Incomplete where another city is chosen already."""
    wording.require(actor)
    made = plan(nation, code, towns=towns)
    if made.other:
        raise Incomplete({"code": [f"已选定{made.other}，不能再选另一个城市。"]})
    known = dict(made.known)
    for one in made.places:
        known[one.code] = _make(one, known.get(one.parent, one.parent)).code
    for one in made.loose:
        changing.put(changing.find(one.code), regions.find(known.get(one.parent, one.parent)))
    _bodies(actor, bodies, made)
    if made.places or bodies:
        city = changing.find(code)
        detail = {
            "区域": len(made.places), "其中乡镇（街道）": made.towns, "单位": len(bodies),
        }  # fmt: skip
        audit.record(
            Subject.REGION, city.id, RegionAct.CHOOSE, actor, at=clock.now(), detail=detail
        )
    return made


def _make(one: Place, parent: str) -> Region:
    """One of its code that was ended is in use again, under the name of the table."""
    above = regions.find(parent) if parent else None
    place = regions.find(one.code)
    if place is None:
        return regions.add(one.code, one.name, one.kind, above)
    place.name, place.kind, place.ended_at = one.name, one.kind, None
    changing.put(place, above)
    return place


def _bodies(actor: Actor, bodies: Collection[Proposed], made: Plan) -> None:
    """Each fault told at the body's own field."""
    offered = {one.code for one in made.units}
    errors: dict[str, list[str]] = {}
    for one in bodies:
        if one.code not in offered:
            errors[f"name_{one.code}"] = ["没有这一项，请重新打开本页。"]
            continue
        said = {**one._asdict(), "region": one.code, "reason": f"随选定{made.city.name}建立"}
        try:
            units.add(actor, said)
        except Incomplete as wrong:
            errors |= {f"{name}_{one.code}": told for name, told in wrong.errors.items()}
    wording.refuse(errors)


def may_make_units(actor: Actor) -> bool:
    return holds(actor, Right.UNITS)
