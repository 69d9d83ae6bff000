"""Rows of units: each made, changed or left as it is, through the acts a person would use."""

from sqlalchemy import ColumnElement, false, func, select

from auth.actor import Actor
from auth.models import Unit, UnitAlias
from extensions import db
from issues import regions, units
from issues.exchange import aliases
from issues.ground.refusals import Incomplete
from issues.models import Region
from issues.rosters.codes import proposed
from issues.rosters.outcome import CHANGED, MADE, SAME, Line, Outcome, one_row
from issues.rosters.sheets import Row, Table, several
from issues.vocabulary import COUNTY, ZONE, AliasKind, RegionKind

ORDER = (COUNTY, ZONE)
NAMES = {"former": AliasKind.FORMER, "text": AliasKind.SHORT}
LIVE = Region.ended_at.is_(None)
WHOLE_CITY = frozenset({"市级", "市本级", "市直", "全市"})
NO_CITY = "还没有选定城市，请先在“区域”页选定，再导入单位"
DETAILS = ("name", "short_name", "kind", "region", "contact", "phone", "position")


def bring(table: Table, actor: Actor, reason: str) -> Outcome:
    """Never commits. What is refused stands in the outcome's errors, and the caller undoes all."""
    found: dict[int, Line] = {}
    seen: dict[int, int] = {}
    last = db.session.scalar(select(func.max(Unit.position))) or 0
    places = {row.number: last + n for n, row in enumerate(table.rows, start=1)}
    for row in sorted(table.rows, key=_turn):  # who lies in a county comes after the county
        with one_row(table, row):
            found[row.number] = _one(row, places[row.number], actor, reason, seen)
    return Outcome(table.sheet, [found[n] for n in sorted(found)], table.errors)


def _turn(row: Row) -> tuple[int, int]:
    kind = row.said.get("kind", "")
    return (ORDER.index(kind) if kind in ORDER else len(ORDER), row.number)


def _one(row: Row, place: int, actor: Actor, reason: str, seen: dict[int, int]) -> Line:
    """`place` is where a new unit stands in the city's order if nobody says: as in the sheet."""
    said = {name: row.said[name] for name in DETAILS if row.said.get(name)}
    unit = _known(row)
    said["region"] = _region(row, unit)
    if unit is None:
        code = row.said.get("code", "") or proposed(said)
        new = {"position": str(place)} | said | {"code": code, "reason": reason}
        unit = units.add(actor, new)
        line = Line(row.number, unit.code, unit.short_name, MADE, [f"代码{unit.code}"])
    else:
        line = Line(row.number, unit.code, unit.short_name, SAME)
        if told := _differences(unit, said):
            units.amend(actor, unit.code, _kept(unit) | said | {"reason": reason})
            line.outcome, line.name, line.told = CHANGED, unit.short_name, told
    if (first := seen.get(unit.id)) is not None:
        raise Incomplete({"name": [f"与第{first}行是同一个单位"]})
    _call(row, unit, actor, reason, line)
    seen[unit.id] = row.number  # last: the number of a row that was undone is given out again
    return line


def _known(row: Row) -> Unit | None:
    """By its code, or by its full name where no code is said. Raises Incomplete."""
    code, name = row.said.get("code", ""), row.said.get("name", "")
    if code:
        unit = db.session.scalar(select(Unit).where(Unit.code == code))
        if unit is not None and unit.ended_at is not None:
            raise Incomplete({"code": [units.ENDED]})
        if unit is None and (named := _named(name)) is not None:
            told = f"“{name}”已有代码{named.code}，代码不能更改"
            raise Incomplete({"code": [told]})
        return unit
    return _named(name)


def _named(name: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.ended_at.is_(None), Unit.name == name))


def _region(row: Row, unit: Unit | None) -> str:
    """The code of the region named. What is not said is the county's own, or what it was."""
    words = row.said.get("region", "")
    if not words:
        return unit.region if unit else ""
    for is_meant in (Region.code == words, _is_city(words), Region.name == words):
        found = db.session.scalars(select(Region.code).where(LIVE, is_meant).limit(2)).all()
        if len(found) == 1:
            return found[0]
    called = (Unit.code == words) | (Unit.name == words) | (Unit.short_name == words)
    of_unit = select(Unit.region).where(called, Unit.kind.in_(ORDER), Unit.ended_at.is_(None))
    if region := db.session.scalar(of_unit):
        return region
    told = f"没有“{words}”这个区域，请填“市级”、县（区）的简称或区划代码"
    raise Incomplete({"region": [told if regions.city() else NO_CITY]})


def _is_city(words: str) -> ColumnElement[bool]:
    return (Region.kind == RegionKind.CITY) if words in WHOLE_CITY else false()


def _kept(unit: Unit) -> dict[str, str]:
    return {name: getattr(unit, name) for name in ("name", "short_name", "kind", "region")}


def _differences(unit: Unit, said: dict[str, str]) -> list[str]:
    """What the row says otherwise; what it does not say stays what it is."""
    labels = units.LABELS | units.BESIDE
    return [
        f"{labels[name]}：{getattr(unit, name) or '无'} → {text or '无'}"
        for name, text in said.items()
        if text != str(getattr(unit, name))
    ]


def _call(row: Row, unit: Unit, actor: Actor, reason: str, line: Line) -> None:
    """The further names; those it bears already are left."""
    asked = select(UnitAlias.plain).where(
        UnitAlias.unit_id == unit.id, UnitAlias.ended_at.is_(None)
    )
    borne = {*db.session.scalars(asked), units.plainest(unit.name), units.plainest(unit.short_name)}
    for column, kind in NAMES.items():
        for name in several(row.said.get(column, "")):
            if units.plainest(name) in borne:
                continue
            said = {"text": name, "unit": unit.code, "kind": kind.value, "reason": reason}
            try:
                aliases.add(actor, said)
            except Incomplete as refusal:
                told = [one for each in refusal.errors.values() for one in each]
                if any("已经认得" in one for one in told):
                    continue
                raise Incomplete({column: told}) from None
            line.told.append(f"{kind.label}：{name}")
            line.outcome = MADE if line.outcome == MADE else CHANGED
