"""The board of a day on paper: 作战图 for the office's wall."""

from io import BytesIO

from flask import Blueprint, current_app, request, send_file
from flask.typing import ResponseReturnValue

from issues.colour.policies import setting
from issues.ground import clock
from issues.notices.facts import letterhead
from issues.queries.board import page as board
from issues.queries.register.filters import SEEN
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.web.board import sheet as board_sheet
from issues.web.door.guards import actor, requires
from issues.web.door.navigation import CITY
from issues.web.door.turns import builds_file

blueprint = Blueprint("board_pdf", __name__)
PDF = "application/pdf"


@blueprint.get("/board.pdf")
@requires(Right.BOARD)
@builds_file
def page() -> ResponseReturnValue:
    """`size`: A3, or A4 of the same drawn smaller. Within what the person may see."""
    on, compare = (read_day(request.args.get(name, "")) for name in ("on", "compare"))
    size = request.args.get("size", "")
    drawn = board.board(
        actor(), clock.today(), on, compare, listed=board_sheet.MOST_LISTED,
        is_seen=request.args.get("seen", "") == SEEN,
    )  # fmt: skip
    content = board_sheet.draw(
        drawn,
        current_app.extensions["faces"](),
        board_sheet.Drawn(
            setting("city", CITY),
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
