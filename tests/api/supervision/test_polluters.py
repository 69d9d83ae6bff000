"""Pollution sources and 准入 over the API: the same rights, the same answers as the pages."""

import pytest
from sqlalchemy import func, select

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues.api.door import scopes
from issues.ground import clock
from issues.models import Event, MapSheet, Polluter, PolluterTie
from issues.vocabulary import LayerKind, PolluterKind, TokenScope

RING = [[106.6, 31.8], [106.7, 31.8], [106.7, 31.9], [106.6, 31.9], [106.6, 31.8]]
HALF = [[106.65, 31.8], [106.75, 31.8], [106.75, 31.9], [106.65, 31.9], [106.65, 31.8]]
WHOSE = {"dated_on": "2024-06-30", "owner": "市自然资源局", "document_number": "示例〔2024〕1号"}


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def feature(ring, name="示例一区"):
    return {"type": "Feature", "properties": {"name": name}, "geometry": polygon(ring)}


def collection(ring):
    return {"type": "FeatureCollection", "features": [feature(ring)]}


@pytest.fixture
def firms(people):
    told = {"made_at": clock.now(), "made_by_id": people["sun"].id, "kind": PolluterKind.FARM}
    with transaction():
        db.session.add_all([
            Polluter(name="甲场", region="511902", lon=106.66, lat=31.85, permits="一、二", **told),
            Polluter(name="乙场", region="511903", **told),
        ])  # fmt: skip
        db.session.flush()
    return {row.name: row.id for row in db.session.scalars(select(Polluter))}


@pytest.fixture
def layer(people):
    with transaction():
        row = MapSheet(
            is_boundary=False, name="示例红线", review_number="", is_gcj02=False,
            document=collection(RING), layer_kind=LayerKind.RED_LINE,
            uploaded_at=clock.now(), uploaded_by_id=people["sun"].id,
            **WHOSE | {"dated_on": clock.today()},
        )  # fmt: skip
        db.session.add(row)
    return row


@pytest.mark.both
def test_a_ticket_is_tied_told_and_untied(api, firms, make_issue):
    issue = make_issue(title="示例：粪污直排")
    acts, firm = f"/issues/{issue.number}/actions", firms["甲场"]
    api.sun.post(f"{acts}/tie_polluter", {"polluter": 99_999}, 404)
    api.sun.post(f"{acts}/tie_polluter", {"polluter": firm, "note": "多余"}, 422)
    tied = api.sun.post(f"{acts}/tie_polluter", {"polluter": firm})
    assert [one["number"] for one in tied["tickets"]] == [issue.number]
    assert tied["permits"] == ["一", "二"]
    api.sun.post(f"{acts}/tie_polluter", {"polluter": firm}, 409)

    page = api.he.get("/polluters?limit=1")
    assert (page["total"], page["next"]) == (2, "1")
    assert [(one["name"], one["tickets"]) for one in page["items"]] == [("甲场", 1)]
    assert [one["name"] for one in api.he.get("/polluters?after=1")["items"]] == ["乙场"]
    assert api.he.get("/polluters?tied=1&kind=farm&region=511902&q=甲")["total"] == 1
    for query in ("kind=x", "region=x", "tied=yes", "colour=red"):
        api.sun.get(f"/polluters?{query}", 422)

    assert "reason" in api.sun.post(f"{acts}/untie_polluter", {"polluter": firm}, 422)["errors"]
    body = {"polluter": firm, "reason": "不是同一家"}
    assert api.sun.post(f"{acts}/untie_polluter", body)["tickets"] == []
    records = api.sun.get(f"/polluters/{firm}")["records"]
    assert (records[0]["act"], records[0]["reason"]) == ("untie", "不是同一家")
    api.sun.post(f"{acts}/untie_polluter", body, 404)
    assert db.session.scalar(select(func.count()).select_from(PolluterTie)) == 1


def test_who_sees_no_source_on_a_page_sees_none_here(api, firms, make_issue):
    issue, firm = make_issue(), firms["甲场"]
    api.chen.get("/polluters", 403)
    api.chen.get(f"/polluters/{firm}", 403)
    for act in ("tie_polluter", "untie_polluter"):
        said = api.he.post(f"/issues/{issue.number}/actions/{act}", {"polluter": firm}, 403)
        assert said["status"] == 403


def test_a_machine_that_posts_leads_is_refused_at_each(api, people, monkeypatch):
    """The control: without the check of scopes each is open."""
    with transaction():
        machine = api.with_token(accounts.issue_token(
            SYSTEM, people["sun"].id, scope=TokenScope.LEADS
        ))  # fmt: skip
    calls = (
        ("GET", "/polluters", {}),
        ("GET", "/polluters/1", {}),
        ("POST", "/access", {"json": {"lon": 106.62, "lat": 31.85}}),
        ("POST", "/issues/NO-1/actions/tie_polluter", {"json": {"polluter": 1}}),
        ("POST", "/issues/NO-1/actions/untie_polluter", {"json": {"polluter": 1}}),
    )
    assert [machine.ask(*call[:2], 403, **call[2]).status for call in calls] == [403] * 5
    monkeypatch.setitem(scopes.ALLOWS, TokenScope.LEADS, lambda: True)
    said = [machine.ask(*call[:2], {200, 404}, **call[2]).status for call in calls]
    assert said == [200, 404, 200, 404, 404]


@pytest.mark.both
def test_a_place_is_told_its_layers_and_nothing_is_written(api, firms, layer):
    chen, sun = api.chen, api.sun
    before = db.session.scalar(select(func.count()).select_from(Event))
    point = chen.post("/access", {"lon": 106.62, "lat": "31.85"})
    (met,) = point["layers"]
    assert (met["met"], met["names"], met["area"]) == (True, ["示例一区"], None)
    assert (met["owner"], met["document_number"]) == (WHOSE["owner"], WHOSE["document_number"])
    assert point["area"] is None
    assert "water" in point["lacking"]
    assert "red_line" not in point["lacking"]

    told = [
        sun.post("/access", {"shape": shape, "within": 2000})
        for shape in (polygon(HALF), feature(HALF, ""), collection(HALF))
    ]
    for one in told:
        assert one["layers"][0]["share"] == pytest.approx(0.5, rel=1e-6)
        assert one["layers"][0]["area"] == pytest.approx(one["area"] / 2, rel=1e-6)
        assert [(near["name"], near["metres"]) for near in one["polluters"]] == [("甲场", 0)]
    shape = {"shape": polygon(HALF)}
    assert chen.post("/access", shape)["polluters"] == []
    assert chen.post("/access", shape | {"datum": "gcj02"})["area"] != told[0]["area"]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


def named(datum):
    return {"type": "name", "properties": {"name": datum}}


@pytest.mark.parametrize("datum", [
    "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4490", "EPSG:4326", "CGCS2000",
])  # fmt: skip
def test_a_file_that_names_degrees_is_read_as_one_that_names_nothing(api, people, datum):
    plain = api.chen.post("/access", {"shape": polygon(HALF)})
    told = api.chen.post("/access", {"shape": polygon(HALF) | {"crs": named(datum)}})
    assert (told["area"], told["asked"]) == (plain["area"], plain["asked"])


def test_an_outline_that_crosses_itself_says_what_was_counted(api, people):
    bow = [[106.7, 31.8], [106.8, 31.9], [106.8, 31.8], [106.7, 31.9], [106.7, 31.8]]
    assert "交叉" in api.chen.post("/access", {"shape": polygon(bow)})["asked"]
    assert "交叉" not in api.chen.post("/access", {"shape": polygon(HALF)})["asked"]


def test_a_point_that_a_program_computed_is_rounded_and_not_refused(api, people):
    point = {"lon": 106.76030000000001, "lat": "31.850000000000000123"}
    assert api.chen.post("/access", point)["asked"] == "点位 106.76，31.85"


WRONG = {
    "nothing": ({}, "shape"),
    "both": ({"lon": 106, "lat": 31, "shape": polygon(RING)}, "shape"),
    "half a point": ({"lon": 106}, "lat"),
    "abroad": ({"lon": 1, "lat": 1}, "lon"),
    "no number": ({"lon": True, "lat": 31}, "lon"),
    "no outline": ({"shape": []}, "shape"),
    "a line": ({"shape": {"type": "LineString", "coordinates": RING}}, "shape"),
    "no geometry": ({"shape": {"type": "Feature"}}, "shape"),
    "no area": ({"shape": polygon([[106, 31]] * 4)}, "shape"),
    "too many points": (
        {"shape": polygon([[106 + n / 10_000, 31] for n in range(6000)])}, "shape",
    ),
    "metres": ({"shape": polygon(RING) | {"crs": named("EPSG:3857")}}, "shape"),
    "a shifted datum": ({"shape": polygon(RING) | {"crs": named("GCJ-02")}}, "shape"),
    "a nameless datum": ({"shape": polygon(RING) | {"crs": {}}}, "shape"),
    "a datum of none": ({"lon": 106, "lat": 31, "datum": "mars"}, "datum"),
    "a distance of none": ({"lon": 106, "lat": 31, "within": 7}, "within"),
    "another name": ({"lon": 106, "lat": 31, "unit": "x"}, "unit"),
}  # fmt: skip


def test_what_cannot_be_read_is_refused_at_its_name(api, people):
    for kind, (body, name) in WRONG.items():
        assert name in api.chen.post("/access", body, 422)["errors"], kind
    large = {"shape": polygon(RING), "unit": "x" * (1024 * 1024)}
    assert "超过1MB" in api.chen.post("/access", large, 422)["errors"]["shape"][0]
