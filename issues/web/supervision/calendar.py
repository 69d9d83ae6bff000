"""The working-day calendar: which years are filled, from which notice, and filling one."""

from datetime import date, timedelta

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field, optional
from issues.colour.policies import unpublished, workdays
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.rights.table import Right, holds
from issues.rules.dates.workdays import SATURDAY
from issues.supervision import calendar
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires, signed_in

blueprint = Blueprint("calendar", __name__)
YEARS_AHEAD = 2
FIELDS = (
    Field(
        "year", "integer", "年份", least=calendar.FIRST_YEAR, most=calendar.LAST_YEAR,
        asks=f"年份应在{calendar.FIRST_YEAR}至{calendar.LAST_YEAR}之间",
    ),
    Field(
        "document", "text", "放假通知文号", limit=calendar.LONGEST_DOCUMENT,
        hint="如 国办发明电〔2026〕7号",
        asks=f"请填写放假通知的文号，不超过{calendar.LONGEST_DOCUMENT}字",
    ),
    optional(
        "days", "long_text", "放假和调休", limit=calendar.LARGEST_FILE,
        hint="每行一段：2027-01-01至2027-01-03 休 元旦；周末调休上班的写：2027-01-10 班 元旦",
    ),
)  # fmt: skip
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
        form=drawing.drawn(FIELDS, refusal),
        errors=refusal.errors if refusal else {},
    )


@blueprint.get("/calendar/<int:year>")
@signed_in
def marks(year: int) -> Response:
    """What a date field marks in a year: `{off, work, published}`, days as 2025-10-01.

    `off` are free days from Monday to Friday, `work` the weekend days made up for them.
    """
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        abort(404)
    known, first = workdays(), date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    odd = [day for day in days if known.is_workday(day) != (day.weekday() < SATURDAY)]
    answer = jsonify(
        off=[day.isoformat() for day in odd if day.weekday() < SATURDAY],
        work=[day.isoformat() for day in odd if day.weekday() >= SATURDAY],
        published=not known.guessed(first, days[-1]),
    )
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _lines() -> str:
    """What was typed; where a file was chosen, what stands in it."""
    file = forms.file("file")
    if file is None:
        return forms.typed(FIELDS)["days"]
    return calendar.lines_of_file(file.stream.read(calendar.LARGEST_FILE + 1))


@blueprint.post("/admin/calendar")
@requires(Right.FILL_CALENDAR)
@acting(page)
def fill() -> ResponseReturnValue:
    said = forms.read(FIELDS)
    year = said["year"]
    touched = calendar.fill_year(year, said["document"], _lines(), actor(), clock.now())
    flash(f"{year}年工作日历已录入，重算后有{touched}件事项的起算日变化", "success")
    return redirect(url_for(".page"), 303)
