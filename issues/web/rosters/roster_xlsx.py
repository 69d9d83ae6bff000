"""Workbooks of units and people that are given out: the empty sample, one's own with its errors."""

import io

from flask import Blueprint, Response, current_app, send_file

from issues.exchange import uploads
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground.refusals import Incomplete
from issues.queries.admin import accounts, rosters
from issues.rights.table import Right
from issues.rosters import kept
from issues.rosters.outcome import Outcome
from issues.rosters.samples import sample
from issues.vocabulary import RosterKind
from issues.web.door.guards import requires
from issues.web.door.turns import builds_file

UNITS, PEOPLE = RosterKind.UNITS, RosterKind.PEOPLE
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
blueprint = Blueprint("roster_files", __name__, url_prefix="/admin")


@blueprint.get("/units/import/sample.xlsx")
@requires(Right.UNITS)
def units_sample() -> Response:
    return sent(sample(UNITS, {"region": rosters.region_names()}), "单位样表")


@blueprint.get("/accounts/import/sample.xlsx")
@requires(Right.ACCOUNTS)
def people_sample() -> Response:
    names = [name for _, name in accounts.unit_choices()]
    return sent(sample(PEOPLE, {"unit": names}), "人员样表")


@blueprint.get("/units/import/<int:units_id>/errors.xlsx")
@requires(Right.UNITS)
@builds_file
def marked_units(units_id: int) -> Response:
    return marked_of(UNITS, units_id)


@blueprint.get("/accounts/import/<int:people_id>/errors.xlsx")
@requires(Right.ACCOUNTS)
@builds_file
def marked_people(people_id: int) -> Response:
    return marked_of(PEOPLE, people_id)


def marked_of(kind: RosterKind, roster_id: int) -> Response:
    """The person's own workbook with its bad cells red and commented."""
    row = kept.load(kind, roster_id)
    content = uploads.content(current_app.extensions["evidence"], row.sha256)
    outcome = Outcome.of(row.report)
    try:
        bytes_ = mark_errors(content, outcome.errors, outcome.sheet)
    except UnreadableWorkbook as wrong:
        raise Incomplete({}, wrong.sentence) from None
    return sent(bytes_, f"{row.name.removesuffix('.xlsx')}-标错")


def sent(content: bytes, name: str) -> Response:
    return send_file(io.BytesIO(content), XLSX, as_attachment=True, download_name=f"{name}.xlsx")
