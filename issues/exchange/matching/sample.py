"""An empty workbook in a layout: its headings, a line that says how to fill in, lists to choose."""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from issues.exchange.matching.match import Match, is_field
from issues.exchange.matching.targets import TARGETS
from issues.exchange.reading.complaints import OUTCOMES, VERDICTS
from issues.exchange.reading.unit_names import UnitName
from issues.exchange.writing.new_workbook import Workbook
from issues.vocabulary import COUNTY, ZONE, ProblemType, Source

ROWS_TO_FILL = 500
LISTS = "选项"
LEADING = 2
"""Rows over the heading: the title, and how to fill in."""
HOW = {
    "date": "日期，如2025-06-30",
    "deadline": "如2025年6月30日前、立行立改、长期坚持",
    "flag": "填“是”或“否”",
    "units": "单位名称，多个用顿号分开，主责在先",
    "unit": "单位名称",
    "decimal": "数字",
    "integer": "整数",
    "region": "县（区）名称",
    "place": "乡镇（街道）名称，可写到村",
    "names": "姓名和职务",
}
_STANDARD = """
    序号=order 编号=number 问题来源=source 行政区域=region 点位及坐标=place 问题类型=types
    存在问题=problem 整改责任/牵头单位=lead 整改责任/责任单位=units 整改责任/包案领导=sponsor
    整改责任/责任人及电话=contact 整改目标=goal 验收标准=criteria 验收单位=acceptance
    交办日期=assigned_on 整改时限=deadline 整改措施/序号=m_no 整改措施/具体措施=m_text
    整改措施/启动时间=m_start 整改措施/完成时限=m_deadline 整改措施/目标值=m_target
    整改措施/完成值=m_confirmed 整改措施/单位=m_unit_of_target 措施进展/进度描述=m_progress
    措施进展/是否完成=m_done 整改进展及销号/整改阶段=stage 整改进展及销号/是否销号=closed
    整改进展及销号/销号日期=closed_on 备注=remark
"""


def _pairs(text: str) -> dict[str, tuple[str, ...]]:
    return {key: (name,) for key, _, name in (pair.partition("=") for pair in text.split())}


STANDARD = Match("整改责任清单", _pairs(_STANDARD), heading_rows=2)
"""The product's own layout, which needs no matching."""
_POINTS = """
    序号=order 问题来源=source 来源文件及项号=source_ref 标题=title 行政区域=region 存在问题=problem
    篇章=keep 牵头单位=lead 责任单位=units 验收单位=acceptance 整改目标=goal 验收标准=criteria
    交办日期=assigned_on 整改时限=deadline 量化目标=keep 监测读数=keep
    整改措施/序号=m_no 整改措施/具体措施=m_text 整改措施/完成时限=m_deadline
    整改措施/目标值=m_target 整改措施/完成值=m_confirmed 整改措施/单位=m_unit_of_target
    措施进展/进度描述=m_progress 措施进展/是否完成=m_done 整改阶段=stage 是否销号=closed
"""
PROGRAMME = Match(
    "年度工作要点", _pairs(_POINTS), sheet="工作要点", heading_rows=2,
)  # fmt: skip
"""The same for a year's programme of work: a ticket a point, with chapter and targets."""


def sample(match: Match, units: Sequence[UnitName]) -> bytes:
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    try:
        sheet = book.add_worksheet(match.sheet[:31] or "台账")
        pen = _Pen(sheet, book.add_worksheet(LISTS), match, units)
        pen.write(
            book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True,
                             "valign": "vcenter"}),
            book.add_format({"font_color": "#555555", "text_wrap": True, "valign": "top"}),
        )  # fmt: skip
    finally:
        book.close()
    return target.getvalue()


class _Pen:
    def __init__(
        self, sheet: Worksheet, lists: Worksheet, match: Match, units: Sequence[UnitName]
    ) -> None:
        self.sheet, self.lists, self.match = sheet, lists, match
        self.words = _words(units)
        self.columns = [(key.partition("#")[0].split("/"), fields)
                        for key, fields in match.columns.items()]  # fmt: skip
        lists.hide()

    def write(self, title: Format, heading: Format, how: Format) -> None:
        self.sheet.write_string(0, 0, self.match.name, title)
        for place, (path, fields) in enumerate(self.columns):
            self.sheet.set_column(place, place, 16)
            self.sheet.write_string(1, place, _how(fields), how)
            self._head(place, path, heading)
            self._offer(place, fields)
        self._group(heading)
        self.sheet.freeze_panes(LEADING + self.match.heading_rows, 0)

    def _head(self, place: int, path: list[str], form: Format) -> None:
        depth = self.match.heading_rows
        path = path[:depth] if path[0] != "" else [""]
        for row, text in enumerate(path):
            self.sheet.write_string(LEADING + row, place, text, form)
        if len(path) == 1 and depth > 1:
            self.sheet.merge_range(LEADING, place, LEADING + depth - 1, place, path[0], form)

    def _group(self, form: Format) -> None:
        """One cell over the columns of a group that stand side by side."""
        start = 0
        for place in range(1, len(self.columns) + 1):
            above = self.columns[start][0]
            is_same = place < len(self.columns) and self.columns[place][0][0] == above[0]
            if is_same and len(above) > 1 and len(self.columns[place][0]) > 1:
                continue
            if place - start > 1:
                self.sheet.merge_range(LEADING, start, LEADING, place - 1, above[0], form)
            start = place

    def _offer(self, place: int, fields: tuple[str, ...]) -> None:
        """A list to choose from; what may hold several words takes others too."""
        words = self.words.get(_kind(fields), [])
        if not words:
            return
        for row, word in enumerate(words):
            self.lists.write_string(row, place, word)
        letters = xlsxwriter.utility.xl_col_to_name(place)
        first = LEADING + self.match.heading_rows + self.match.rows_between
        self.sheet.data_validation(
            first, place, first + ROWS_TO_FILL, place,
            {"validate": "list", "source": f"={LISTS}!${letters}$1:${letters}${len(words)}",
             "show_error": False},
        )  # fmt: skip


def _words(units: Sequence[UnitName]) -> dict[str, list[str]]:
    names = [unit.short_name for unit in units]
    return {
        "source": [word.label for word in Source],
        "types": [word.label for word in ProblemType],
        "region": [unit.short_name for unit in units if unit.kind in {COUNTY, ZONE}],
        "verified": list(VERDICTS),
        "outcome": list(OUTCOMES),
        "flag": ["是", "否"],
        "units": names,
        "unit": names,
    }


def _kind(fields: tuple[str, ...]) -> str:
    """The list of a column: that of its field by name, or by kind."""
    name = fields[0]
    if name in {"source", "types", "region", "verified", "outcome"}:
        return name
    return TARGETS[name].kind if is_field(fields) else ""


def _how(fields: tuple[str, ...]) -> str:
    if not is_field(fields):
        return ""
    return HOW.get(TARGETS[fields[0]].kind, TARGETS[fields[0]].label)
