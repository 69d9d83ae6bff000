"""The board: what leadership reads. Every number is a link to exactly its tickets."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from auth.actor import Actor
from issues.ground import clock
from issues.ground.numbers import whole
from issues.queries.board import page as board
from issues.queries.complaints.figures import HEADS as LETTER_HEADS, total
from issues.queries.ground.remembered import moment, remembered, scope, tag
from issues.queries.keepers.unkept import UNKEPT, unkept
from issues.queries.leads import counts as of_leads
from issues.queries.polluters.page import MANY, repeated
from issues.queries.register.filters import SEEN
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right, holds
from issues.vocabulary import LeadState
from issues.web.board.definitions import definitions
from issues.web.board.figures import ORDERS, Linked
from issues.web.board.map import drawn_of, ground
from issues.web.board.map_drawing import step_of, thinned
from issues.web.board.placing.views import THUMB
from issues.web.door.guards import actor, requires
from issues.web.door.navigation import frame
from issues.web.register.page import link

blueprint = Blueprint("board", __name__)

WITHINS = (7, 15, 30, 60, 90)
KEPT = ("on", "compare", "within", "seen")


@blueprint.get("/board")
@requires(Right.BOARD)
def page() -> ResponseReturnValue:
    """Drawn anew only where something it shows has changed since the browser was sent it."""
    person, today = actor(), clock.today()
    on, compare = (read_day(request.args.get(name, "")) for name in ("on", "compare"))
    within = read_within(request.args.get("within", ""))
    by = request.args.get("by", "")
    by = by if by in ORDERS else "red"
    is_seen = request.args.get("seen", "") == SEEN
    mark = moment()
    late = of_leads.late(clock.now()) if holds(person, Right.SEE_LEADS) else None
    etag = tag(person, mark, today, on, compare, within, by, is_seen, late, frame()["nav"])
    if request.if_none_match.contains_weak(etag) and "_flashes" not in session:
        answer = make_response("", HTTPStatus.NOT_MODIFIED)
    else:
        answer = make_response(
            _drawn(person, today, mark, on, compare, within, by, is_seen=is_seen, late=late)
        )
    answer.set_etag(etag, weak=True)
    return answer


def _drawn(
    person: Actor, today: date, mark: tuple, on: date | None, compare: date | None, within: int,
    by: str, *, is_seen: bool, late: int | None,
) -> str:  # fmt: skip
    key = ("board", mark, scope(person), today, on, compare, within, by, is_seen, late)

    def draw() -> tuple[Markup, Markup]:
        drawn = board.board(person, today, on, compare, within, is_seen=is_seen)
        under = ground()
        small = under._replace(shapes=thinned(under.shapes), layers=[])
        kept = {"seen": SEEN} if is_seen else {}
        html = render_template(
            "board/_figures.html",
            board=drawn,
            linked=Linked(drawn, today, by),
            definitions=definitions(drawn),
            changes=compare is not None,
            drawing=drawn_of(drawn, small, THUMB),
            source=under.source,
            step_of=step_of,
            register=link,
            ordered=_orders(by),
            kept=kept,
            **_beside(person, drawn, today, late),
        )
        head = render_template(
            "board/_head.html",
            board=drawn,
            withins=WITHINS,
            asked_compare=compare,
            kept=kept,
            map_asked=_map_asked(drawn, kept, today),
            switched=_switched(is_seen=is_seen),
        )
        return _tight(head), _tight(html)

    head, figures = remembered(key, draw)
    return render_template("board/page.html", head=head, figures=figures)


def _beside(person: Actor, drawn: board.Board, today: date, late: int | None) -> dict[str, Any]:
    """Of letters, leads, keepers, pollution sources; of all but the last only what is today."""
    is_today = drawn.on == today
    return {
        "letters": total(person) if is_today else None,
        "letter_heads": LETTER_HEADS,
        "repeated": repeated(person, drawn.on),
        "many": MANY,
        "unkept": unkept(person, today) if is_today else 0,
        "unkept_asked": UNKEPT,
        "may_keep": holds(person, Right.SET_KEEPERS),
        "counted": of_leads.counts(clock.now()) if is_today and late is not None else [],
        "states": tuple(LeadState),
    }


def _tight(html: str) -> Markup:
    """Half of it is indentation, and it is sent again and again."""
    lines = filter(None, map(str.strip, html.splitlines()))
    return Markup("\n".join(lines))  # noqa: S704 - rendered by a template that escapes


def _switched(*, is_seen: bool) -> str:
    """The same page with past days as the register held them, or with what was back-filled."""
    asked = {name: request.args.get(name, "") for name in (*KEPT, "by") if name != "seen"}
    kept: dict[str, Any] = {name: raw for name, raw in asked.items() if raw}
    return url_for("board.page", **(kept if is_seen else kept | {"seen": SEEN}))


def _map_asked(drawn: board.Board, kept: dict[str, Any], today: date) -> dict[str, Any]:
    """The map of the same day, its tickets counted as here."""
    day = {} if drawn.on == today else {"on": drawn.on}
    return day | ({"counted": SEEN} if drawn.is_once else {}) | kept


def _orders(by: str) -> dict[str, tuple[str, bool]]:
    """For each order of the units its address, the rest of the page as it is, and if it is on."""
    kept: dict[str, Any] = {name: raw for name in KEPT if (raw := request.args.get(name, ""))}
    return {
        order: (
            url_for("board.page", **kept, by=None if order == "red" else order),
            order == by,
        )
        for order in ORDERS
    }


def read_within(raw: str) -> int:
    """The days asked for, or the usual thirty."""
    return whole(raw, 1, board.FARTHEST) or board.WITHIN
