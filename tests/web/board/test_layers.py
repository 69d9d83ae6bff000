"""The operator's layers: laid over the map, kept beside each ticket, asked for in the register."""

import io
import json

import pytest
from sqlalchemy import select

from extensions import db
from issues.models import Event, IssueLayer, MapSheet
from issues.supervision.geojson import Shape
from issues.supervision.layers import holds
from issues.vocabulary import Action, Status
from issues.web.board import map as web

SQUARE = [[106.5, 31.7], [106.9, 31.7], [106.9, 32.0], [106.5, 32.0], [106.5, 31.7]]
HOLE = [[106.65, 31.75], [106.75, 31.75], [106.75, 31.85], [106.65, 31.85], [106.65, 31.75]]
EDGE = 106.9
"""Between WGS-84 and GCJ-02 a point here moves some 600 m to the east."""


def geojson(*rings, name="示例红线一区", kind="Polygon"):
    held = rings[0] if kind == "LineString" else list(rings)
    geometry = {"type": kind, "coordinates": held}
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def lay(browser, content, expect=200, person="sun", **said):
    form = {"kind": "layer", "name": "生态保护红线（示例）", "datum": "wgs84"} | said
    visitor = browser.as_(person)
    return visitor.send(
        "/admin/maps", expect, file=(io.BytesIO(content), "layer.geojson"), **visitor.bare(form)
    )


def kept():
    return {(row.issue_id, row.name) for row in db.session.scalars(select(IssueLayer))}


@pytest.fixture
def inside(make_issue):
    return make_issue(title="红线内的事项", lon=106.7, lat=31.8)


@pytest.fixture
def outside(make_issue):
    return make_issue(title="红线外的事项", lon=107.4, lat=31.8)


def test_an_outline_with_a_hole_holds_what_is_between():
    shape = Shape("", "", [[tuple(p) for p in SQUARE], [tuple(p) for p in HOLE]], is_closed=True)

    assert holds(shape, (106.6, 31.8))
    assert not holds(shape, (106.7, 31.8))
    assert not holds(shape, (107.0, 31.8))
    assert not holds(shape._replace(is_closed=False), (106.6, 31.8))


@pytest.mark.both
def test_a_new_layer_is_kept_beside_every_ticket_it_holds(inside, outside, browser):
    page = lay(browser, geojson(SQUARE))

    assert "生态保护红线（示例）" in page.text
    assert kept() == {(inside.id, "示例红线一区")}
    event = db.session.scalars(select(Event).where(Event.subject == "map")).one()
    assert event.detail["tickets"] == 1

    sheet = db.session.scalar(select(MapSheet))
    browser.as_("sun").post(f"/admin/maps/{sheet.id}/end", via="/admin/maps")
    assert kept() == set()


@pytest.mark.both
def test_a_ticket_that_moves_or_comes_later_is_placed_anew(inside, make_issue, browser):
    lay(browser, geojson(SQUARE))

    make_issue.act(Action.AMEND, inside, "sun", fields={"lon": "107.4", "lat": "31.8"},
                   reason="坐标有误")  # fmt: skip
    later = make_issue(Status.DRAFT, title="后来的事项", lon=106.71, lat=31.81)

    assert kept() == {(later.id, "示例红线一区")}


def test_both_are_compared_in_one_datum(make_issue, browser):
    near = make_issue(lon=EDGE - 0.003, lat=31.8)

    lay(browser, geojson(SQUARE), datum="gcj02")
    assert kept() == set()

    lay(browser, geojson(SQUARE), datum="wgs84")
    assert {issue for issue, _ in kept()} == {near.id}


def test_the_ticket_says_where_it_lies_and_the_register_filters_by_it(inside, outside, browser):
    lay(browser, geojson(SQUARE))
    sheet = db.session.scalar(select(MapSheet.id))
    zhao = browser.as_("zhao")

    assert "生态保护红线（示例）（示例红线一区）" in zhao.get(f"/issues/{inside.number}").text
    assert "所在图层" not in zhao.get(f"/issues/{outside.number}").text
    found = zhao.get(f"/issues?layer={sheet}")
    assert [row[0][:14] for row in found.rows()] == [inside.number]
    assert "图层 生态保护红线（示例）" in found.text
    assert "没有符合这些条件的事项" in zhao.get("/issues?layer=99,x").text
    assert "没有符合这些条件的事项" in browser.as_("wu").get(f"/issues?layer={sheet}").text


def test_a_layer_stands_in_the_legend_and_can_be_hidden(inside, browser, monkeypatch):
    outline = Shape("511902", "巴州区", [[tuple(point) for point in SQUARE]], is_closed=True)
    monkeypatch.setattr(web, "installed", lambda _folder: [outline])
    lay(browser, geojson(SQUARE))
    zhao = browser.as_("zhao")
    page = zhao.get("/board/map?colour=green")
    link = next(a for a in page.tree.all("a") if a["aria-label"] == "隐藏图层 生态保护红线（示例）")

    assert len(page.tree.all("path", class_="map-layer map-layer-0")) == 1
    hidden = zhao.get(link["href"])
    assert hidden.tree.all("path", class_="map-layer map-layer-0") == []
    assert "显示" in hidden.text
    assert "colour=green" in link["href"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"{", "读不懂这个文件"), (b'{"type": "Feature"}', "要素集合"), (b"[]", "要素集合")],
)
def test_a_bad_file_lays_nothing(inside, browser, content, told):
    page = lay(browser, content, expect=422)

    assert told in page.text
    assert kept() == set()
    assert db.session.scalar(select(MapSheet)) is None


@pytest.mark.parametrize("person", ["zhou", "lin", "chen", "zhao"])
def test_only_the_office_lays_layers(browser, person):
    lay(browser, geojson(SQUARE), expect=403, person=person)
