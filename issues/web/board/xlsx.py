"""作战图 as a workbook, beside the sheet of paper: the same board, asked for in the same way."""

from io import BytesIO

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from issues.city.words import name as city_name
from issues.ground import clock
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.leads.counts import counts
from issues.rights.table import Right, holds
from issues.web.board.pdf import asked_board
from issues.web.board.sheet import title_of
from issues.web.board.workbook import written
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("board_xlsx", __name__)
MOST = 10_000


@blueprint.get("/board.xlsx")
@requires(Right.BOARD)
@builds_file
def page() -> ResponseReturnValue:
    drawn = asked_board(MOST)
    note = EXAMPLE_NOTE if current_app.extensions["settings"].demo else ""
    is_now = drawn.on == clock.today() and holds(actor(), Right.SEE_LEADS)
    leads = counts(clock.now()) if is_now else []
    content = written(drawn, title_of(city_name()), note, leads)
    answer = send_file(
        BytesIO(content), XLSX, as_attachment=True, max_age=0,
        download_name=f"作战图-{drawn.on}.xlsx",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
