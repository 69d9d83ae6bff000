"""A place added, renamed, moved, ended or brought back: each act in its own history. Never commits.

A place is never removed: tickets and the history name it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import audit, regions
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound
from issues.models import Issue, Region
from issues.territory import wording
from issues.vocabulary import ENDED, RegionAct, RegionKind, Subject

OWN_DIGITS = 3
FIRST = {RegionKind.TOWNSHIP: 901}
"""Where own numbers begin: below are those of the national table, which may yet be made."""


class Uses(NamedTuple):
    """What stands on a place and all that lies in it."""

    places: int
    units: int
    tickets: int

    @property
    def stands(self) -> bool:
        """Whether any body or open ticket would be left without its place."""
        return bool(self.units or self.tickets)

    @property
    def standing(self) -> str:
        counted = ((self.units, "个单位"), (self.tickets, "件未办结的问题"))
        return "、".join(f"{count}{words}" for count, words in counted if count)

    @property
    def told(self) -> str:
        below = f"{self.places}个下级区域" if self.places else ""
        return "、".join(words for words in (below, self.standing) if words)


def find(code: str, *, for_change: bool = False) -> Region:
    """Raises NotFound."""
    query = select(Region).where(Region.code == code)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    place = db.session.scalars(query).first()
    if place is None:
        raise NotFound
    return place


def uses(place: Region) -> Uses:
    """Three statements."""
    inside = regions.codes_within(place.code)
    below = select(func.count()).where(Region.parent == place.code, Region.ended_at.is_(None))
    units = select(func.count()).select_from(Unit).where(Unit.region.in_(inside))
    lies = or_(Issue.region.in_(inside), Issue.township.in_(inside))
    tickets = select(func.count()).select_from(Issue).where(lies, Issue.status.not_in(ENDED))
    counted = (db.session.scalar(one) or 0 for one in (below, units, tickets))
    return Uses(*counted)


def add(actor: Actor, parent: str, said: Mapping[str, str]) -> Region:
    """Below a place, or at the top where `parent` is empty.

    A place below the counties gets a code of its own where none is told. Raises NotAllowed,
    NotFound, Incomplete.
    """
    wording.require(actor)
    above = find(parent, for_change=True) if parent else None
    name, code = said.get("name", "").strip(), said.get("code", "").strip()
    kind = RegionKind.of(said.get("kind", ""))
    errors = wording.name_faults(name, parent) | wording.kind_faults(kind, above)
    if above is not None and above.ended_at:
        errors["parent"] = [f"“{above.name}”已停用。"]
    if above is not None and not code and kind not in wording.ABOVE_TOWNS:
        code = own_code(above, kind)
    errors |= wording.code_faults(code)
    wording.refuse(errors)
    place = regions.add(code, name, present(kind, "the kind"), above)
    detail = {"代码": place.code, "类别": place.kind.label, "上级区域": above.name if above else ""}
    _record(place, RegionAct.ADD, actor, said, detail)
    return place


def own_code(parent: Region, kind: RegionKind | None) -> str:
    """The next of a parent's own numbers that no place has had."""
    first = FIRST.get(kind, 1) if kind else 1
    codes = set(db.session.scalars(select(Region.code).where(Region.parent == parent.code)))
    every = (numbered(parent.code, number) for number in range(first, first + len(codes) + 1))
    return next(code for code in every if code not in codes)


def numbered(parent: str, number: int) -> str:
    return f"{parent}-{number:0{OWN_DIGITS}}"


def rename(actor: Actor, code: str, said: Mapping[str, str]) -> Region:
    """Raises NotAllowed, NotFound, Incomplete."""
    wording.require(actor)
    place = find(code, for_change=True)
    name = said.get("name", "").strip()
    errors = wording.name_faults(name, place.parent, place) | wording.reason_faults(said)
    if name == place.name:
        errors["name"] = ["没有要修改的内容。"]
    wording.refuse(errors)
    was, place.name = place.name, name
    _record(place, RegionAct.RENAME, actor, said, {"名称": name, "before": {"名称": was}})
    return place


def move(actor: Actor, code: str, said: Mapping[str, str]) -> Region:
    """Into another place, with all that lies in it. Raises NotAllowed, NotFound, Incomplete."""
    wording.require(actor)
    place = find(code, for_change=True)
    above = regions.find(said.get("parent", "").strip())
    errors = wording.reason_faults(said)
    if above is None or above.ended_at:
        errors["parent"] = ["请选择上级区域。"]
    elif above.code == place.parent:
        errors["parent"] = ["没有要修改的内容。"]
    elif above.path.startswith(place.path):
        errors["parent"] = ["不能移到自己或自己的下级区域之下。"]
    elif place.kind not in wording.BELOW[above.kind]:
        errors["parent"] = [f"{above.kind.label}之下不能直接是{place.kind.label}。"]
    elif told := _leaves_county(place, above):
        errors["parent"] = [told]
    else:
        errors |= wording.name_faults(place.name, above.code, place)
    wording.refuse(errors)
    was, into = regions.find(place.parent), present(above, "the place above")
    put(place, into)
    detail = {"上级区域": into.name, "before": {"上级区域": was.name if was else ""}}
    _record(place, RegionAct.MOVE, actor, said, detail)
    return place


def put(place: Region, above: Region | None) -> None:
    """Bring a place and all that lies in it under another, or to the top. Writes no history."""
    was = place.path
    place.parent = above.code if above else ""
    now = regions.path_below(above, place.code)
    for one in db.session.scalars(select(Region).where(Region.path.startswith(was))):
        one.path = now + one.path.removeprefix(was)
    db.session.flush()


def _leaves_county(place: Region, above: Region) -> str:
    """A ticket keeps its county: what it names there cannot go to another under its feet."""
    if regions.county_of(place) == regions.county_of(above):
        return ""
    named = regions.codes_within(place.code)
    count = select(func.count()).select_from(Issue).where(Issue.township.in_(named))
    tickets = db.session.scalar(count) or 0
    return f"有{tickets}件问题登记在这里，不能移到另一个县（区）。" if tickets else ""


def end(actor: Actor, code: str, said: Mapping[str, str]) -> Region:
    """Chosen no more, with all that lies in it.

    Raises NotAllowed, NotFound, Incomplete; with the numbers while bodies or tickets stand on it.
    """
    wording.require(actor)
    place = find(code, for_change=True)
    errors = wording.reason_faults(said)
    used = uses(place)
    if place.ended_at:
        errors["code"] = [f"“{place.name}”已停用。"]
    elif used.stands:
        errors["code"] = [f"还有{used.standing}，不能停用“{place.name}”。"]
    wording.refuse(errors)
    at = clock.now()
    inside = _within(place, None)
    for one in inside:
        one.ended_at = at
    _record(place, RegionAct.END, actor, said, {"连同下级区域": len(inside) - 1})
    return place


def restore(actor: Actor, code: str, said: Mapping[str, str]) -> Region:
    """In use again, with what was ended along with it. Raises NotAllowed, NotFound, Incomplete."""
    wording.require(actor)
    place = find(code, for_change=True)
    above = regions.find(place.parent)
    errors = wording.reason_faults(said) | wording.name_faults(place.name, place.parent, place)
    if place.ended_at is None:
        errors["code"] = [f"“{place.name}”没有停用。"]
    elif above is not None and above.ended_at:
        errors["code"] = [f"上级区域“{above.name}”已停用，请先恢复上级区域。"]
    elif place.kind is RegionKind.CITY:
        errors |= wording.kind_faults(place.kind, above)
    wording.refuse(errors)
    inside = _within(place, place.ended_at)
    for one in inside:
        one.ended_at = None
    _record(place, RegionAct.RESTORE, actor, said, {"连同下级区域": len(inside) - 1})
    return place


def _within(place: Region, ended_at: datetime | None) -> Sequence[Region]:
    """The place and what lies in it that is in use, or was ended at this moment."""
    rows = select(Region).where(Region.path.startswith(place.path))
    if ended_at is None:
        return db.session.scalars(rows.where(Region.ended_at.is_(None))).all()
    return db.session.scalars(rows.where(Region.ended_at == ended_at)).all()


def _record(
    place: Region, act: RegionAct, actor: Actor, said: Mapping[str, str], detail: Mapping[str, Any]
) -> None:
    db.session.flush()
    reason = said.get("reason", "").strip()
    if len(reason) > wording.LONGEST_REASON:
        raise Incomplete(wording.reason_faults(said))
    audit.record(Subject.REGION, place.id, act, actor, at=clock.now(), reason=reason, detail=detail)
