"""The programme of a year as a workbook: a row for each target, one for a point without any."""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from issues.exchange.writing.new_workbook import Workbook
from issues.queries.supervision.points import Point, PointTarget

HEADS = {
    "序号": 6, "篇章": 16, "工作要点": 26, "编号": 16, "牵头单位": 16, "责任单位": 34, "颜色": 8,
    "交付成果": 36, "量化目标": 30, "目标值": 10, "单位": 10, "目标日": 12, "状态": 12,
    "最近读数": 10, "读数日期": 12, "数据来源": 20, "逾期事项": 30,
}  # fmt: skip
"""The heading of each column and its width."""
DAY = "yyyy-mm-dd"
Value = str | int | Decimal | date | None


def written(found: Iterable[Point], title: str, today: date, note: str) -> bytes:
    """The workbook's bytes. `note` says where the figures are an example's."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    try:
        sheet = book.add_worksheet("工作要点")
        look = {"border": 1, "text_wrap": True, "valign": "top"}
        text = book.add_format(look | {"quote_prefix": True})
        number, day = book.add_format(look), book.add_format(look | {"num_format": DAY})
        head = book.add_format(look | {"bold": True})
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
        sheet.write_string(1, 0, f"截止时间 {today}{'　' if note else ''}{note}")
        for column, (name, width) in enumerate(HEADS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, name, head)
        for row, values in enumerate(_rows(found), start=3):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, int | Decimal):
                    sheet.write_number(row, column, value, number)
                else:
                    sheet.write_string(row, column, value or "", text)
        sheet.freeze_panes(3, 3)
        sheet.repeat_rows(2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
    finally:
        book.close()
    return target.getvalue()


def _rows(found: Iterable[Point]) -> Iterator[list[Value]]:
    for point in found:
        shown = point.colouring.shown
        whose = [
            point.place, point.chapter, point.issue.title, point.issue.number,
            point.lead.short_name if point.lead else "",
            "、".join(unit.short_name for unit in point.units),
            shown.label if shown else "",
            "\n".join(
                f"{one.text}：{'已完成' if one.is_done else '未完成'}" for one in point.deliverables
            ),
        ]  # fmt: skip
        late = "\n".join(point.late)
        for target in point.targets or (None,):
            yield [*whose, *_of(target), late]


def _of(target: PointTarget | None) -> list[Value]:
    if target is None:
        return [None] * 8
    line, last = target.line, target.last
    decides = line.judged.reading
    return [
        f"{line.name}{line.held.sense.sign}{line.held.value:f}{line.unit}",
        line.held.value,
        line.unit,
        line.held.due,
        target.state.label,
        line.judged.value,
        decides.on if decides else None,
        line.source or (last.laboratory if last else "") or line.basis,
    ]
