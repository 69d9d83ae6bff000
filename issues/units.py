"""The bodies that can answer for a ticket: new ones, and what changes about those that are here.

A unit is never removed: tickets, notices and the history name it. Its code stays what it was.
Every act is written into the unit's own history with its reason. Never commits.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, func, select

from auth.actor import SYSTEM, Actor
from auth.models import Unit, UnitAlias
from extensions import db
from issues import audit, regions
from issues.ground import clock, signs
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.rights.table import Right, holds
from issues.vocabulary import (
    CENTRE,
    COUNTY,
    TOWNSHIP,
    UNIT_KINDS,
    AliasKind,
    RegionKind,
    Subject,
    UnitAct,
)

_OWN_REGION = (COUNTY, TOWNSHIP)
"""Whose code is that of their place."""
CODE = re.compile(r"\d{6}(?:\d{3}){0,2}(?:-[A-Z0-9]{2,12})?")
_CONJUNCTIONS = re.compile(r"[和与及、]")
DRIVEN = frozenset({RegionKind.COUNTY, RegionKind.ZONE})
BELOW = frozenset({RegionKind.TOWNSHIP, RegionKind.VILLAGE, RegionKind.GRID})
LABELS = {
    "code": "代码",
    "name": "全称",
    "short_name": "简称",
    "kind": "类别",
    "region": "上级区域",
}
BESIDE = {"contact": "联系人", "phone": "联系电话", "position": "排序"}
"""What may be left out: an old unit keeps what it has, a new one goes without, and last."""
LONGEST = {"name": 80, "short_name": 40}
LONGEST_BESIDE = {"contact": 40, "phone": 40}
LARGEST_PLACE = 99_999
LONGEST_REASON = 2000
ENDED = "该单位已停用，不能再修改"


def find(code: str, *, for_change: bool = False) -> Unit:
    """Raises NotFound."""
    query = select(Unit).where(Unit.code == code)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    unit = db.session.scalars(query).first()
    if unit is None:
        raise NotFound
    return unit


def add(actor: Actor, said: Mapping[str, str]) -> Unit:
    """Behind all others in the city's order. Raises NotAllowed, Incomplete."""
    _require(actor)
    told = _told(said)
    told["code"] = said.get("code", "").strip()
    beside, faults = _told_beside(said)
    if told["kind"] in _OWN_REGION and not told["region"]:
        told["region"] = told["code"]
    errors = _faults(told, None) | faults | _no_reason(said)
    if not CODE.fullmatch(told["code"]):
        errors["code"] = ["代码应为6位区划代码，部门再加一横线和大写字母，如 区划代码-STHJ"]
    elif db.session.scalar(select(Unit.id).where(Unit.code == told["code"])):
        errors["code"] = ["已有单位使用这个代码"]
    _refuse(errors)
    if told["kind"] == COUNTY and regions.find(told["region"]) is None:
        regions.add(told["code"], told["short_name"], RegionKind.COUNTY, regions.city())
    last = db.session.scalar(select(func.max(Unit.position))) or 0
    unit = Unit(**({"position": last + 1} | told | beside))
    db.session.add(unit)
    db.session.flush()
    new = {LABELS[name]: told[name] for name in LABELS}
    new |= {BESIDE[name]: value for name, value in beside.items() if value}
    _record(unit, UnitAct.CREATE, actor, said, new)
    return unit


def amend(actor: Actor, code: str, said: Mapping[str, str]) -> Unit:
    """Only what differs is changed. Raises NotAllowed, NotFound, Incomplete."""
    _require(actor)
    unit = find(code, for_change=True)
    if unit.ended_at is not None:
        raise WrongStatus(ENDED)
    told = _told(said)
    beside, faults = _told_beside(said)
    errors = _faults(told, unit) | faults | _no_reason(said)
    wanted = told | beside
    changed = {name: value for name, value in wanted.items() if value != getattr(unit, name)}
    if not changed and not errors:
        errors["name"] = ["没有要修改的内容"]
    _refuse(errors)
    labels = LABELS | BESIDE
    was = {labels[name]: getattr(unit, name) for name in changed}
    former = [getattr(unit, name) for name in ("name", "short_name") if name in changed]
    for name, value in changed.items():
        setattr(unit, name, value)
    db.session.flush()
    new = {labels[name]: value for name, value in changed.items()}
    _record(unit, UnitAct.AMEND, actor, said, new | {"before": was})
    keep_former(unit, former, actor, said["reason"])
    return unit


def keep_former(unit: Unit, names: Iterable[str], actor: Actor, reason: str) -> None:
    """What a unit was called goes on naming it in ledgers, unless another is called so now."""
    for name in dict.fromkeys(names):
        taken = select(Unit.id).where(
            Unit.ended_at.is_(None), (Unit.name == name) | (Unit.short_name == name)
        )
        if db.session.scalar(taken) or db.session.scalar(_live_alias(name)):
            continue
        row = UnitAlias(
            unit_id=unit.id, text=name, plain=plainest(name), kind=AliasKind.FORMER,
            made_at=clock.now(), made_by_id=actor.id,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        told = {"别称": name, "类别": AliasKind.FORMER.label}
        _record(unit, UnitAct.ADD_ALIAS, actor, {"reason": reason}, told)


def _told(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said.get(name, "").strip() for name in LABELS if name != "code"}


def _told_beside(said: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Of what may be left out that which was said, and what is wrong about it."""
    told: dict[str, Any] = {name: said[name].strip() for name in LONGEST_BESIDE if name in said}
    errors = {
        name: [f"{BESIDE[name]}最多{LONGEST_BESIDE[name]}个字"]
        for name, text in told.items()
        if len(text) > LONGEST_BESIDE[name]
    }
    if place := said.get("position", "").strip():
        told["position"] = whole(place, 1, LARGEST_PLACE)
        if told["position"] is None:
            errors["position"] = [f"排序应为1至{LARGEST_PLACE}的整数"]
    return told, errors


def _faults(told: Mapping[str, str], unit: Unit | None) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    own = Unit.id.is_not(None) if unit is None else Unit.id != unit.id
    for name, longest in LONGEST.items():
        if not 0 < len(told[name]) <= longest:
            errors[name] = [f"请填写{LABELS[name]}，最多{longest}个字"]
        elif db.session.scalar(
            select(Unit.id).where(
                own,
                Unit.ended_at.is_(None),
                (Unit.name == told[name]) | (Unit.short_name == told[name]),
            )
        ):
            errors[name] = [f"已有单位叫“{told[name]}”，台账将分不清两者"]
        elif whose := db.session.scalar(_live_alias(told[name]).where(own)):
            errors[name] = [f"“{told[name]}”是{whose}的别称，请先停用该别称"]
    if told["kind"] not in UNIT_KINDS:
        errors["kind"] = ["请选择类别"]
    if told["kind"] in (CENTRE, TOWNSHIP):
        return errors | _misplaced(told, unit)
    is_kept = unit is not None and told["region"] == unit.region
    is_new = told["kind"] == COUNTY and told["region"] == told.get("code")
    if not (is_kept or is_new or regions.driven(told["region"])):
        is_chosen = regions.city() is not None
        errors["region"] = ["请选择上级区域" if is_chosen else "请先在“区域”中选定城市。"]
    return errors


def _misplaced(told: Mapping[str, str], unit: Unit | None) -> dict[str, list[str]]:
    """A county has one centre; a township is the unit of a place below a county."""
    place = regions.find(told["region"])
    if told["kind"] == TOWNSHIP:
        code = unit.code if unit else told["code"]
        if place is None or place.ended_at or place.kind not in BELOW or place.code != code:
            return {"region": ["乡镇（街道）的代码应是已登记的乡镇（街道）或村（社区）的区划代码"]}
        return {}
    if place is None or place.ended_at or place.kind not in DRIVEN:
        return {"region": ["请选择指挥中心所在的县（区）或园区"]}
    others = select(Unit.id).where(Unit.kind == CENTRE, Unit.region == place.code)
    if db.session.scalar(others.where(Unit.code != (unit.code if unit else ""))):
        return {"region": [f"{place.name}已有指挥中心，一个县（区）只设一个"]}
    return {}


def _live_alias(name: str) -> Select[Any]:
    """The short name of the unit that is called so besides."""
    rows = select(Unit.short_name).join(UnitAlias, UnitAlias.unit_id == Unit.id)
    return rows.where(UnitAlias.plain == plainest(name), UnitAlias.ended_at.is_(None))


def plainest(name: str) -> str:
    """The spelling that the names of units are told apart in."""
    return _CONJUNCTIONS.sub("", "".join(signs.folded(name).split()))


def _no_reason(said: Mapping[str, str]) -> dict[str, list[str]]:
    is_given = 0 < len(said.get("reason", "").strip()) <= LONGEST_REASON
    wanted = f"请写明理由，如机构改革文件号，最多{LONGEST_REASON}字"
    return {} if is_given else {"reason": [wanted]}


def _refuse(errors: dict[str, list[str]]) -> None:
    if errors:
        raise Incomplete(errors)


def _require(actor: Actor) -> None:
    if actor is not SYSTEM and not holds(actor, Right.UNITS):
        raise NotAllowed("单位由系统管理员维护。")


def _record(
    unit: Unit, act: UnitAct, actor: Actor, said: Mapping[str, str], detail: Mapping[str, object]
) -> None:
    reason = said["reason"].strip()
    audit.record(Subject.UNIT, unit.id, act, actor, at=clock.now(), reason=reason, detail=detail)
