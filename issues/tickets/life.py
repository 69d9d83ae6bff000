"""The ledger's columns that no field of a ticket fills: what its acts and its place wrote."""

from typing import NamedTuple

from issues.tickets.field import Export

LAST_BEFORE = 500
"""Columns up to this place stand before the measures, the others after them."""
_COURSE = "整改进展及销号"


class Column(NamedTuple):
    """What the reading calls it, what a ledger may call it, and how it is written."""

    key: str
    headings: tuple[str, ...]
    export: Export | None


COLUMNS = (
    Column("order", ("序号",), Export(10, "序号", 6)),
    Column("number", ("编号", "问题编号"), Export(20, "编号", 17)),
    Column("keepers", ("包保",), None),
    Column("assigned_on", ("交办日期", "交办时间"), Export(230, "交办日期", 12)),
    Column("stage", ("整改阶段",), Export(510, "整改阶段", 14, _COURSE)),
    Column("claimed_on", ("申请验收日期",), Export(520, "申请验收日期", 13, _COURSE)),
    Column("closed", ("是否销号",), Export(530, "是否销号", 9, _COURSE)),
    Column("closed_on", ("销号日期",), Export(540, "销号日期", 12, _COURSE)),
)
