"""The working-day calendar: which years are filled, from which notice, and filling one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.colour.policies import unpublished, workdays
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Refusal
from issues.rights.table import Right, holds
from issues.supervision import calendar
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("calendar", __name__)
YEARS_AHEAD = 2
blueprint.add_app_template_global(unpublished, "unpublished")


@blueprint.get("/admin/calendar")
@requires(Right.CALENDAR)
def page(refusal: Refusal | None = None) -> str:
    today = clock.today()
    known = workdays()
    filled = calendar.years()
    return render_template(
        "supervision/calendar.html",
        filled=[(year, calendar.days_of(year.year)) for year in filled],
        open_years=[
            year
            for year in range(today.year, today.year + YEARS_AHEAD)
            if known.guessed(
                today.replace(year=year, month=1, day=1), today.replace(year=year, month=12, day=31)
            )
        ],
        may_fill=holds(actor(), Right.FILL_CALENDAR),
        said=request.form if refusal else {},
        errors=refusal.errors if refusal else {},
    )


def _lines() -> str:
    """What was typed; where a file was chosen, what stands in it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return request.form.get("days", "")
    return calendar.lines_of_file(file.stream.read(calendar.LARGEST_FILE + 1))


@blueprint.post("/admin/calendar")
@requires(Right.FILL_CALENDAR)
@acting(page)
def fill() -> ResponseReturnValue:
    year = whole(request.form.get("year", ""), 0, LARGEST_ID) or 0
    touched = calendar.fill_year(
        year,
        request.form.get("document", ""),
        _lines(),
        actor(),
        clock.now(),
    )
    flash(f"{year}年工作日历已录入,重算后有{touched}件事项的起算日变化", "success")
    return redirect(url_for(".page"), 303)
