"""The 发文登记簿 as a page, to be searched, sorted, printed and taken along as a workbook."""

import io
from typing import Any

from flask import Blueprint, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from issues.exchange.writing.tables import Tables
from issues.ground import clock
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.ground import names as units
from issues.queries.notices.ledger import entries as queries, series as numbers
from issues.queries.notices.ledger.entries import ASC, LedgerFilters
from issues.queries.notices.points import phrases
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX
from issues.web.notices.forms import kinds_to_find
from issues.web.papers.lines import HEADS, cells, line_of

blueprint = Blueprint("notice_ledger", __name__, url_prefix="/notices")
NAME = "发文登记簿"
WIDTHS = (24, 16, 44, 12, 18, 10, 26, 30, 24, 30)


@blueprint.get("/ledger")
@requires(Right.NOTICES)
def page() -> str:
    """Fourteen statements at most, however many lines."""
    filters, person, today = LedgerFilters.from_args(request.args), actor(), clock.today()
    found = queries.find(filters, person, today)
    told = phrases((one.notice for one in found.entries), today)
    prefixes, years = queries.numbers_of(person)
    return render_template(
        "notices/ledger/page.html",
        filters=filters,
        found=found,
        lines=[line_of(one, today, told.get(one.notice.id, "")) for one in found.entries],
        series=numbers.series(person),
        prefixes=[(one, one) for one in prefixes],
        years=[(str(one), f"{one}年") for one in years],
        units=[(unit.code, unit.name) for unit in units.names().live],
        kinds=kinds_to_find(),
        states=queries.STATES.items(),
        sorts=queries.SORTS.items(),
        link=lambda number: _link(filters, page=str(number)),
        sorted_by=lambda sort: _link(filters, sort=sort, order=_turned(filters, sort)),
        whole=_link(filters, limit=str(queries.MOST)),
        file=url_for(".xlsx", **_plain(filters)),
    )


def _link(filters: LedgerFilters, **changes: str) -> str:
    asked: dict[str, Any] = filters.to_args(**changes)
    return url_for(".page", **asked)


def _plain(filters: LedgerFilters) -> dict[str, Any]:
    return dict(filters.to_args(page="", after="", limit=""))


def _turned(filters: LedgerFilters, sort: str) -> str:
    """Pressed again a heading turns its order round."""
    return "desc" if filters.sort == sort and filters.order == ASC else ASC


@blueprint.get("/ledger.xlsx")
@requires(Right.NOTICES)
@builds_file
def xlsx() -> ResponseReturnValue:
    """All that the filter finds, with a sheet that says whether the numbers are whole."""
    filters, person, today = LedgerFilters.from_args(request.args), actor(), clock.today()
    found = queries.every(filters, person, today)
    told = phrases((one.notice for one in found), today)
    book, notes = Tables(), [f"{NAME}，截至{today}，共{len(found)}件"]
    if current_app.extensions["settings"].demo:
        notes.append(EXAMPLE_NOTE)
    book.turn_to(NAME, WIDTHS)
    for note in notes:
        book.say(note)
    book.table(HEADS, [cells(line_of(one, today, told.get(one.notice.id, ""))) for one in found])
    if whole := numbers.series(person):
        rows = [(one.prefix, one.last, one.used, len(one.void), one.sentence) for one in whole]
        book.tell("编号", [], ("编号序列", "末号", "件数", "作废", "是否连号"), rows)
    answer = send_file(
        io.BytesIO(book.bytes()), XLSX, as_attachment=True, max_age=0,
        download_name=f"{NAME}-{today}.xlsx",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
