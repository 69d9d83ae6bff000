"""The page of 基层减负 as a workbook: the sums by unit, and every unit, act and month."""

import io

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from issues.burden.forms import FORMS
from issues.exchange.writing.tables import Cells, Tables
from issues.ground import clock
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.burden import figures
from issues.queries.burden.figures import COUNTED, NOBODY, Figures
from issues.rights.table import Right
from issues.web.burden.page import unit_asked
from issues.web.burden.words import COLUMNS, since
from issues.web.door import asked
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("burden_xlsx", __name__)
HEADS = tuple(f"{COLUMNS[one].label}（{COLUMNS[one].unit}）" for one in COUNTED)


@blueprint.get("/burden.xlsx")
@requires(Right.BURDEN)
@builds_file
def page() -> ResponseReturnValue:
    found = figures.figures(actor(), asked.year(), unit_asked())
    answer = send_file(
        io.BytesIO(written(found)), XLSX, as_attachment=True, max_age=0,
        download_name=f"基层减负-{found.year}.xlsx",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def written(found: Figures) -> bytes:
    whose = found.unit.name if found.unit else "各单位"
    notes = [f"{found.year}年{whose}基层减负统计，截至{clock.today()}"]
    notes += since(found.asked_since, found.returns_since)
    notes += [f"{one.label}：{one.means}" for one in COLUMNS.values()]
    if current_app.extensions["settings"].demo:
        notes.append(EXAMPLE_NOTE)
    book = Tables()
    sums = [(one.name, *one[2:]) for one in (*found.by_unit, found.total)]
    book.tell("单位", notes, ("单位", *HEADS), sums)
    book.tell("单位、表、月份", [], ("单位", "表", "月份", *HEADS), _cells(found))
    return book.bytes()


def _cells(found: Figures) -> list[Cells]:
    """The forms and the returns of one unit, act and month are two rows."""
    names = {body.code: body.name for body in found.bodies}
    return [
        (names.get(one.unit, NOBODY), one.kind.label, one.month,
         *(getattr(one, what) for what in COUNTED))
        for one in sorted(found.cells, key=lambda one: (one.unit, FORMS.index(one.kind), one.month))
    ]  # fmt: skip
