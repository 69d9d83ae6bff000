"""示意图: the same counts as the register, points at their places, and the operator's own map."""

import io
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from needs import need
from sqlalchemy import select

from extensions import db, transaction
from issues import regions
from issues.models import Event, Issue, MapSheet
from issues.supervision import maps
from issues.supervision.geojson import NotAMap, document_of, shapes_of
from issues.vocabulary import Status
from issues.web.board import map as web

BAZHOU, ENYANG, ZONE = "511902", "511903", "511900-JKQ"
SQUARE = [[106.5, 31.7], [106.9, 31.7], [106.9, 32.0], [106.5, 32.0], [106.5, 31.7]]


def feature(ring=SQUARE, kind="Polygon", **facts):
    held = ring if kind == "LineString" else [ring]
    return {"type": "Feature", "properties": facts, "geometry": {"type": kind, "coordinates": held}}


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.fixture
def installed(monkeypatch, app):
    """The outlines of set-up as they would be, whatever this machine has installed."""

    def put(shapes):
        monkeypatch.setattr(web, "installed", lambda _folder: shapes)

    put(shapes_of(document_of(geojson(feature(name="巴州区"), feature(adcode=511903)))))
    return put


@pytest.fixture
def red(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=late, lon=106.7, lat=31.8)


def counts(page):
    return {row[0]: row[1:5] for row in page.rows()}


def test_counties_and_zones_are_counted_as_the_register_counts(installed, red, make_issue, browser):
    make_issue(Status.CLOSED, title="已销号的事项")
    make_issue(Status.ASSIGNED, title="园区的事项", primary_unit=ZONE)
    sun = browser.as_("sun")
    page = sun.get("/board/map")

    assert counts(page)["巴州区"] == ["1", "0", "1", "1"]
    assert counts(page)["巴中经开区"] == ["0", "0", "1", "0"]
    for link in (url for url in page.links if url.startswith("/issues?")):
        cells = [a for a in page.tree.all("a", href=link) if a.text.isdigit()]
        if cells:
            total = re.search(r"共 (\d+) 条", sun.get(link).text)[1]
            assert total == cells[0].text, link


def test_a_ticket_stands_at_its_place_and_leads_to_itself(installed, red, browser):
    page = browser.as_("sun").get("/board/map")

    labels = [a["aria-label"] for a in page.tree.all("a", href=f"/issues/{red.number}")]
    assert f"{red.number} 逾期的事项" in labels


def test_neighbours_are_one_sign_with_their_number(installed, red, make_issue, browser):
    make_issue(title="旁边的事项", lon=106.7001, lat=31.8001)
    page = browser.as_("sun").get("/board/map")

    signs = [a["href"] for a in page.tree.all("a") if a["aria-label"] == "此处 2 件"]
    assert signs == ["#at-desk-1", "#at-phone-1"]
    for held in (page.tree.all("div", id="at-desk-1"), page.tree.all("li", id="at-phone-1")):
        assert "逾期的事项" in held[0].text
        assert "旁边的事项" in held[0].text


def test_the_filter_is_that_of_the_register(installed, red, make_issue, browser):
    make_issue(title="正常的事项")
    sun = browser.as_("sun")

    assert counts(sun.get("/board/map?colour=red"))["巴州区"] == ["1", "0", "0", "0"]
    assert counts(sun.get("/board/map?on=2025-11-10"))["巴州区"][0] == "0"
    assert (
        f"/issues?colour=yellow&region={BAZHOU}&on=2025-11-10"
        in sun.get("/board/map?on=2025-11-10").links
    )


def test_a_unit_sees_its_own_alone(installed, red, browser):
    assert red.number in browser.as_("chen").get("/board/map").text
    page = browser.as_("wu").get("/board/map")
    assert red.number not in page.html
    assert counts(page)["巴州区"] == ["0", "0", "0", "0"]


def test_the_share_of_red_is_told_in_words(installed, red, make_issue, browser):
    make_issue(title="正常的事项")
    page = browser.as_("sun").get("/board/map?shade=share")

    assert "红 50%" in page.html
    assert "map-share-4" in page.html


def test_without_any_map_the_page_works_and_says_so(installed, red, browser):
    installed([])
    page = browser.as_("sun").get("/board/map")

    assert "没有可用的地图" in page.text
    assert counts(page)["巴州区"][0] == "1"
    assert page.tree.all("svg", class_="map") == []


def send(browser, content, person="sun", expect=200, **said):
    form = {"kind": "boundary", "name": "标准地图", "review_number": "川S〔2025〕0001号",
            "datum": "gcj02"} | said  # fmt: skip
    visitor = browser.as_(person)
    return visitor.send(
        "/admin/maps", expect, file=(io.BytesIO(content), "map.geojson"), **visitor.bare(form)
    )


def test_the_operators_map_takes_its_place_with_its_number(installed, red, browser):
    page = send(browser, geojson(feature(name="恩阳区"), feature(name="巴中经济开发区")))
    assert "川S〔2025〕0001号" in page.text

    shown = browser.as_("zhao").get("/board/map")
    assert "审图号 川S〔2025〕0001号" in shown.text
    words = [node for node in shown.tree.all("g") if "map-label" in (node["class"] or "")]
    labels = [node.all("text")[0].text for node in words]
    assert labels == ["恩阳区", "巴中经开区", "文旅示范区"] * 2, "for both windows"
    assert "方框为没有边界数据的园区" in shown.text

    sheet = db.session.scalar(select(MapSheet))
    browser.as_("sun").post(f"/admin/maps/{sheet.id}/end", via="/admin/maps")
    assert "审图号" not in browser.as_("zhao").get("/board/map").text.replace("注明审图号", "")
    acts = db.session.scalars(select(Event.action).where(Event.subject == "map").order_by(Event.id))
    assert list(acts) == ["upload", "end"]


def test_a_layer_is_laid_over_and_named(installed, red, browser):
    lines = feature(SQUARE[:3], "LineString", name="小溪河岸线")
    send(browser, geojson(lines), kind="layer", name="水源保护区", review_number="")

    page = browser.as_("sun").get("/board/map")
    assert "水源保护区" in page.text
    assert page.tree.all("path", class_="map-layer map-layer-0 map-line")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "读不懂"),
        (b"[]", "不是 GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "没有任何要素"),
        (geojson(feature(name="成都市")), "没有一个要素"),
        (geojson(feature([[1, 2], [3, 4]], name="巴州区")), "不在国内"),
        (geojson(feature([["x", 2]], name="巴州区")), "缺少几何或坐标"),
        (geojson({"type": "Feature", "properties": {}, "geometry": None}), "缺少几何或坐标"),
        (geojson(feature([[float("nan"), 31.7]], name="巴州区")), "“NaN”不是数值"),
        (geojson(feature(kind="Point", name="巴州区")), "不是面或线"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000, "读不懂"),
    ],
)
def test_a_file_that_is_no_map_is_refused_with_the_reason(installed, browser, content, said):
    page = send(browser, content, expect=422)

    assert said in page.error("file")
    assert db.session.scalar(select(MapSheet)) is None


def test_a_boundary_needs_its_review_number(installed, browser):
    page = send(browser, geojson(feature(name="巴州区")), review_number="", expect=422)

    assert "审图号" in page.error("review_number")


@pytest.mark.parametrize("name", ["chen", "zhao", "sysadmin", "zhou"])
def test_only_the_office_changes_the_map(browser, name):
    browser.as_(name).get("/admin/maps", expect=403)
    send(browser, geojson(feature(name="巴州区")), person=name, expect=403)


def test_a_map_in_wgs84_is_moved_to_where_it_is_drawn(people):
    with transaction():
        row = maps.upload(
            people.sun, "图", "川S1", geojson(feature(name="巴州区")), is_boundary=True,
            is_gcj02=False,
        )  # fmt: skip
        lon, lat = web._shapes(row)[0].rings[0][0]  # noqa: SLF001 - where the file is read

    assert 0.001 < lon - 106.5 < 0.01
    assert 0.0001 < abs(lat - 31.7) < 0.01


def test_no_name_of_a_feature_can_become_markup(installed, browser):
    nasty = feature(name="<script>alert(1)</script>")
    send(browser, geojson(nasty), kind="layer", name="层", review_number="")

    assert "<script>alert" not in browser.as_("sun").get("/board/map").html


def test_a_file_too_large_is_refused_before_it_is_read():
    with pytest.raises(NotAMap, match="6MB"):
        maps._read(b" " * (maps.MOST_BYTES + 1), is_boundary=False)  # noqa: SLF001 - the limit


@pytest.mark.both
def test_counts_equal_a_recount(installed, red, make_issue, browser):
    make_issue(Status.CLOSED)
    page = browser.as_("sun").get("/board/map")

    shown = counts(page)
    total = sum(int(n) for name in ("巴州区", "恩阳区", "通江县", "南江县", "平昌县")
                for n in shown[name])  # fmt: skip
    assert total == len([i for i in db.session.scalars(select(Issue)) if i.status != Status.DRAFT])


def test_the_outlines_of_set_up_are_those_of_the_city(app, monkeypatch):
    folder = Path(__file__).parents[3] / "static"
    need((folder / maps.INSTALLED).is_dir(), "没有安装各市的地图（static/vendor/map）")

    def codes():
        return [shape.code for shape in web.installed(str(folder))]

    assert codes() == ["511902", "511903", "511921", "511922", "511923"]
    for city, first, count in (
        ("510700", "510703", 9), ("441900", "441900", 1), ("429004", "429004", 1),
        ("110000", "110101", 16),
    ):  # fmt: skip
        monkeypatch.setattr(regions, "city", lambda city=city: SimpleNamespace(code=city))
        assert (codes()[0], len(codes())) == (first, count)
    monkeypatch.setattr(regions, "city", lambda: None)
    assert codes() == []


def test_a_map_that_is_not_there_or_torn_is_none(tmp_path):
    assert maps.installed(tmp_path, "510700") == []
    (tmp_path / maps.INSTALLED).mkdir(parents=True)
    (tmp_path / maps.INSTALLED / "510700.json.gz").write_bytes(b"\x1f\x8btorn")
    assert maps.installed(tmp_path, "510700") == []
