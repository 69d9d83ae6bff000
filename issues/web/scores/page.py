"""Scores of a year or a quarter unit by unit, and every point of one unit."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from issues.ground import clock
from issues.queries.ground.paging import page_asked
from issues.queries.scores import appeals, figures, points
from issues.rights.table import Right, holds
from issues.rules.scores.totals import QUARTERS, Quarter
from issues.scores.tallying import Period
from issues.web.door import asked as address
from issues.web.door.guards import actor, requires

blueprint = Blueprint("scores", __name__)


def asked() -> Period:
    """The period of the address: by itself this year, and without a quarter the whole year.

    Raises Incomplete.
    """
    return Period(address.year(), address.quarter())


@blueprint.get("/scores")
@requires(Right.SCORES)
def listed() -> str:
    period, person = asked(), actor()
    waits = appeals.waiting(person)
    return render_template(
        "scores/list.html",
        period=period,
        found=figures.figures(period, person),
        sheets=figures.sheets(period, person),
        formula=figures.FORMULA,
        tabs=_tabs(period, "scores.listed"),
        years=figures.years(clock.today().year),
        waits=waits,
        may_rule=holds(person, Right.RULE_SCORE),
        is_ahead=period.first > clock.today(),
        is_own=figures.own_unit(person) is not None,
    )


@blueprint.get("/scores/<unit>")
@requires(Right.SCORES)
def one(unit: str) -> str:
    period, person = asked(), actor()
    row = points.unit_of(unit, person)
    found = figures.figures(period, person)
    return render_template(
        "scores/one.html",
        period=period,
        unit=row,
        found=found,
        figure=next((one for one in found.units if one.code == row.code), None),
        formula=figures.FORMULA,
        tabs=_tabs(period, "scores.one", unit=row.code),
        years=figures.years(clock.today().year),
        lines=points.points(period, person, row.id, page_asked(request.args.get("page", ""))),
        link=lambda to: url_for(
            ".one", unit=row.code, year=period.year, quarter=period.quarter, page=to
        ),
    )


def _tabs(period: Period, endpoint: str, **given: Any) -> list[dict[str, object]]:
    """The whole year and its quarters; which of them are published stands beside."""
    published = figures.published_of(period.year)
    labels = {None: "全年"} | {one: f"第{one}季度" for one in QUARTERS}
    return [
        {
            "label": label,
            "url": url_for(endpoint, year=period.year, quarter=quarter, **given),
            "count": "已公布" if quarter in published else None,
            "is_current": quarter == period.quarter,
        }
        for quarter, label in labels.items()
        if quarter is None or Quarter(period.year, quarter).first <= clock.today()
    ]
