"""The board of a day on paper: 作战图 for the office's wall."""

from io import BytesIO

from flask import Blueprint, current_app, request, send_file
from flask.typing import ResponseReturnValue

from issues.city.words import name as city_name
from issues.ground import clock
from issues.notices.facts import letterhead
from issues.queries.board import page as board
from issues.queries.register.filters import SEEN
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.web.board import sheet as board_sheet
from issues.web.board.page import read_within
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("board_pdf", __name__)
PDF = "application/pdf"


def asked_board(listed: int) -> board.Board:
    """The board that the address asks for, with so many of each list."""
    on, compare = (read_day(request.args.get(name, "")) for name in ("on", "compare"))
    return board.board(
        actor(), clock.today(), on, compare, read_within(request.args.get("within", "")),
        listed=listed,
        is_seen=request.args.get("seen", "") == SEEN,
    )  # fmt: skip


@blueprint.get("/board.pdf")
@requires(Right.BOARD)
@builds_file
def page() -> ResponseReturnValue:
    """`size`: A3, or A4 of the same drawn smaller. Within what the person may see."""
    size = request.args.get("size", "")
    drawn = asked_board(board_sheet.MOST_LISTED)
    content = board_sheet.draw(
        drawn,
        current_app.extensions["faces"](),
        board_sheet.Drawn(
            city_name(),
            letterhead.office(),
            clock.now(),
            current_app.extensions["settings"].demo,
        ),
        size if size in board_sheet.SCALES else "A3",
    )
    answer = send_file(
        BytesIO(content), mimetype=PDF, max_age=0, download_name=f"board-{drawn.on}.pdf"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
