"""Areas against those of a geodesic library and of closed formulas, to far less than 0.1 %."""

import math

import pytest
import shapely
from hypothesis import given, settings, strategies as st

from issues.supervision.geojson import Shape
from issues.supervision.sites.areas import area_m2, in_gcj02, in_wgs84, plane_of

EXACT = 1e-6
GEODESIC = (
    (3, 0.001, 45294.310409940896), (3, 0.5, 11323475142.163458),
    (31.5, 0.001, 38813.07008962805), (31.5, 0.05, 97032665.46861824),
    (31.5, 0.5, 9703176959.569769), (45, 0.5, 8071539834.7738695),
)  # fmt: skip
"""Of a ring of 17 corners about 104°E, as GeographicLib 2.1 measures it along its edges."""


def ring(lat, size):
    turns = [step * 2 * math.pi / 17 for step in range(17)]
    return [(104 + size * math.cos(t) * 1.2, lat + size * math.sin(t)) for t in turns]


def square(west, south, wide, high):
    east, north = west + wide, south + high
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def plane(*rings):
    return plane_of(Shape("", "", list(rings), is_closed=True))


@pytest.mark.parametrize(("lat", "size", "area"), GEODESIC)
def test_an_area_is_that_of_the_geodesic_library(lat, size, area):
    assert area_m2(plane(ring(lat, size))) == pytest.approx(area, rel=EXACT)


PLACES = st.tuples(st.floats(74, 133), st.floats(4, 51), st.floats(0.0005, 2), st.floats(0.0005, 2))


@settings(max_examples=60, deadline=None)
@given(PLACES, st.floats(0.1, 0.9))
def test_parts_are_as_much_as_the_whole_and_a_hole_is_left_out(place, share):
    west, south, wide, high = place
    whole = area_m2(plane(square(*place)))
    left = area_m2(plane(square(west, south, wide * share, high)))
    right = area_m2(plane(square(west + wide * share, south, wide * (1 - share), high)))
    assert left + right == pytest.approx(whole, rel=EXACT)
    assert left == pytest.approx(whole * share, rel=EXACT)
    inner = square(west + wide / 4, south + high / 4, wide / 2, high / 2)
    hole = area_m2(plane(inner))
    assert area_m2(plane(square(*place), inner)) == pytest.approx(whole - hole, rel=EXACT)


@settings(max_examples=20, deadline=None)
@given(PLACES)
def test_there_and_back_between_the_datums_an_area_is_the_same(place):
    there = plane(square(*place[:2], 0.02, 0.02))
    assert area_m2(in_wgs84(in_gcj02(there))) == pytest.approx(area_m2(there), rel=1e-4)


def test_an_outline_that_crosses_itself_is_filled_where_it_is_within_once():
    bow = [(104, 30), (104.1, 30.1), (104.1, 30), (104, 30.1), (104, 30)]
    assert area_m2(plane(bow)) == pytest.approx(
        area_m2(plane(square(104, 30, 0.1, 0.1))) / 2, rel=1e-3
    )
    assert plane([(104, 30), (104, 30)]).is_empty
    assert isinstance(plane(bow), shapely.Geometry)
