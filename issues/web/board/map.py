"""示意图: counties and zones by colour, tickets at their places, under the register's filter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from flask import (
    Blueprint,
    current_app,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup

from auth.actor import Actor
from issues import regions
from issues.ground import clock
from issues.ground.present import present
from issues.models import MapSheet
from issues.queries.board import map as queries
from issues.queries.board.map import Area
from issues.queries.board.page import Board
from issues.queries.ground import names as units
from issues.queries.ground.remembered import moment, remembered, scope
from issues.queries.polluters.page import MOST_POINTS
from issues.queries.register.filters import Filters, values
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right, holds
from issues.supervision import maps
from issues.supervision.geojson import Shape, shapes_of
from issues.vocabulary import Colour
from issues.web.board.map_drawing import Drawing, Sheet, draw, in_gcj02, step_of
from issues.web.board.placing.views import MAP, View
from issues.web.door.guards import actor, requires
from issues.web.polluters import marks
from issues.web.register.filter_words import chips, choices
from issues.web.register.page import link

blueprint = Blueprint("map", __name__)

SHADES = {"share": "红色占比", "worst": "最差颜色"}
USUAL = "share"
"""One red among a hundred colours no county red."""


def share_told(area: Area) -> str:
    """What stands under a county's name where it is shaded by its share of red."""
    return f"红 {area.share}%" if area.tally.total else "无事项"


def counts_told(area: Area) -> str:
    """The same where it has the worst colour in it."""
    counted = " ".join(f"{colour.shape}{area.tally.of(colour)}" for colour in Colour)
    return counted if area.tally.total else "无事项"


TOLD = {"share": share_told, "worst": counts_told}
LOOKS = 6  # strokes and fills by which layers are told apart


@blueprint.get("/board/map")
@requires(Right.BOARD)
def page() -> str:
    filters = replace(
        Filters.from_args(request.args.to_dict(flat=False)), page="", after="", sort="", limit=""
    )
    shade = request.args.get("shade", "")
    shade = shade if shade in SHADES else USUAL
    hidden = frozenset(values(request.args.get("hide", "")))
    person, today = actor(), clock.today()
    kind = marks.asked(request.args.get("polluters", ""), person)
    key = ("map", moment(), scope(person), today, filters, shade, hidden, kind)
    body = remembered(key, lambda: _body(filters, shade, hidden, kind, person))
    return render_template(
        "board/map.html",
        body=body,
        on=read_day(filters.on) or today,
        may_upload=holds(person, Right.MAPS),
    )


def _body(filters: Filters, shade: str, hidden: frozenset[str], kind: str, person: Actor) -> Markup:
    """What stands under the heading."""
    today, names = clock.today(), units.names()
    areas = queries.areas(filters, person, today, names)
    places, total = queries.places(filters, person, today)
    under = ground()
    layers = {layer.key: layer.name for layer in under.layers}
    shown = [layer for layer in under.layers if layer.key not in hidden]
    here = _link(shade, hidden, kind)
    html = render_template(
        "board/_map_body.html",
        areas=areas,
        drawing=draw(
            areas,
            under.shapes,
            shown,
            places,
            marks.of(kind, filters.region, person),
            MAP,
            TOLD[shade],
        ),
        source=under.source,
        filters=filters,
        shade=shade,
        shades=SHADES,
        step_of=step_of,
        placed=len(places),
        total=total,
        chips=chips(filters, names, layers, here),
        switches=_switches(filters, shade, under.layers, hidden, kind),
        hidden=",".join(sorted(hidden)),
        choices=choices(names, layers),
        register=link,
        polluter_kind=kind,
        most_marks=MOST_POINTS,
        polluter_kinds=marks.offered(person),
    )
    return Markup(html)  # noqa: S704 - rendered by a template that escapes


def _link(shade: str, hidden: frozenset[str], kind: str) -> Callable[..., str]:
    """The address of the map under a filter."""

    def to(filters: Filters, **changes: str | int) -> str:
        asked: dict[str, Any] = filters.to_args(**changes)
        other = None if shade == USUAL else shade
        return url_for("map.page", **asked, shade=other, hide=",".join(sorted(hidden)) or None,
                       polluters=kind or None)  # fmt: skip

    return to


class Switch(NamedTuple):
    """One layer in the legend, and the address where it is drawn or is not."""

    name: str
    look: int
    is_on: bool
    url: str


def _switches(
    filters: Filters, shade: str, layers: list[Sheet], hidden: frozenset[str], kind: str
) -> list[Switch]:
    return [
        Switch(
            layer.name, layer.look, layer.key not in hidden,
            _link(shade, hidden ^ {layer.key}, kind)(filters),
        )
        for layer in layers
    ]  # fmt: skip


class Source(NamedTuple):
    """The operator's boundary, as plain words: kept figures hold no row."""

    name: str
    review_number: str


class Ground(NamedTuple):
    """What lies under the figures. `source` is None for the outlines of set-up."""

    shapes: list[Shape]
    layers: list[Sheet]
    source: Source | None


def ground() -> Ground:
    """Two statements at most."""
    sheets = maps.drawn()
    boundary = sheets[0] if sheets and sheets[0].is_boundary else None
    return Ground(
        _shapes(boundary) if boundary else installed(current_app.static_folder),
        [
            Sheet(str(row.id), row.name, place % LOOKS, _shapes(row))
            for place, row in enumerate(row for row in sheets if not row.is_boundary)
        ],
        Source(boundary.name, boundary.review_number) if boundary else None,
    )


def drawn_of(shown: Board, under: Ground, views: Sequence[View]) -> Drawing | None:
    """The map of a board's own figures, without single tickets."""
    counties = [
        Area(group.key, group.name, is_zone=False, asked={"region": group.key}, tally=group.now)
        for group in shown.regions
    ]
    zones = [
        Area(
            group.key, group.name, is_zone=True,
            asked={"unit": group.key, "role": "primary"}, tally=group.now,
        )
        for group in shown.zones
    ]  # fmt: skip
    return draw(counties + zones, under.shapes, under.layers, [], (), views, share_told)


def _shapes(row: MapSheet) -> list[Shape]:
    shapes = shapes_of(row.document)
    return shapes if row.is_gcj02 else in_gcj02(shapes)


def installed(static_folder: str | None) -> list[Shape]:
    """Those of the city; none before it is chosen. One statement."""
    folder = Path(present(static_folder, "the static folder"))
    return maps.installed(folder, city.code) if (city := regions.city()) else []
