"""准入: which layers a place meets, how much of it, on whose word; hostile outlines are refused."""

import io
import json
import re

import pytest
from sqlalchemy import select

from extensions import db
from issues.evidence.places import wgs84_to_gcj02
from issues.models import Event, MapSheet
from issues.supervision.geojson import Shape
from issues.supervision.sites.areas import area_m2, plane_of
from issues.web.board import map as board_map

HOME = "/access"
WEST, SOUTH, SIDE = 106.6, 31.8, 0.1
SQUARE = [
    [WEST, SOUTH], [WEST + SIDE, SOUTH], [WEST + SIDE, SOUTH + SIDE], [WEST, SOUTH + SIDE],
    [WEST, SOUTH],
]  # fmt: skip
HALF = "106.65，31.8\n106.75 31.8\n106.75,31.9\n106.65,31.9"
WHOSE = {"layer_kind": "red_line", "dated_on": "2024-06-30", "owner": "市自然资源局",
         "document_number": "示例〔2024〕1号"}  # fmt: skip


def geojson(*rings, name="示例一区", kind="Polygon"):
    held = rings[0] if kind == "LineString" else list(rings)
    feature = {"type": "Feature", "properties": {"name": name},
               "geometry": {"type": kind, "coordinates": held}}  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def lay(browser, content, expect=200, **said):
    visitor = browser.as_("sun")
    form = {"kind": "layer", "name": "示例红线", "datum": "wgs84"} | WHOSE | said
    return visitor.send(
        "/admin/maps", expect, file=(io.BytesIO(content), "layer.geojson"), **visitor.bare(form)
    )


def sent(visitor, content, expect=200):
    form = visitor.bare({"datum": "wgs84", "near": "1000"})
    return visitor.send(HOME, expect, file=(io.BytesIO(content), "a.geojson"), **form)


def drawn(visitor, corners, expect=200, **said):
    form = {"corners": corners, "datum": "wgs84", "near": "1000"} | said
    return visitor.send(HOME, expect, **visitor.bare(form))


def test_a_layer_that_sets_something_apart_says_since_when_and_whose_it_is(people, browser):
    bad = lay(browser, geojson(SQUARE), 422, dated_on="", owner="")
    assert "请填写数据日期" in bad.text
    assert "请填写责任单位" in bad.text
    assert "不能晚于今天" in lay(browser, geojson(SQUARE), 422, dated_on="2099-01-01").text
    assert "市自然资源局" in lay(browser, geojson(SQUARE)).text
    db.session.rollback()
    event = db.session.scalars(select(Event).where(Event.subject == "map")).one()
    assert event.detail["dated_on"] == "2024-06-30"


@pytest.mark.postgresql
def test_a_place_is_told_its_layers_areas_and_what_lies_near(browser, make_issue):
    visitor = browser.as_("chen")
    assert "系统中没有在用的管控图层，没有核对" in visitor.get(HOME, lon=106.62, lat=31.85).text
    lay(browser, geojson(SQUARE))
    inside = visitor.get(HOME, lon="106.62", lat="31.85").text
    for told in ("与 1 个图层重叠", "示例一区", "2024-06-30", "市自然资源局", "示例〔2024〕1号"):
        assert told in inside
    assert "没有核对的：自然保护地、饮用水水源保护区" in inside
    assert "都不重叠" in visitor.get(HOME, lon="106.72", lat="31.85").text

    page = drawn(visitor, HALF).text
    ring = [(106.65, 31.8), (106.7, 31.8), (106.7, 31.9), (106.65, 31.9)]
    area = area_m2(plane_of(Shape("", "", [ring], is_closed=True)))
    assert f"{area / 1e6:.4f} 平方公里" in page
    assert "50.00%" in page
    assert "都不重叠" in drawn(visitor, HALF.replace("106.65", "106.7")).text

    issue = make_issue(title="近处的事项", lon=106.76, lat=31.85)
    near = drawn(browser.as_("sun"), HALF).text
    assert issue.title in near
    assert "约94" in near
    assert issue.title not in drawn(browser.as_("wu"), HALF).text
    sheet = db.session.scalar(select(MapSheet.id))
    browser.as_("sun").post(f"/admin/maps/{sheet}/end", via="/admin/maps")
    assert "系统中没有在用的管控图层" in drawn(visitor, HALF).text


def test_the_other_datum_is_brought_into_step(people, browser):
    """Some 400 m lie between the two here: a border taken for the other's would answer wrongly."""
    lay(browser, geojson(SQUARE), datum="gcj02")
    visitor = browser.as_("chen")
    on_the_border = {"lon": "106.6002", "lat": "31.85"}
    assert "与 1 个图层重叠" in visitor.get(HOME, **on_the_border, datum="gcj02").text
    assert "与 1 个图层重叠" in visitor.get(HOME, lon="106.5980", lat="31.85").text
    assert "都不重叠" in visitor.get(HOME, lon="106.5980", lat="31.85", datum="gcj02").text


@pytest.mark.parametrize("datum", ["wgs84", "gcj02"])
def test_the_place_lies_on_the_map_where_a_corner_drawn_there_would_be(
    people, browser, monkeypatch, datum
):
    """The script reads the scale backwards: what is drawn there is asked about there."""
    county = Shape("511902", "巴州区", [[(106.3, 31.6), (107, 31.6), (107, 32)]], is_closed=True)
    monkeypatch.setattr(board_map, "installed", lambda _folder: [county])
    lay(browser, geojson(SQUARE))
    page = browser.as_("chen").get(HOME, lon="106.62", lat="31.85", datum=datum).answer.text
    wide, west, high, north = map(float, re.search('data-draw="([^"]+)"', page)[1].split())
    dot = re.search(r'site-dot" d="M(\S+) (\S+)h0"', page)
    x, y = map(float, dot.groups())
    drawn_at = ((x - west) / wide, (y - north) / high)
    said = (106.62, 31.85) if datum == "gcj02" else wgs84_to_gcj02(106.62, 31.85)
    assert drawn_at == pytest.approx(said, abs=1e-5)
    assert "map-layer-0" in page
    assert "data-draw" in browser.as_("chen").get(HOME).answer.text


HOSTILE = {
    "no JSON": (b"{", "读不懂"),
    "no collection": (b"[]", "不是GeoJSON"),
    "a line": (geojson(SQUARE, kind="LineString"), "只能核对面"),
    "no area": (geojson([[106, 31], [106, 31], [106, 31]]), "没有面积"),
    "abroad": (geojson([[1, 1], [2, 1], [2, 2]]), "不在国内"),
    "not a number": (geojson([[106, 31], [float("nan"), 31], [106, 32]]), ""),
    "too many points": (geojson([[106 + n / 10_000, 31] for n in range(6000)]), "坐标点超过"),
    "too large": (b" " * (1024 * 1024 + 2), "超过1MB"),
    "kml": (b'<?xml version="1.0"?><kml/>', "请先转换成GeoJSON"),
    "shp": (b"\x00\x00\x27\x0a" + bytes(96), "请先转换成GeoJSON"),
    "empty": (b"", "内容是空的"),
    "deep": (b"[" * 100_000, "读不懂"),
}


def test_hostile_outlines_are_refused_at_their_field(people, browser):
    visitor = browser.as_("chen")
    for name, (content, told) in HOSTILE.items():
        page = sent(visitor, content, 422)
        assert page.error("file"), name
        assert told in page.text, name
    for corners, told in (
        ("", "3至200个"), ("106，31\n107，31\n甲，32", "第3行"), ("1,1\n2,1\n2,2", "第1行"),
        ("106,31\n107,32\n107,31\n106,32", "交叉"), ("106,31\n" * 201, "3至200个"),
    ):  # fmt: skip
        assert told in drawn(visitor, corners, 422).text
    assert visitor.get(HOME, 422, lon="甲", lat="31").error("lon")
    assert "示例一区" not in sent(visitor, geojson(SQUARE)).text.split("上传的范围")[0]


def test_an_uploaded_outline_is_read_alone_as_in_a_collection(browser):
    visitor = browser.as_("chen")
    outline = json.loads(geojson(SQUARE))["features"][0]["geometry"]
    feature = {"type": "Feature", "properties": None, "geometry": outline}
    told = [
        re.search(r"面积 ?[\d.,]+", sent(visitor, content).text)[0]
        for content in (geojson(SQUARE), *(json.dumps(one).encode() for one in (outline, feature)))
    ]
    assert told[0] == told[1] == told[2]
