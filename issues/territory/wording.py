"""What places are called in forms, which may lie in which, and what is wrong with what was said."""

import re
from collections.abc import Mapping

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import regions
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Region
from issues.rights.table import Right, holds
from issues.vocabulary import RegionKind

LABELS = {"code": "代码", "name": "名称", "kind": "类别", "parent": "上级区域", "reason": "理由"}
LONGEST_NAME, LONGEST_CODE, LONGEST_REASON = 40, 24, 200
CODE = re.compile(r"\d{6}(?:\d{3}|\d{6})?(?:-[0-9A-Z]{1,6}){0,3}")
_BELOW_A_TOWN = (RegionKind.VILLAGE, RegionKind.GRID, RegionKind.RIVER)
BELOW: dict[RegionKind | None, tuple[RegionKind, ...]] = {
    None: (RegionKind.PROVINCE, RegionKind.CITY),
    RegionKind.PROVINCE: (RegionKind.CITY,),
    RegionKind.CITY: (
        RegionKind.COUNTY, RegionKind.ZONE, RegionKind.TOWNSHIP, RegionKind.RIVER,
    ),
    RegionKind.COUNTY: (RegionKind.TOWNSHIP, *_BELOW_A_TOWN),
    RegionKind.ZONE: (RegionKind.TOWNSHIP, *_BELOW_A_TOWN),
    RegionKind.TOWNSHIP: _BELOW_A_TOWN,
    RegionKind.VILLAGE: (RegionKind.GRID, RegionKind.RIVER),
    RegionKind.GRID: (),
    RegionKind.RIVER: (),
}  # fmt: skip
"""What may lie directly in a place of a kind; at the top where it lies in none."""
ABOVE_TOWNS = frozenset({RegionKind.PROVINCE, RegionKind.CITY, RegionKind.COUNTY, RegionKind.ZONE})
"""Whose codes are the State's and must be told; what lies below may have one of its own."""


def require(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not holds(actor, Right.REGIONS):
        raise NotAllowed("区域由市环委办经办和系统管理员维护。")


def refuse(errors: Mapping[str, list[str]]) -> None:
    if errors:
        raise Incomplete(errors)


def name_faults(name: str, parent: str, own: Region | None = None) -> dict[str, list[str]]:
    """Two places of one parent must differ by name, or no sheet could tell them."""
    if not 0 < len(name) <= LONGEST_NAME:
        return {"name": [f"请填写名称，最多{LONGEST_NAME}个字。"]}
    same = select(Region.id).where(
        Region.parent == parent, Region.name == name, Region.ended_at.is_(None)
    )
    if db.session.scalar(same.where(Region.id != own.id) if own is not None else same):
        return {"name": [f"这里已有“{name}”。"]}
    return {}


def kind_faults(kind: RegionKind | None, parent: Region | None) -> dict[str, list[str]]:
    """Of a place that is to lie there. There is one city."""
    allowed = BELOW[parent.kind if parent else None]
    if kind not in allowed:
        labels = "、".join(one.label for one in allowed)
        told = f"这里可以添加：{labels}。" if labels else "这里不能再分下级区域。"
        return {"kind": [told]}
    if kind is RegionKind.CITY and (city := regions.city()):
        return {"kind": [f"本系统已为{city.name}所用，不能再添加一个市。"]}
    return {}


def code_faults(code: str) -> dict[str, list[str]]:
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        return {
            "code": [
                "代码应为6位、9位或12位区划代码；自编的再加一横线和数字、大写字母，如110105-001。"
            ]
        }
    if found := regions.find(code):
        return {"code": [f"“{found.name}”已使用这个代码。"]}
    return {}


def reason_faults(said: Mapping[str, str]) -> dict[str, list[str]]:
    if 0 < len(said.get("reason", "").strip()) <= LONGEST_REASON:
        return {}
    return {"reason": [f"请写明理由，最多{LONGEST_REASON}个字。"]}
