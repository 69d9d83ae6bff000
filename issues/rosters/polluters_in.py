"""Pollution sources by workbook: new ones, and what an earlier row's source is told otherwise.

A row is a source's own by its code; without one by its name.
"""

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground.refusals import Incomplete
from issues.models import Polluter, Region
from issues.polluters import keeping
from issues.regions import DRIVEN
from issues.rosters.outcome import CHANGED, MADE, SAME, Line, Outcome, one_row
from issues.rosters.sheets import Row, Table
from issues.vocabulary import PolluterKind, RegionKind

WHOLE_CITY = ("市级", "市本级")


def bring(table: Table, actor: Actor, reason: str) -> Outcome:
    """Never commits. What is refused stands in the outcome's errors, and the caller undoes all."""
    keeping.require(actor)
    found: list[Line] = []
    seen: dict[int, int] = {}
    for row in table.rows:
        with one_row(table, row):
            found.append(_one(row, actor, reason, seen))
    return Outcome(table.sheet, found, table.errors)


def _one(row: Row, actor: Actor, reason: str, seen: dict[int, int]) -> Line:
    said = {name: row.said[name] for name in keeping.LABELS if row.said.get(name)}
    said["kind"] = _kind(said.get("kind", ""))
    said["region"] = _region(said.get("region", ""))
    known = _known(said)
    if known is None:
        made = keeping.add(actor, said | {"reason": reason})
        line = Line(row.number, made.code, made.name, MADE)
    else:
        if known.id in seen:
            raise Incomplete({"name": [f"与第{seen[known.id]}行是同一个污染源"]})
        line = Line(row.number, known.code, known.name, SAME)
        if told := keeping.differences(known, said):
            new = keeping.kept(known) | said | {"reason": reason}
            made = keeping.amend(actor, known.id, new)
            line.outcome, line.name, line.told = CHANGED, made.name, told
        made = known
    seen[made.id] = row.number
    return line


def _known(said: dict[str, str]) -> Polluter | None:
    """What no row says stays what it was: a row without a code may name a source that has one."""
    live = select(Polluter).where(Polluter.ended_at.is_(None))
    code = said.get("code", "").strip().upper()
    if code:
        rows = select(Polluter).where(Polluter.code == code)
        known = db.session.scalars(rows).first()
        if known is not None and known.ended_at is not None:
            raise Incomplete({"code": ["这个代码的污染源已停用"]})
        return known
    named = db.session.scalars(live.where(Polluter.name == said.get("name", "")).limit(2)).all()
    if len(named) > 1:
        raise Incomplete({"code": ["有几个同名的污染源，请填写代码"]})
    return named[0] if named else None


def _kind(words: str) -> str:
    found = next((one for one in PolluterKind if words in (one.label, one.value)), None)
    if found is None:
        raise Incomplete({"kind": [f"没有“{words}”这个类别，请从下拉列表中选"]})
    return found.value


def _region(words: str) -> str:
    """The code of the county or zone that is called so, or has this code."""
    rows = select(Region.code).where(Region.ended_at.is_(None), Region.kind.in_(DRIVEN))
    if words in WHOLE_CITY:
        rows = rows.where(Region.kind == RegionKind.CITY)
    else:
        rows = rows.where((Region.name == words) | (Region.code == words))
    found = db.session.scalars(rows.limit(2)).all()
    if len(found) != 1:
        raise Incomplete({"region": [f"没有“{words}”这个县（区），请填名称或区划代码"]})
    return found[0]
