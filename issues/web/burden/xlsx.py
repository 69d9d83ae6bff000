"""The page of 基层减负 as a workbook: the sums by unit, and every unit, act and month."""

import io
from collections.abc import Sequence

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue
from xlsxwriter.format import Format

from issues.exchange.writing.new_workbook import Workbook
from issues.ground import clock
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.burden import figures
from issues.queries.burden.figures import COUNTED, NOBODY, Figures
from issues.rights.table import Right
from issues.web.burden.page import unit_asked, year_asked
from issues.web.burden.words import COLUMNS, since
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("burden_xlsx", __name__)
HEADS = tuple(f"{COLUMNS[one].label}（{COLUMNS[one].unit}）" for one in COUNTED)
Row = Sequence[str | int]


@blueprint.get("/burden.xlsx")
@requires(Right.BURDEN)
@builds_file
def page() -> ResponseReturnValue:
    found = figures.figures(actor(), year_asked(), unit_asked())
    answer = send_file(
        io.BytesIO(written(found)), XLSX, as_attachment=True, max_age=0,
        download_name=f"基层减负-{found.year}.xlsx",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def written(found: Figures) -> bytes:
    target = io.BytesIO()
    whose = found.unit.name if found.unit else "各单位"
    notes = [f"{found.year}年{whose}基层减负统计，截至{clock.today()}"]
    notes += since(found.asked_since, found.returns_since)
    notes += [f"{one.label}：{one.means}" for one in COLUMNS.values()]
    if current_app.extensions["settings"].demo:
        notes.append(EXAMPLE_NOTE)
    with Workbook(target, {"in_memory": True}) as book:
        looks = (book.add_format({"border": 1, "bold": True}), book.add_format({"border": 1}))
        sums = [(one.name, *one[2:]) for one in (*found.by_unit, found.total)]
        _sheet(book, "单位", (notes, ("单位", *HEADS), sums), looks)
        _sheet(book, "单位、表、月份", ([], ("单位", "表", "月份", *HEADS), _cells(found)), looks)
    return target.getvalue()


def _cells(found: Figures) -> list[Row]:
    """The forms and the returns of one unit, act and month are two rows."""
    names = {body.code: body.name for body in found.bodies}
    return [
        (names.get(one.unit, NOBODY), one.action.label, one.month,
         *(getattr(one, what) for what in COUNTED))
        for one in sorted(found.cells, key=lambda one: (one.unit, one.action.value, one.month))
    ]  # fmt: skip


def _sheet(
    book: Workbook,
    name: str,
    told: tuple[Sequence[str], Row, Sequence[Row]],
    looks: tuple[Format, Format],
) -> None:
    sheet, (notes, heads, rows), (head, plain) = book.add_worksheet(name), told, looks
    sheet.set_column(0, len(heads), 16)
    for place, note in enumerate(notes):
        sheet.write_string(place, 0, note)
    for place, row in enumerate((heads, *rows), start=len(notes)):
        for column, cell in enumerate(row):
            look = head if place == len(notes) else plain
            if isinstance(cell, int):
                sheet.write_number(place, column, cell, look)
            else:
                sheet.write_string(place, column, cell, look)
