"""The columns of an export that the system works out: one table for who writes and who reads them.

No import takes them over, none calls them foreign: they say how a ticket stood on the export's day.
"""

from collections.abc import Iterable
from typing import NamedTuple

from issues.vocabulary import KeeperLevel

COLOUR = "颜色"
APART = "（系统）"
"""Behind a heading of ours where a ledger has brought a column of that name."""


class WorkedOut(NamedTuple):
    """What the facts of a ticket call it, and how a sheet does."""

    key: str
    heading: str
    width: int
    group: str = ""


_PUBLICITY = "公示起止"
WORKED_OUT = (
    WorkedOut("supporting", "配合单位", 20),
    *(WorkedOut(level.column, f"现{level.short}人", 12) for level in KeeperLevel),
    WorkedOut("status", "状态", 12),
    WorkedOut("rules", "触发规则", 16),
    WorkedOut("since", "颜色起始日", 12),
    WorkedOut("yellow_cards", "黄牌次数", 9),
    WorkedOut("red_cards", "红牌次数", 9),
    WorkedOut("notices", "督办文号", 24),
    WorkedOut("extensions", "延期次数", 9),
    WorkedOut("publicity_from", "公示起始日", 12, _PUBLICITY),
    WorkedOut("publicity_until", "公示截止日", 12, _PUBLICITY),
    WorkedOut("lookback", "回头看", 18),
    WorkedOut("colour", COLOUR, 10),
)
OURS = {one.heading: one for one in WORKED_OUT}
"""By heading, in the order they are written in."""


def plain_heading(heading: str) -> str:
    """What one of ours is called where no ledger has a column of that name."""
    return heading.removesuffix(APART)


def headings(taken: Iterable[str]) -> dict[str, str]:
    """By key, what each is called beside columns that a ledger calls so."""
    brought = set(taken)
    return {
        one.key: f"{one.heading}{APART}" if one.heading in brought else one.heading
        for one in WORKED_OUT
    }


def among(found: Iterable[str]) -> set[str]:
    """Which of a sheet's headings are ours, if the sheet is an export of ours."""
    found = set(found)
    apart = {one for one in found if one.endswith(APART) and plain_heading(one) in OURS}
    return apart | {one for one in found if one in OURS and f"{one}{APART}" not in apart}


def is_export(found: Iterable[str]) -> bool:
    """Whether most of them stand together, as in no ledger of another's."""
    return len({plain_heading(one) for one in among(found)}) > len(OURS) // 2
