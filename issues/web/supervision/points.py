"""The programme of a year: one line a point, with what is delivered and which targets hold."""

from io import BytesIO

from flask import Blueprint, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from issues.city.words import name as city_name
from issues.exchange.aliases import unit_names
from issues.exchange.matching.sample import PROGRAMME, sample
from issues.ground import clock
from issues.ground.numbers import whole
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.ground.paging import page_asked, page_of
from issues.queries.supervision import points as queries
from issues.queries.supervision.points import Point
from issues.rights.table import Right, holds
from issues.vocabulary import PointState
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX
from issues.web.register.page import Tab
from issues.web.supervision import points_workbook

blueprint = Blueprint("points", __name__)
LATEST = 2999
PER_PAGE = 50
ALL, LATE = "all", "late"
VIEWS = {ALL: "全部"} | {state.value: state.label for state in PointState} | {LATE: "有逾期"}


@blueprint.get("/points")
@requires(Right.VIEW)
def page() -> str:
    years = queries.years(actor())
    year = _asked(years)
    found = queries.points(actor(), year, clock.today())
    view = request.args.get("view", ALL)
    view = view if view in VIEWS else ALL
    return render_template(
        "supervision/points.html",
        year=year,
        years=[
            Tab(f"{one}年", url_for(".page", year=one), None, is_current=one == year)  # type: ignore[arg-type]
            for one in years
        ],
        views=[
            Tab(label, url_for(".page", year=year, view=name), len(_in(found, name)),
                is_current=name == view)
            for name, label in VIEWS.items()
        ],
        found=page_of(_in(found, view), page_asked(request.args.get("page", "")), PER_PAGE),
        link=lambda page: url_for(".page", year=year, view=view, page=page),
        total=len(found),
        counts=queries.counted(found),
        STATES=tuple(PointState),
        may_import=holds(actor(), Right.IMPORT),
    )  # fmt: skip


def _asked(years: list[int]) -> int:
    """The year asked for, else the latest there is a programme of, else this one."""
    known = years[0] if years else clock.today().year
    return whole(request.args.get("year", ""), 1, LATEST) or known


def _in(found: list[Point], view: str) -> list[Point]:
    if view == ALL:
        return found
    if view == LATE:
        return [point for point in found if point.late]
    return [point for point in found if PointState(view) in point.states]


@blueprint.get("/points.xlsx")
@requires(Right.VIEW)
@builds_file
def workbook() -> ResponseReturnValue:
    year, today = _asked(queries.years(actor())), clock.today()
    title = f"{city_name()}{year}年工作要点进展"
    note = EXAMPLE_NOTE if current_app.extensions["settings"].demo else ""
    found = queries.points(actor(), year, today)
    return _sent(
        points_workbook.written(found, title, today, note), f"工作要点-{year}-{today}.xlsx"
    )


@blueprint.get("/points/sample.xlsx")
@requires(Right.IMPORT)
@builds_file
def empty() -> ResponseReturnValue:
    return _sent(sample(PROGRAMME, unit_names()), "年度工作要点样表.xlsx")


def _sent(content: bytes, name: str) -> ResponseReturnValue:
    answer = send_file(BytesIO(content), XLSX, as_attachment=True, max_age=0, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
