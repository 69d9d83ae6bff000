"""Distances of the phone against another formula, and the order it gives."""

import math
import random

import pytest

pytestmark = pytest.mark.browser
RADIUS = 6371008.8
ASK = """points => { const [from, ...stops] = points; return {
  far: stops.map(one => going.distance(from, one)),
  bearing: stops.map(one => going.bearing(from, one)),
  near: going.near(from, stops).map(one => one.id),
  turn: going.inTurn(from, stops).map(one => one.id) }; }"""


def vector(point):
    lon, lat = math.radians(point["lon"]), math.radians(point["lat"])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def between(one, other):
    """By the angle of two vectors, which the page does not use."""
    a, b = vector(one), vector(other)
    crossed = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return RADIUS * math.atan2(math.hypot(*crossed), sum(x * y for x, y in zip(a, b, strict=True)))


def test_distances_bearings_and_order_hold_against_another_formula(desk):
    page = desk("lin").open("/route/covert")
    chance = random.Random(35)  # noqa: S311 - no secret
    for _ in range(60):
        points = [
            {"id": n, "lon": chance.uniform(106, 108), "lat": chance.uniform(31, 32.5)}
            for n in range(12)
        ]
        points.append(points[3] | {"id": 12})
        said = page.evaluate(ASK, points)
        start, *stops = points
        far = [between(start, stop) for stop in stops]
        assert said["far"] == pytest.approx(far, rel=1e-6, abs=1e-3)
        for stop, bearing in zip(stops, said["bearing"], strict=True):
            assert (math.sin(math.radians(bearing)) >= 0) == (stop["lon"] >= start["lon"])
        assert said["near"].index(12) == said["near"].index(3) + 1
        here, left = start, list(stops)
        for number in said["turn"]:
            nearest = min(between(here, stop) for stop in left)
            here = next(stop for stop in left if stop["id"] == number)
            left.remove(here)
            assert math.isclose(0 if nearest < 1e-3 else nearest, nearest, abs_tol=1e-3)
        assert left == []
        assert said["turn"].index(3) < said["turn"].index(12)
