"""Every column a profile may take: what the facts call it, its heading, width, kind and total."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from issues.exchange.reading.extra_columns import COMPLAINT
from issues.exchange.worked_out import WORKED_OUT
from issues.rights.words import Right
from issues.vocabulary import KeeperLevel

Kind = Literal["text", "day", "number", "colour"]
Total = Literal["", "label", "count", "sum", "colours", "yes", "measures"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, for who holds `right`.

    `cell` is the heading it has among the cells of the responsibility list; empty where the facts
    of a day alone hold it. `total` is what stands under it in a line of totals: `yes` counts how
    often 是 stands there.
    """

    key: str
    heading: str
    width: int
    kind: Kind = "text"
    total: Total = ""
    group: str = ""
    cell: str = ""
    of_measure: bool = False
    right: Right = Right.VIEW

    def called(self, heading: str) -> Self:
        return replace(self, heading=heading) if heading else self


def _own(key: str, heading: str, width: int, group: str = "", cell: str = "") -> Column:
    """A column whose words are those of the responsibility list."""
    return Column(key, heading, width, group=group, cell=cell or heading)


def _step(
    key: str, heading: str, width: int, kind: Kind = "text", total: Total = "", cell: str = ""
) -> Column:
    group = "措施进展" if key in _PROGRESS else "整改措施"
    return Column(key, heading, width, kind, total, group, cell, of_measure=True)


_PROGRESS = {"m_stage", "m_progress", "m_evidence", "m_confirmer", "m_done"}
_WHO, _COURSE, COMPLAINT_GROUP = "整改责任", "整改进展及销号", "信访办理"
_HEADED = {one.key: (one.heading, one.width) for one in WORKED_OUT}


def _worked(
    key: str,
    kind: Kind = "text",
    total: Total = "",
    right: Right = Right.VIEW,
    group: str = _COURSE,
) -> Column:
    """A column of what the system works out."""
    heading, width = _HEADED[key]
    return Column(key, heading, width, kind, total, group, right=right)


_COUNTS = ("ordered", "penalised", "fine", "investigated", "detained", "summoned",
           "held_to_account")  # fmt: skip
ALL: tuple[Column, ...] = (
    Column("order", "序号", 6, "number", "label"),
    Column("number", "编号", 17, total="count"),
    Column("source", "问题来源", 14),
    _own("source_ref", "来源文件及项号", 16),
    _own("case_number", "受理编号", 20),
    _own("starred", "重点", 6),
    Column("title", "标题", 30),
    _own("problem", "存在问题", 40),
    Column("region", "行政区域", 10),
    _own("place", "点位及坐标", 18),
    _own("types", "问题类型", 10),
    _own("firm", "责任主体", 18, _WHO),
    _own("lead", "牵头单位", 14, _WHO),
    Column("primary", "主责单位", 14, group=_WHO),
    _own("units", "责任单位", 18, _WHO),
    _worked("supporting", group=_WHO),
    _own("supervising", "督导单位", 14, _WHO),
    _own("sponsor", "包案领导", 14, _WHO),
    _own("contact", "责任人及电话", 16, _WHO),
    _own("area_keeper", "包片", 10, _WHO),
    _own("section_keeper", "包段", 10, _WHO),
    _own("household_keeper", "包户", 10, _WHO),
    *(_worked(level.column, group=_WHO) for level in KeeperLevel),
    _own("goal", "整改目标", 22),
    _own("criteria", "验收标准", 22),
    _own("acceptance", "验收单位", 14),
    _own("deadline_text", "整改时限（原文）", 16, cell="整改时限"),
    Column("deadline", "时限", 12, "day"),
    Column("deadline_kind", "时限类型", 12),
    Column("assigned_on", "交办日期", 12, "day"),
    _worked("status"),
    _worked("colour", "colour", "colours"),
    _worked("rules"),
    _worked("since", "day"),
    _worked("yellow_cards", "number", "sum"),
    _worked("red_cards", "number", "sum"),
    _worked("notices"),
    _worked("extensions", "number", "sum"),
    _worked("publicity_from", "day"),
    _worked("publicity_until", "day"),
    _worked("lookback", right=Right.LOOKBACKS),
    Column("progress", "进度描述", 30, group=_COURSE),
    Column("claimed_on", "申请验收日期", 12, "day", group=_COURSE),
    Column("accepted_on", "验收日期", 12, "day", group=_COURSE),
    Column("closed", "是否销号", 9, total="yes", group=_COURSE),
    Column("closed_on", "销号日期", 12, "day", group=_COURSE),
    Column("measures", "措施项数", 9, "number", "sum", _COURSE),
    Column("measures_done", "完成项数", 9, "number", "sum", _COURSE),
    Column("plan", "整改措施", 40, group=_COURSE),
    *(
        Column(
            key, heading, 16 if key in ("findings", "punished") else 10,
            "number" if key in _COUNTS else "text", "sum" if key in _COUNTS else "",
            COMPLAINT_GROUP, heading,
        )
        for key, heading in COMPLAINT.items()
    ),
    _own("remark", "备注", 18),
    _step("m_no", "序号", 6, "number", "measures", "序号"),
    _step("m_text", "措施", 32, cell="具体措施"),
    _step("m_units", "责任单位", 18),
    _step("m_person", "责任人", 12),
    _step("m_start", "开始", 12, "day", cell="启动时间"),
    _step("m_deadline", "时限", 12, "day"),
    _step("m_target", "目标值", 8, "number", cell="目标值"),
    _step("m_confirmed", "完成值", 8, "number", cell="完成值"),
    _step("m_unit", "计量单位", 8, cell="单位"),
    _step("m_stage", "阶段", 10),
    _step("m_progress", "进度描述", 26, cell="进度描述"),
    _step("m_evidence", "佐证（件）", 8, "number", "sum"),
    _step("m_confirmer", "确认人", 10),
    _step("m_done", "是否完成", 9, total="yes", cell="是否完成"),
)  # fmt: skip
COLUMNS = {column.key: column for column in ALL}


def picked(*keys: str, **headings: str) -> tuple[Column, ...]:
    """These columns in this order, some called otherwise."""
    return tuple(COLUMNS[key].called(headings.get(key, "")) for key in keys)
