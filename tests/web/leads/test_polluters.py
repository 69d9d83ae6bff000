"""Leads and pollution sources: suggested, tied by a person with why, inherited by the ticket."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues.ground import clock
from issues.leads import taking
from issues.models import Event, Issue, Polluter, PolluterTie
from issues.polluters import keeping
from issues.supervision.geojson import document_of, shapes_of
from issues.web.board import map as board_map

FIRM = "91350100M000100Y43"
"""The example that the standard itself gives."""
SAID = {"name": "示例水泥有限公司", "code": FIRM, "kind": "factory", "region": "511902",
        "lon": "106.7", "lat": "31.8"}  # fmt: skip


def person(name="sun"):
    return actor_for(db.session.scalars(select(User).where(User.name == name)).one())


def source(**said):
    with transaction():
        return keeping.add(person(), SAID | said).id


def told(text, **more):
    said = {"origin": "patrol", "at": clock.now() - timedelta(hours=1), "text": text, **more}
    with transaction():
        return taking.take(person(), said, [], clock.now()).lead.id


def test_a_source_is_suggested_by_code_name_and_distance_and_tied_by_nobody_but_a_person(browser):
    ours, near = source(), source(name="邻近加油站", code="", kind="fuel", lon="106.7021")
    source(name="远处矿山", code="", kind="mine", lon="106.9")
    lead = told(f"举报{FIRM.lower()}粉尘扰民", lon="106.7", lat="31.8", region="511902")
    lin, url = browser.as_("lin"), f"/leads/{lead}/polluters"
    page = lin.get(f"/leads/{lead}")
    assert "系统建议：示例水泥有限公司 代码见于线索的内容，相距约0米，尚未关联" in page.text
    assert page.text.index("示例水泥") < page.text.index("邻近加油站")
    assert "远处矿山" not in page.text
    assert "远处矿山" in lin.get(url, q="矿山").text

    sent = {"polluter": ours, "reason": ""}
    assert "请写明理由" in lin.send(f"{url}/tie", 422, **lin.bare(sent)).text
    lin.send(f"{url}/tie", **lin.bare(sent | {"reason": "代码相同"}))
    lin.send(f"{url}/tie", 409, **lin.bare(sent | {"reason": "代码相同"}))
    lin.send(f"{url}/tie", **lin.bare({"polluter": near, "reason": "就在旁边"}))
    lin.send(f"{url}/untie", 422, **lin.bare({"polluter": near, "reason": ""}))
    lin.send(f"{url}/untie", **lin.bare({"polluter": near, "reason": "不是这一家"}))
    lin.send(f"{url}/untie", 404, **lin.bare({"polluter": near, "reason": "再一次"}))
    db.session.rollback()
    acts = db.session.execute(select(Event.action, Event.reason).where(
        Event.subject == "polluter", Event.action != "add").order_by(Event.seq))  # fmt: skip
    assert [tuple(row) for row in acts] == [
        ("tie_lead", "代码相同"), ("tie_lead", "就在旁边"), ("untie_lead", "不是这一家"),
    ]  # fmt: skip
    assert "系统建议：示例水泥" not in lin.get(f"/leads/{lead}").text
    assert browser.as_("chen").get(url, 403)


@pytest.fixture
def outlined(monkeypatch, app):
    """A map whose outline holds the places of these tests."""
    ring = [[106.5, 31.7], [106.9, 31.7], [106.9, 32.0], [106.5, 32.0], [106.5, 31.7]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": "巴州区"}, "geometry": shape}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    shapes = shapes_of(document_of(content))
    monkeypatch.setattr(board_map, "installed", lambda _folder: shapes)


def test_the_page_of_a_source_and_the_map_count_its_leads_for_who_sees_leads(outlined, browser):
    ours = source()
    lead = told("水泥厂粉尘", lon="106.7", lat="31.8", region="511902")
    lin, url = browser.as_("lin"), f"/leads/{lead}/polluters/tie"
    lin.send(url, **lin.bare({"polluter": ours, "reason": "同一家"}))

    page = lin.get(f"/polluters/{ours}")
    assert f"/leads/{lead}" in page.links
    assert "关联线索 · 同一家" in page.text
    on_map = lin.get("/board/map", polluters="all")
    assert "污染源 示例水泥有限公司，线索1条" in on_map.html
    assert "有关联线索的 1 个" in on_map.text
    leader = browser.as_("zhao").get(f"/polluters/{ours}")
    assert "线索" not in leader.text
    assert "有关联线索" not in browser.as_("zhao").get("/board/map", polluters="all").text


def test_the_ticket_a_lead_becomes_is_about_the_same_sources_but_for_those_ended(browser):
    ours, other = source(), source(name="已关停的厂", code="")
    lead = told("水泥厂粉尘扰民严重", region="511902")
    lin = browser.as_("lin")
    for one in (ours, other):
        lin.send(f"/leads/{lead}/polluters/tie", **lin.bare({"polluter": one, "reason": "同一家"}))
    with transaction():
        keeping.end(person(), other, {"reason": "关停"})
    url = f"/issues/new?lead={lead}"
    lin.send("/issues/new", **lin.get(url).form("/issues/new").drawn())

    db.session.rollback()
    issue = db.session.scalars(select(Issue)).one()
    ties = db.session.scalars(select(PolluterTie)).all()
    assert [(one.polluter_id, one.issue_id) for one in ties] == [(ours, issue.id)]
    assert db.session.get(Polluter, other).ended_at is not None
    assert f"线索第{lead}号已关联" in lin.get(f"/polluters/{ours}").text
