"""The difference of two days, ticket by ticket, beside the board's counts of it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from issues.ground import clock
from issues.queries.board import page as board
from issues.queries.board.changes import difference
from issues.queries.ground.paging import page_asked
from issues.queries.register.filters import SEEN
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("differences", __name__)
AHEAD = (7, 15, 30, 60)


@blueprint.get("/board/changes")
@requires(Right.BOARD)
def page() -> str:
    """Without days: from the last round to today, as the board compares."""
    today = clock.today()
    on = read_day(request.args.get("on", "")) or today
    since = read_day(request.args.get("compare", "")) or board.compared_day(on)
    number = page_asked(request.args.get("page", ""))
    is_seen = request.args.get("seen", "") == SEEN
    kept: dict[str, Any] = {"seen": SEEN} if is_seen else {}
    found = difference(actor(), since, on, today, number, is_seen=is_seen)

    def link(to: int) -> str:
        return url_for(".page", on=on.isoformat(), compare=since.isoformat(), page=to, **kept)

    ahead = [
        (days, url_for(".page", on=today + timedelta(days=days), compare=today)) for days in AHEAD
    ]
    return render_template("board/changes.html", found=found, link=link, ahead=ahead, kept=kept)
