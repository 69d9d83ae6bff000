"""今日路线: the tickets an inspector may go to, near ones first, and those chosen for the day."""

from typing import NamedTuple

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from auth.actor import Actor
from issues import personal
from issues.evidence.places import wgs84_to_gcj02
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.ground.secrecy import sealing
from issues.onsite.where import where
from issues.queries.board.map import Area
from issues.queries.ground import names as units
from issues.queries.supervision import route
from issues.supervision.geojson import Shape
from issues.vocabulary import Action
from issues.web.board.map import ground
from issues.web.board.map_drawing import Drawing, draw
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires, signed_in

blueprint = Blueprint("route", __name__)

KEY = "route"
MOST_CHOSEN = 30
NEARBY = 0.01
"""Degrees: between two points so near, the map's datum is off by the same."""
PLACE_WRONG = "经度应在±180度之间，纬度应在±90度之间"


class Sketch(NamedTuple):
    """The counties' outlines, and how a point in WGS-84 is put on them near the city's middle."""

    drawing: Drawing
    lon: float
    lat: float
    x: float
    y: float
    across: float
    down: float


def chosen_of(person: Actor) -> list[str]:
    """The numbers chosen for today, in the order they were listed; those of another day are over.

    What a person likes is no record.
    """
    held = personal.chosen(person, KEY, None)
    if not isinstance(held, dict) or held.get("on") != clock.today().isoformat():
        return []
    return [str(number) for number in held.get("numbers", [])]


@blueprint.get("/route")
@requires(Action.RECORD_SITE_CHECK)
def page(refusal: Refusal | None = None) -> str:
    person, names = actor(), units.names()
    region = request.args.get("region", "")
    region = region if names.knows_region(region) else ""
    chosen = chosen_of(person) if refusal is None else forms.marked("number")
    found = route.stops(person, clock.today(), names, region, chosen)
    return render_template(
        "onsite/route.html",
        stops=found,
        chosen=chosen,
        regions=names.regions,
        region=region,
        sketch=sketch(),
        most=route.MOST,
        kept=kept_pages(found, chosen),
        errors=refusal.errors if refusal else {},
    )


def kept_pages(found: route.Stops, chosen: list[str]) -> list[str]:
    """What the phone keeps for the day: this page, the form of a note, checks of the chosen."""
    checks = [
        url_for("spot_check.form", number=one.number)
        for one in found.listed
        if one.may_check and one.number in chosen
    ]
    return [url_for(".page"), url_for("spot.form"), url_for(".waiting"), *checks]


@blueprint.post("/route/chosen")
@requires(Action.RECORD_SITE_CHECK)
@acting(lambda refusal, **_: page(refusal=refusal))
def choose() -> ResponseReturnValue:
    """Those ticked are the route of today; none ticked is none."""
    numbers = list(dict.fromkeys(forms.marked("number")))
    if len(numbers) > MOST_CHOSEN:
        raise Incomplete({"number": [f"一天最多勾选{MOST_CHOSEN}件，现有{len(numbers)}件"]})
    seen = {one.number for one in route.stops(
        actor(), clock.today(), units.names(), numbers=numbers).listed}  # fmt: skip
    kept = [number for number in numbers if number in seen]
    personal.choose(actor(), KEY, {"on": clock.today().isoformat(), "numbers": kept})
    flash(f"今日路线已存，共{len(kept)}件。" if kept else "今日路线已清空。", "success")
    return redirect(url_for("route.page"), 303)


@blueprint.get("/route/waiting")
@requires(Action.RECORD_SITE_CHECK)
def waiting() -> str:
    """What stands on this phone and is not sent: the page is filled by the phone itself."""
    return render_template("onsite/waiting.html")


@blueprint.get("/route/state")
@requires(Action.RECORD_SITE_CHECK)
def state() -> ResponseReturnValue:
    """For the phone: who is signed in, a fresh token for a form, what its key is made of."""
    person = actor()
    return jsonify(
        person=str(person.id),
        token=generate_csrf(),
        now=clock.now().isoformat(),
        secrets=sealing.secrets_of(f"account {person.id}"),
    )


@blueprint.get("/route/where")
@signed_in
def place() -> ResponseReturnValue:
    """A point on the counties' outlines, and what is odd about it, as a part of a page."""
    lon, lat = _degrees("lon", 180), _degrees("lat", 90)
    if lon is None or lat is None:
        raise Incomplete({"lon": [PLACE_WRONG]})
    counties, shapes = _counties(), ground().shapes
    found = where(lon, lat, counties, shapes, request.args.get("region", ""))
    drawing = _drawing(counties, shapes)
    x, y = drawing.put(wgs84_to_gcj02(lon, lat)) if drawing else (0.0, 0.0)
    return render_template("onsite/_where.html", where=found, drawing=drawing, x=x, y=y)


def _degrees(name: str, most: int) -> float | None:
    try:
        value = float(request.args.get(name, ""))
    except ValueError:
        return None
    return value if abs(value) <= most else None


def _counties() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in units.names().counties]


def _drawing(counties: list[tuple[str, str]], shapes: list[Shape]) -> Drawing | None:
    areas = [Area(code, name, is_zone=False, asked={}) for code, name in counties]
    return draw(areas, shapes, [], [])


def sketch() -> Sketch | None:
    """None where no outline is known."""
    counties, shapes = _counties(), ground().shapes
    drawing = _drawing(counties, shapes)
    if drawing is None:
        return None
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    lon = sum(x for x, _ in points) / len(points)
    lat = sum(y for _, y in points) / len(points)
    x, y = drawing.put(wgs84_to_gcj02(lon, lat))
    right, _ = drawing.put(wgs84_to_gcj02(lon + NEARBY, lat))
    _, low = drawing.put(wgs84_to_gcj02(lon, lat + NEARBY))
    return Sketch(drawing, lon, lat, x, y, (right - x) / NEARBY, (low - y) / NEARBY)
