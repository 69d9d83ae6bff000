"""Pollution sources: new ones, what changes about them, and their end. Never commits.

Every act is written into the source's own history. None is removed: tickets are tied to it.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit, regions
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Polluter
from issues.polluters.codes import fault
from issues.rights.places import polluters_of
from issues.rights.table import Right, holds
from issues.supervision.geojson import EAST, NORTH, SOUTH, WEST
from issues.vocabulary import PolluterAct, PolluterKind, Subject

LABELS = {
    "name": "名称", "code": "统一社会信用代码", "kind": "类别", "region": "所在县（区）",
    "place": "地址", "lon": "经度", "lat": "纬度", "permits": "许可证编号",
}  # fmt: skip
LONGEST = {"name": 80, "place": 200, "permits": 200}
LONGEST_REASON = 200
BOUNDS = {"lon": (WEST, EAST), "lat": (SOUTH, NORTH)}
ENDED = "该污染源已停用，不能再修改。"
_BETWEEN = re.compile(r"[、,，;；/\n]+")
_DECIMAL = re.compile(r"-?\d{1,3}(\.\d{1,12})?")


def find(polluter_id: int, actor: Actor, *, for_change: bool = False) -> Polluter:
    """Raises NotFound for what is out of sight, too."""
    rows = select(Polluter).where(Polluter.id == polluter_id, polluters_of(actor))
    if for_change:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalars(rows).first()
    if row is None:
        raise NotFound
    return row


def add(actor: Actor, said: Mapping[str, str]) -> Polluter:
    """Raises NotAllowed, Incomplete."""
    require(actor)
    told = _told(said, None)
    row = Polluter(**told, made_at=clock.now(), made_by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    detail = {LABELS[name]: shown(name, value) for name, value in told.items()}
    _record(row, PolluterAct.ADD, actor, said, {k: v for k, v in detail.items() if v})
    return row


def amend(actor: Actor, polluter_id: int, said: Mapping[str, str]) -> Polluter:
    """Only what differs is changed, with a reason. Raises NotAllowed, NotFound, Incomplete."""
    row = _standing(actor, polluter_id)
    told = _told(said, row)
    changed = {name: value for name, value in told.items() if value != getattr(row, name)}
    if not changed:
        raise Incomplete({"name": ["没有要修改的内容"]})
    _reasoned(said)
    was = {LABELS[name]: shown(name, getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    db.session.flush()
    new = {LABELS[name]: shown(name, value) for name, value in changed.items()}
    _record(row, PolluterAct.AMEND, actor, said, new | {"before": was})
    return row


def end(actor: Actor, polluter_id: int, said: Mapping[str, str]) -> Polluter:
    """It is offered no more; what was tied to it stays. Raises NotAllowed, NotFound, Incomplete."""
    row = _standing(actor, polluter_id)
    _reasoned(said)
    row.ended_at = clock.now()
    _record(row, PolluterAct.END, actor, said, {})
    return row


def differences(row: Polluter, said: Mapping[str, str]) -> list[str]:
    """What is said otherwise, in words. What is wrong about it is told by `amend`."""
    told = [(name, _plain(name, text)) for name, text in said.items()]
    return [
        f"{LABELS[name]}：{shown(name, getattr(row, name)) or '无'} → {shown(name, value) or '无'}"
        for name, value in told
        if value != getattr(row, name)
    ]


def kept(row: Polluter) -> dict[str, str]:
    """All of it as a form says it."""
    return {name: _worded(getattr(row, name)) for name in LABELS}


def shown(name: str, value: Any) -> str:
    if name == "kind":
        return one.label if (one := PolluterKind.of(str(value))) else str(value)
    if name == "region" and value:
        place = regions.find(str(value))
        return place.name if place else str(value)
    return _worded(value)


def require(actor: Actor) -> None:
    if not holds(actor, Right.KEEP_POLLUTERS):
        raise NotAllowed("污染源由市环委办和督察员维护。")


def _standing(actor: Actor, polluter_id: int) -> Polluter:
    require(actor)
    row = find(polluter_id, actor, for_change=True)
    if row.ended_at is not None:
        raise WrongStatus(ENDED)
    return row


def _told(said: Mapping[str, str], row: Polluter | None) -> dict[str, Any]:
    """What the words mean. Raises Incomplete, every fault at its field."""
    told = {name: _plain(name, said.get(name, "")) for name in LABELS}
    errors = {
        name: [f"{LABELS[name]}最多{longest}个字"]
        for name, longest in LONGEST.items()
        if len(told[name]) > longest
    }
    if not told["name"]:
        errors["name"] = ["请填写名称"]
    if PolluterKind.of(told["kind"]) is None:
        errors["kind"] = ["请选择类别"]
    is_kept = row is not None and row.region == told["region"]
    if not is_kept and regions.driven(told["region"]) is None:
        errors["region"] = ["请选择所在县（区）"]
    errors |= _wrong_point(told) | _taken(told, row)
    if errors:
        raise Incomplete(errors)
    return told


def _taken(told: Mapping[str, Any], row: Polluter | None) -> dict[str, list[str]]:
    """One code is one source's; without codes one name is."""
    own = Polluter.id != (row.id if row else 0)
    if told["code"]:
        if wrong := fault(told["code"]):
            return {"code": [wrong]}
        asked = select(Polluter.name).where(own, Polluter.code == told["code"])
        if (name := db.session.scalar(asked)) is not None:
            return {"code": [f"“{name}”已使用这个代码"]}
        return {}
    alike = (Polluter.name == told["name"], Polluter.code == "", Polluter.ended_at.is_(None))
    if db.session.scalar(select(Polluter.id).where(own, *alike)):
        return {"name": ["已有同名、没有代码的污染源，请填写代码或换一个名称"]}
    return {}


def _wrong_point(told: Mapping[str, Any]) -> dict[str, list[str]]:
    lacking = [name for name in BOUNDS if told[name] is None]
    if len(lacking) == len(BOUNDS):
        return {}
    if lacking:
        return {lacking[0]: ["经度、纬度须同时填写"]}
    return {
        name: [f"{LABELS[name]}应为{least:.0f}至{most:.0f}之间的小数"]
        for name, (least, most) in BOUNDS.items()
        if not least <= told[name] <= most
    }


def _plain(name: str, text: str) -> Any:
    """A point that is no number is outside every bound; a refusal names it then."""
    text = text.strip()
    if name in BOUNDS:
        if not text:
            return None
        return float(text) if _DECIMAL.fullmatch(text) else math.inf
    if name == "code":
        return text.upper()
    if name == "permits":
        return "、".join(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part))
    return text


def _worded(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def _reasoned(said: Mapping[str, str]) -> None:
    if not 0 < len(said.get("reason", "").strip()) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字"]})


def _record(
    row: Polluter, act: PolluterAct, actor: Actor, said: Mapping[str, str], detail: dict[str, Any]
) -> None:
    reason = said.get("reason", "").strip()
    audit.record(
        Subject.POLLUTER, row.id, act, actor, at=clock.now(), reason=reason, detail=detail
    )  # fmt: skip
