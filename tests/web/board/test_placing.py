"""No name of the map covers a sign or a name; a sign holds exactly the tickets it leads to."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings, strategies as st

from issues.evidence.places import wgs84_to_gcj02
from issues.queries.board.map import Area, Place
from issues.supervision.geojson import Shape
from issues.vocabulary import WORST_FIRST, Colour
from issues.web.board.map_drawing import draw
from issues.web.board.placing.signs import gathered
from issues.web.board.placing.views import MAP, THUMB, Box, around, width_of
from issues.web.polluters.marks import Mark

WEST, SOUTH, ACROSS = 106.3, 31.2, 1.5
UNITS = st.floats(0, 1, allow_nan=False)
DEEP = st.integers(1, 6)


@st.composite
def cities(draw_from):
    """Counties side by side, some too narrow for their name, zones of none, tickets anywhere."""
    cuts = sorted(draw_from(st.lists(UNITS, min_size=1, max_size=9, unique=True)))
    low = draw_from(st.floats(0.05, 2.0))
    shapes, areas = [], []
    for place, (left, right) in enumerate(pairwise([0.0, *cuts, 1.0])):
        west, east = WEST + left * ACROSS, WEST + right * ACROSS + 1e-4
        ring = [(west, SOUTH), (east, SOUTH), (east, SOUTH + low), (west, SOUTH + low)]
        code = f"5119{place:02d}"
        shapes.append(Shape(code, "", [ring], is_closed=True))
        name = "甲乙丙丁戊己"[: draw_from(DEEP)] + "县"
        areas.append(Area(code, name, is_zone=False, asked={}))
    zones = range(draw_from(st.integers(0, 5)))
    long = "经济技术开发区" * draw_from(DEEP)
    areas += [Area(f"zone{place}", long, is_zone=True, asked={}) for place in zones]
    held = draw_from(st.lists(st.tuples(UNITS, UNITS, st.sampled_from(Colour)), max_size=60))
    places = [
        Place(str(n), "事项", "", colour, WEST + x * ACROSS, SOUTH + y * low)
        for n, (x, y, colour) in enumerate(held)
    ]
    marks = [
        Mark(n, "厂", n % 3, None, *wgs84_to_gcj02(WEST + y * ACROSS, SOUTH + x * low))
        for n, (x, y, _) in enumerate(held[:12])
    ]
    return areas, shapes, places, marks


def overlapping(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)]


@given(cities())
@settings(max_examples=60, deadline=None)
def test_names_and_signs_are_apart_and_every_ticket_is_in_one_sign(city):
    areas, shapes, places, marks = city
    drawn = draw(areas, shapes, [], places, marks, MAP, lambda _area: "红 13%")
    _, _, wide, high = map(float, drawn.box.split())
    assert [seen.view.key for seen in drawn.seen] == ["desk", "phone"]
    for seen in drawn.seen:
        names = [one.box for one in seen.labels]
        signs = [one.box(seen.view.sign * seen.unit) for one in seen.clusters]
        crosses = [around(one.x, one.y, 14, 14) for one in drawn.marks]

        assert [one.name for one in seen.labels] == [one.name for one in drawn.areas], "all named"
        assert overlapping(names + signs) == []
        assert not any(name.meets(cross) for name in names for cross in crosses)
        assert overlapping([one.box(seen.view.reach * seen.unit) for one in seen.clusters]) == []
        for box in [*names, *signs]:
            assert box.left >= -1, box
            assert box.right <= wide + 1, box
            assert box.top >= -1, box
            assert box.bottom <= high + 1, box
        held = [ticket.number for one in seen.clusters for ticket in one.tickets]
        assert len(held) == len(set(held)) == len(places) - drawn.outside
        for one in seen.clusters:
            assert one.colour == min((t.colour for t in one.tickets), key=WORST_FIRST.index)
    for far in drawn.near:
        parts = [ticket.number for one in far.parts for ticket in one.tickets]
        assert sorted(parts) == sorted(ticket.number for ticket in far.tickets)
    again = draw(areas, shapes, [], places, marks, MAP, lambda _area: "红 13%")
    assert again.seen == drawn.seen, "the same each time"


@given(cities())
@settings(max_examples=20, deadline=None)
def test_a_small_picture_leaves_out_what_has_no_room_and_leads_nowhere(city):
    areas, shapes, _, _ = city
    for seen in draw(areas, shapes, [], [], (), THUMB).seen:
        assert overlapping([one.box for one in seen.labels]) == []
        if not seen.view.leads:
            assert all(one.leader is None for one in seen.labels)


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 860)), max_size=400), st.floats(5, 200))
@settings(max_examples=60, deadline=None)
def test_signs_are_apart_however_many_places_lie_together(points, reach):
    place = Place("1", "", "", Colour.RED, 0, 0)
    signs = gathered([(point, place._replace(number=str(n))) for n, point in enumerate(points)],
                     reach, 1000, 860)  # fmt: skip
    assert overlapping([one.box(reach) for one in signs]) == []
    assert sum(len(one.tickets) for one in signs) == len(points)


@pytest.mark.parametrize(("text", "least"), [("南江县", 3), ("红 13%", 3.4), ("●1 ▲2", 3.2)])
def test_words_are_told_no_narrower_than_they_are(text, least):
    assert width_of(text) >= least
