"""Two datums and a distance."""

import math

import pytest
from hypothesis import given, strategies as st

from issues.evidence.places import distance_m, gcj02_to_wgs84, wgs84_to_gcj02

LON, LAT = st.floats(73.5, 135), st.floats(18, 53.5)
BAZHOU = (106.7537, 31.8588)


def test_the_published_shift_of_a_known_point():
    """Tiananmen as the open eviltransform test table has it."""
    lon, lat = wgs84_to_gcj02(121.5, 31.2)
    assert 400 < distance_m(121.5, 31.2, lon, lat) < 600
    assert (lon, lat) == pytest.approx((121.504542, 31.198044), abs=2e-4)


def test_in_bazhong_the_two_datums_are_hundreds_of_metres_apart():
    assert 300 < distance_m(*BAZHOU, *wgs84_to_gcj02(*BAZHOU)) < 700


@given(LON, LAT)
def test_there_and_back_is_the_same_place(lon, lat):
    assert distance_m(lon, lat, *gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat))) < 0.001


@given(st.floats(-180, 60), st.floats(-90, 90))
def test_outside_china_there_is_no_shift(lon, lat):
    assert wgs84_to_gcj02(lon, lat) == (lon, lat) == gcj02_to_wgs84(lon, lat)


def test_a_degree_of_latitude_is_111_km():
    assert distance_m(106, 31, 106, 32) == pytest.approx(111_195, abs=1)


def test_a_degree_of_longitude_shrinks_with_latitude():
    expected = 111_195 * math.cos(math.radians(60))
    assert distance_m(106, 60, 107, 60) == pytest.approx(expected, rel=1e-3)


@given(LON, LAT, LON, LAT)
def test_distance_is_the_same_both_ways_and_never_negative(lon, lat, other_lon, other_lat):
    there = distance_m(lon, lat, other_lon, other_lat)
    assert there == pytest.approx(distance_m(other_lon, other_lat, lon, lat))
    assert there >= 0
    assert distance_m(lon, lat, lon, lat) == 0
