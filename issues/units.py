"""The bodies that can answer for a ticket: new ones, and what changes about those that are here.

A unit is never removed: tickets, notices and the history name it. Its code stays what it was.
Every act is written into the unit's own history with its reason. Never commits.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select

from auth.actor import Actor
from auth.models import Unit, UnitAlias
from extensions import db
from issues import audit, regions
from issues.ground import clock, signs
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.rights.table import Right, holds
from issues.vocabulary import COUNTY, UNIT_KINDS, RegionKind, Subject, UnitAct

CODE = re.compile(r"\d{6}(?:-[A-Z0-9]{2,12})?")
_CONJUNCTIONS = re.compile(r"[和与及、]")
LABELS = {
    "code": "代码",
    "name": "全称",
    "short_name": "简称",
    "kind": "类别",
    "region": "上级区域",
}
LONGEST = {"name": 80, "short_name": 40}
LONGEST_REASON = 2000


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
    if told["kind"] == COUNTY and not told["region"]:
        told["region"] = told["code"]
    errors = _faults(told, None) | _no_reason(said)
    if not CODE.fullmatch(told["code"]):
        errors["code"] = ["代码应为6位区划代码，部门再加一横线和大写字母，如511900-STHJ"]
    elif db.session.scalar(select(Unit.id).where(Unit.code == told["code"])):
        errors["code"] = ["已有单位使用这个代码"]
    _refuse(errors)
    if told["kind"] == COUNTY and regions.find(told["region"]) is None:
        regions.add(told["code"], told["short_name"], RegionKind.COUNTY, regions.city())
    last = db.session.scalar(select(func.max(Unit.position))) or 0
    unit = Unit(position=last + 1, **told)
    db.session.add(unit)
    db.session.flush()
    _record(unit, UnitAct.CREATE, actor, said, {LABELS[name]: told[name] for name in LABELS})
    return unit


def amend(actor: Actor, code: str, said: Mapping[str, str]) -> Unit:
    """Only what differs is changed. Raises NotAllowed, NotFound, Incomplete."""
    _require(actor)
    unit = find(code, for_change=True)
    told = _told(said)
    errors = _faults(told, unit) | _no_reason(said)
    changed = {name: value for name, value in told.items() if value != getattr(unit, name)}
    if not changed and not errors:
        errors["name"] = ["没有要修改的内容"]
    _refuse(errors)
    was = {LABELS[name]: getattr(unit, name) for name in changed}
    for name, value in changed.items():
        setattr(unit, name, value)
    db.session.flush()
    new = {LABELS[name]: value for name, value in changed.items()}
    _record(unit, UnitAct.AMEND, actor, said, new | {"before": was})
    return unit


def _told(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said.get(name, "").strip() for name in LABELS if name != "code"}


def _faults(told: Mapping[str, str], unit: Unit | None) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    own = Unit.id.is_not(None) if unit is None else Unit.id != unit.id
    for name, longest in LONGEST.items():
        if not 0 < len(told[name]) <= longest:
            errors[name] = [f"请填写{LABELS[name]}，最多{longest}个字"]
        elif db.session.scalar(
            select(Unit.id).where(own, (Unit.name == told[name]) | (Unit.short_name == told[name]))
        ):
            errors[name] = [f"已有单位叫“{told[name]}”，台账将分不清两者"]
        elif whose := db.session.scalar(_live_alias(told[name]).where(own)):
            errors[name] = [f"“{told[name]}”是{whose}的别称，请先停用该别称"]
    if told["kind"] not in UNIT_KINDS:
        errors["kind"] = ["请选择类别"]
    is_kept = unit is not None and told["region"] == unit.region
    is_new = told["kind"] == COUNTY and told["region"] == told.get("code")
    if not (is_kept or is_new or regions.driven(told["region"])):
        is_chosen = regions.city() is not None
        errors["region"] = ["请选择上级区域" if is_chosen else "请先在“区域”中选定城市。"]
    return errors


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
    if not holds(actor, Right.UNITS):
        raise NotAllowed("单位由系统管理员维护。")


def _record(
    unit: Unit, act: UnitAct, actor: Actor, said: Mapping[str, str], detail: Mapping[str, object]
) -> None:
    reason = said["reason"].strip()
    audit.record(Subject.UNIT, unit.id, act, actor, at=clock.now(), reason=reason, detail=detail)
