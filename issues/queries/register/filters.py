"""The register's filter as it stands in a URL. What a value means is narrowing.py's business."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Self

from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole

PAGE_SIZE = 25
MOST = 200
SEEN = "1"


@dataclass(frozen=True, slots=True)
class Filters:
    """Raw values, several of one name joined by commas; empty means not asked.

    `turning`: computed colour changes within so many days (`turns` names the colour it turns).
    `newly`: red now and not red on that day. `notice`: `open` or `overdue` supervision notices.
    `effect`: `hollow` papers without effect, `relapsed` outside its limit again since closure;
    `met`, `not_met`, `unknown` how its targets stand.
    `letter`: to be answered, `owed`, `near` its day or `overdue`.
    `keeper`: part of a name among sponsors and who keeps an area, a section or a household, or
    `none` for what nobody keeps;
    `firm`: part of the name of who caused the problem. `layer`: its point lies in the map layer.
    `counted`: of tickets that are the same problem only the one that is counted. `same`: the number
    of a ticket, for it and those that are the same problem. `batch`: came in with this workbook,
    by the number of the import. `seen`: past days as the register itself held them, without what
    an import has back-filled.
    """

    colour: str = ""
    status: str = ""
    source: str = ""
    region: str = ""
    unit: str = ""
    role: str = ""
    type: str = ""
    due_before: str = ""
    due_after: str = ""
    rule: str = ""
    layer: str = ""
    batch: str = ""
    keeper: str = ""
    firm: str = ""
    q: str = ""
    view: str = ""
    on: str = ""
    seen: str = ""
    turning: str = ""
    turns: str = ""
    newly: str = ""
    notice: str = ""
    effect: str = ""
    counted: str = ""
    same: str = ""
    letter: str = ""
    sort: str = ""
    page: str = ""
    after: str = ""
    limit: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str | Iterable[str]]) -> Self:
        """The filter of a query string; names it does not know are passed over."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: _joined(args[name]) for name in args if name in known})

    def to_args(self, **changes: str | int) -> dict[str, str]:
        """What a link to this filter carries. A change of anything but the page starts at one."""
        if changes and not changes.keys() & {"page", "after"}:
            changes |= {"page": "", "after": ""}
        asked = {name: str(changes.get(name, getattr(self, name))) for name in self.__slots__}
        return {name: value for name, value in asked.items() if value}

    @property
    def is_seen(self) -> bool:
        return self.seen == SEEN

    @property
    def size(self) -> int:
        return min(MOST, max(1, _number(self.limit, PAGE_SIZE)))

    @property
    def offset(self) -> int:
        """How many rows come before: of a page's number, or of the mark `next` gave."""
        if self.after:
            return max(0, _number(self.after, 0))
        return (max(1, _number(self.page, 1)) - 1) * self.size


def values(raw: str) -> list[str]:
    return [value for value in raw.split(",") if value]


def _joined(raw: str | Iterable[str]) -> str:
    parts = [raw] if isinstance(raw, str) else raw
    return ",".join(stripped for part in parts if (stripped := signs.bare(part).strip()))


def _number(raw: str, default: int) -> int:
    number = whole(raw, 0, LARGEST_ID)
    return default if number is None else number
