"""A profile: what goes out for one reader. Those every city needs, and the office's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from issues.exchange.writing.profiles.columns import COLUMNS, COMPLAINT_GROUP, Column, picked
from issues.exchange.writing.responsibility_list import TITLE
from issues.models import ExportProfile
from issues.rights.words import Right
from issues.vocabulary import COMPLAINT_SOURCES

Lines = Literal["tickets", "units"]
PAPERS = {"A3": 8, "A4": 9}
"""Sizes of paper by the number a workbook keeps them under."""
SORTS = {
    "number": "编号", "urgency": "轻重缓急", "colour": "颜色", "deadline": "时限", "unit": "单位",
    "status": "状态", "title": "标题",
}  # fmt: skip
"""The orders of the register that a profile may ask for."""
GROUPS = {"source": "问题来源", "region": "行政区域", "unit": "主责单位"}
"""What lines may be put together by, each lot with a line of its own sums."""
BY_UNIT: Lines = "units"
TICKETS: Lines = "tickets"


@dataclass(frozen=True, slots=True)
class Profile:
    """What goes out, for who holds `right`.

    Columns of measures make a line for each measure. `asked` is a filter of the register, which
    what a person asks beside it narrows. `title` comes behind the city's name. The texts of an
    `is_public` one name no person. `lines` of units are one for each primary unit, with the
    tickets in red and yellow behind.
    """

    name: str
    label: str
    title: str
    columns: tuple[Column, ...]
    paper: str = "A3"
    sort: str = "number"
    group: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    lines: Lines = TICKETS
    right: Right = Right.VIEW
    has_totals: bool = True
    is_public: bool = False
    is_csv: bool = False
    own_id: int | None = None

    @property
    def ending(self) -> str:
        return "csv" if self.is_csv else "xlsx"


_UNLISTED = {"title", "measures", "measures_done", "plan"}
_MEASURES = [key for key, column in COLUMNS.items() if column.of_measure]
_LIST = [
    key for key, column in COLUMNS.items()
    if not column.of_measure and column.group != COMPLAINT_GROUP and key not in _UNLISTED
]  # fmt: skip
"""The list's own columns: complaints have a paper of theirs."""
_CUT = _LIST.index("assigned_on") + 1
READY: tuple[Profile, ...] = (
    Profile(
        "list", "责任清单", TITLE, picked(*_LIST[:_CUT], *_MEASURES, *_LIST[_CUT:]),
    ),
    Profile(
        "dispatch", "省调度表", "突出生态环境问题整改情况调度表",
        picked(
            "order", "number", "source", "source_ref", "case_number", "problem", "region",
            "primary", "lead", "supporting", "deadline_text", "deadline", "status", "colour",
            "rules", "since", "measures", "measures_done", "progress", "extensions", "notices",
            "closed", "closed_on", "remark", progress="整改进展情况",
        ),
        group="source",
    ),
    Profile(
        "bulletin", "通报附表", "突出生态环境问题整改“红黄绿”督办情况表",
        picked(
            "order", "colour", "number", "source", "problem", "region", "primary", "rules",
            "since", "deadline", "status", "yellow_cards", "red_cards", "notices",
        ),
        paper="A4", sort="colour", lines=BY_UNIT, right=Right.BOARD,
    ),
    Profile(
        "complaints", "信访公开表", "群众信访举报件办理情况公开表",
        picked(
            "order", "case_number", "starred", "problem", "region", "types", "findings", "verified",
            "plan", "outcome", "ordered", "penalised", "fine", "investigated", "detained",
            "summoned", "held_to_account", "status", "colour", "closed_on",
            problem="交办问题基本情况", types="污染类型", plan="处理和整改情况",
        ),
        asked={"source": ",".join(sorted(one.value for one in COMPLAINT_SOURCES))},
        is_public=True,
    ),
    Profile(
        "flat", "平面数据（CSV）", "突出生态环境问题整改数据",
        picked(*(key for key in COLUMNS if not COLUMNS[key].of_measure)), is_csv=True,
    ),
)  # fmt: skip
BY_NAME = {profile.name: profile for profile in READY}


def profile_of(row: ExportProfile) -> Profile:
    """The office's own, as far as its columns are still known."""
    said: Mapping[str, Any] = row.document
    columns = tuple(
        COLUMNS[one["key"]].called(one["heading"])
        for one in said["columns"]
        if one["key"] in COLUMNS
    )
    return Profile(
        row.name, row.name, row.title, columns, said["paper"], said["sort"], said["group"],
        said["asked"], right=Right.VIEW if row.is_shared else Right.EXPORT_PROFILES,
        has_totals=said["has_totals"], own_id=row.id,
    )  # fmt: skip
