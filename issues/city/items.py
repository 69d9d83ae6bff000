"""What this installation has of all that a city needs: the one list page, API and commands read.

A part of the product that needs something of the city adds an Item.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from auth.models import Grant, Unit, User
from config import ROOT
from extensions import db
from issues import regions
from issues.city import centres
from issues.city.lines import LINES, is_said
from issues.city.sections import Needs, Section
from issues.city.words import Words, every_word
from issues.colour.policies import workdays
from issues.ground import clock
from issues.models import MapSheet, PolicyVersion, Region
from issues.vocabulary import Role

LEAD_KIND = "牵头机构"
OUTLINES = Path("static", "vendor", "map")


class State(Enum):
    """In the API's words; `label` is the page's."""

    DONE = "done", "已完成"
    MISSING = "missing", "未完成"
    OPTIONAL = "optional", "选填"

    def __init__(self, code: str, label: str) -> None:
        self.code, self.label = code, label


class Found(NamedTuple):
    """What the rows say, beside the words."""

    words: Words
    regions: int
    units: int
    leads: int
    roles: frozenset[Role]
    policies: int
    maps: int


class Item(NamedTuple):
    """`needs`: what waits for it. `page`: where it is done, by whom is told by the page itself."""

    key: str
    label: str
    needs: Needs
    is_done: Callable[[Found], bool]
    page: str


class Told(NamedTuple):
    item: Item
    state: State

    @property
    def sentence(self) -> str:
        waits = {Needs.IMPORT: "登记和导入", Needs.NOTICE: "签发文书"}
        return f"“{self.item.label}”没有设置，{waits[self.item.needs]}前须完成：{self.item.page}"


def _word(key: str) -> Callable[[Found], bool]:
    line = next(one for one in LINES if one.key == key)
    return lambda found: is_said(line, found.words)


def _calendar_is_filled(_found: Found) -> bool:
    """Of this year and the next: what is counted in working days reaches over its end."""
    today = clock.today()
    return not workdays().guessed(date(today.year, 1, 1), date(today.year + 1, 12, 31))


def _has_map(found: Found) -> bool:
    """One of the city's own, or the outlines that are installed for it."""
    if found.maps:
        return True
    place = regions.city()
    return place is not None and (ROOT / OUTLINES / f"{place.code}.json.gz").is_file()


def _has(*roles: Role) -> Callable[[Found], bool]:
    return lambda found: found.roles.issuperset(roles)


ITEMS: tuple[Item, ...] = (
    *(Item(one.key, one.label, one.needs, _word(one.key), one.section.page) for one in LINES),
    Item("regions", "行政区域", Needs.IMPORT, lambda found: found.regions > 0, "/admin/regions"),
    Item("units", "单位", Needs.IMPORT, lambda found: found.units > 0, "/admin/units"),
    Item("lead_unit", "牵头单位", Needs.NOTICE, lambda found: found.leads > 0, "/admin/units"),
    Item("accounts", "市环委办经办和负责人账号", Needs.NOTICE, _has(Role.OFFICE, Role.HEAD),
         "/admin/accounts"),
    Item("leader", "市领导账号", Needs.NOTHING, _has(Role.LEADER), "/admin/accounts"),
    Item("centres", "县级指挥中心发文机关和代字", Needs.NOTHING,
         lambda found: centres.are_said(found.words), Section.CENTRES.page),
    Item("policy", "督办规则", Needs.NOTHING, lambda found: found.policies > 0, "/policy"),
    Item("calendar", "今明两年工作日历", Needs.NOTHING, _calendar_is_filled, "/admin/calendar"),
    Item("map", "本市地图", Needs.NOTHING, _has_map, "/admin/maps"),
)  # fmt: skip


def items() -> list[Told]:
    """Every item with its state. Five statements."""
    found = _found()
    return [Told(item, _state(item, found)) for item in ITEMS]


def lacks() -> list[Told]:
    """What the first import or the first notice waits for. Three statements."""
    found = _found()
    needed = (item for item in ITEMS if item.needs is not Needs.NOTHING)
    return [told for item in needed if (told := Told(item, _state(item, found))).state
            is State.MISSING]  # fmt: skip


def words_are_said() -> bool:
    """Whether every word of the city's own that something waits for was said."""
    own = {line.key for line in LINES}
    return not any(told.item.key in own for told in lacks())


def _state(item: Item, found: Found) -> State:
    if item.is_done(found):
        return State.DONE
    return State.OPTIONAL if item.needs is Needs.NOTHING else State.MISSING


def _found() -> Found:
    """Units and people that are still there: an ended one signs and answers nothing."""
    units = select(func.count(Unit.id)).where(Unit.ended_at.is_(None))
    counts = db.session.execute(
        select(
            select(func.count(Region.id)).where(Region.ended_at.is_(None)).scalar_subquery(),
            units.scalar_subquery(),
            units.where(Unit.kind == LEAD_KIND).scalar_subquery(),
            select(func.count(PolicyVersion.number)).scalar_subquery(),
            select(func.count(MapSheet.id))
            .where(MapSheet.is_boundary, MapSheet.ended_at.is_(None))
            .scalar_subquery(),
        )
    ).one()
    held = select(Grant.role).join(User, User.id == Grant.user_id)
    held = held.where(Grant.revoked_at.is_(None), User.is_active).distinct()
    roles = frozenset(db.session.scalars(held))
    return Found(every_word(), counts[0], counts[1], counts[2], roles, counts[3], counts[4])
