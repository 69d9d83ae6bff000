"""A unit's score sheet: what would be signed and whether the record bears it out, the paper."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.queries.scores import points
from issues.rights.table import Right, holds
from issues.scores.sheets import gathering, signing
from issues.scores.tallying import Period
from issues.web.account.proof import proven
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.notices.pdf import pdf_answer, press
from issues.web.scores.page import asked

blueprint = Blueprint("score_sheets", __name__)


def period_asked() -> Period:
    """The quarter of the address; without one the last that was published. Raises NotFound."""
    told = asked()
    period = told if told.quarter is not None else gathering.latest()
    if period is None:
        raise NotFound
    return period


@blueprint.get("/scores/<unit>/sheet")
@requires(Right.SCORES)
def one(unit: str, refusal: Refusal | None = None) -> str:
    """Of a published quarter alone."""
    period, person = period_asked(), actor()
    row = points.unit_of(unit, person)
    sheet, signs = signing.of(row.id, period), holds(person, Right.PUBLISH_SCORES)
    if sheet is None and not signs:  # what is ready to be signed has looked for it
        gathering.quarter_of_sheet(period)
    found = signing.ready(row, period, person, press()) if sheet is None and signs else None
    return render_template(
        "scores/sheet.html",
        unit=row,
        period=period,
        sheet=sheet,
        found=found,
        signs=signs,
        refusal=refusal,
    )


@blueprint.get("/scores/<unit>/sheet.pdf")
@requires(Right.SCORES)
@builds_file
def pdf(unit: str) -> ResponseReturnValue:
    """The signed paper; before, for who signs it, a draft that says on each page that it is one."""
    period, person = period_asked(), actor()
    row = points.unit_of(unit, person)
    sheet = signing.of(row.id, period)
    if sheet is not None:
        return pdf_answer(signing.frozen(sheet, press()), sheet.number)
    if not holds(person, Right.PUBLISH_SCORES):
        raise NotFound
    name = f"草稿-{row.short_name}{period.label}考核得分单"
    return pdf_answer(signing.preview(row, period, person, press()), name)


@blueprint.post("/scores/<unit>/sheet")
@requires(Right.PUBLISH_SCORES)
@proven
@acting(one)
def sign(unit: str) -> ResponseReturnValue:
    period = period_asked()
    row = points.unit_of(unit, actor())
    sheet = signing.sign(row, period, actor(), clock.now(), press())
    flash(f"{sheet.number}已签发。", "success")
    here = url_for(".one", unit=row.code, year=period.year, quarter=period.quarter)
    return redirect(here, 303)
