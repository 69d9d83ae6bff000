"""The big screen: the board for a command centre's wall, by session or by a pass in the address."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from auth.actor import Actor
from extensions import transaction
from issues.act_fields import Field
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.queries.board import page as board
from issues.queries.board.page import Board
from issues.queries.ground.remembered import moment, remembered, scope
from issues.rights.table import Right, holds
from issues.supervision import walls
from issues.web.board.definitions import PLACES, definitions
from issues.web.board.line_chart import chart_of
from issues.web.board.map import Source, drawn_of, ground
from issues.web.board.map_drawing import Drawing, step_of
from issues.web.board.placing.views import WALL
from issues.web.door import drawing, forms
from issues.web.door.addresses import outside
from issues.web.door.firsts import owes_something_first
from issues.web.door.guards import actor, public, requires

blueprint = Blueprint("wall", __name__)

UNITS_SHOWN = 9
USUAL = "30"
FIELDS = (
    Field(
        "place", "text", "大屏在哪里", limit=walls.LONGEST_PLACE, hint="如 市环委办指挥大厅",
        asks=f"请写明大屏在哪里，最多{walls.LONGEST_PLACE}字",
    ),
    Field(
        "days", "choice", "有效天数", asks="请选择有效天数",
        choices=tuple((str(days), f"{days} 天") for days in walls.DAYS),
    ),
)  # fmt: skip
ENDED = "这个大屏地址已经到期或已被停用，请由市环委办重新生成。"


@blueprint.get("/board/wall")
@public
def page() -> str:
    person, today = _viewer(), clock.today()
    key = ("wall", moment(), scope(person), today)
    drawn, drawing, source = remembered(key, lambda: _figures(person, today))
    return render_template(
        "board/wall.html",
        board=drawn,
        drawing=drawing,
        source=source,
        step_of=step_of,
        chart=chart_of(drawn.weeks),
        units=[group for group in drawn.units if group.now.red or group.now.yellow][:UNITS_SHOWN],
        closing_told=definitions(drawn)[0],
        places_told=PLACES,
        as_of=clock.now(),
    )


def _figures(person: Actor, today: date) -> tuple[Board, Drawing | None, Source | None]:
    """The board, and the map where there is one."""
    drawn, under = board.board(person, today), ground()
    return drawn, drawn_of(drawn, under, WALL), under.source


def _viewer() -> Actor:
    """Who looks: a pass sees the whole city, a person what is theirs."""
    secret = request.args.get("token", "")
    if secret:
        if not walls.opened_by(secret):
            raise NotAllowed(ENDED)
        return walls.VIEWER
    if not current_user.is_authenticated or owes_something_first(actor()):
        raise Unauthorized
    if not holds(actor(), Right.BOARD):
        raise NotAllowed("您没有查看看板的权限。")
    return actor()


def draw_passes(refusal: Incomplete | None = None) -> str:
    return render_template(
        "board/wall_passes.html",
        kept=walls.KEPT,
        passes=[(row, walls.is_open(row)) for row in walls.passes()],
        form=drawing.drawn(FIELDS, refusal, {"days": USUAL}),
        errors=refusal.errors if refusal else {},
    )


@blueprint.get("/admin/walls")
@requires(Right.WALLS)
def passes() -> str:
    return draw_passes()


@blueprint.post("/admin/walls")
@requires(Right.WALLS)
def make() -> ResponseReturnValue:
    """The address is shown in this answer and nowhere again: only its digest is kept."""
    try:
        with transaction():
            said = forms.read(FIELDS)
            row, secret = walls.make(
                actor(),
                said["place"],
                next(days for days in walls.DAYS if str(days) == said["days"]),
            )
    except Incomplete as refusal:
        return draw_passes(refusal), refusal.status
    return render_template(
        "board/wall_made.html",
        made=row,
        address=outside("wall.page", token=secret),
        path=url_for("wall.page", token=secret),
    )


@blueprint.post("/admin/walls/<int:pass_id>/end")
@requires(Right.WALLS)
def end(pass_id: int) -> ResponseReturnValue:
    with transaction():
        place = walls.end(actor(), pass_id).place
    flash(f"“{place}”的大屏地址已停用", "success")
    return redirect(url_for("wall.passes"), 303)
