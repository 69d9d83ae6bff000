"""Leads from machines: once each, proven pictures, and nothing else open to them."""

import io
import json
import re

import pytest
from samples import jpeg
from sqlalchemy import func, select

from auth import people as acts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues.api.door import scopes
from issues.models import Event, Evidence, Lead, LeadPicture
from issues.polluters import keeping
from issues.vocabulary import LeadState, TokenScope

ANY, METHODS = set(range(200, 600)), {"GET", "POST", "PATCH"}
POSTED = {
    "origin": "online_monitor", "origin_ref": "W-1", "at": "2025-11-25T08:00:00+08:00",
    "text": "排口化学需氧量超标", "region": "511902", "place": "污水处理厂排口",
    "lon": 106.76, "lat": 31.85,
    "reading": {"pollutant": "化学需氧量", "value": "100.0", "unit": "mg/L", "limit": "50"},
}  # fmt: skip


@pytest.fixture
def machine(api, people):
    with transaction():
        token = acts.issue_token(SYSTEM, people.chen.id, scope=TokenScope.LEADS)
    return api.with_token(token)


def lead():
    return db.session.scalars(select(Lead)).one()


def test_a_reading_far_over_the_limit_is_urgent_to_the_figure(machine, api):
    first = machine.post("/leads", POSTED, 201).json
    under = POSTED | {"origin_ref": "W-2", "reading": POSTED["reading"] | {"value": "99.9"}}
    second = machine.post("/leads", under, 201).json

    assert (first["urgent"], second["urgent"]) == (True, False)
    assert first["reading"] == {"pollutant": "化学需氧量", "value": "100.0", "unit": "mg/L",
                                "limit": "50"}  # fmt: skip
    assert second["due_at"] == "2025-11-29T00:00:00+08:00"
    listed = api.sun.get("/leads?sort=due")
    assert [one["id"] for one in listed["items"]] == [first["id"], second["id"]]
    assert api.sun.get("/leads/counts")["items"][-1]["new"] == 2
    api.sun.get("/leads?origin=nobody", 422)


def test_a_hundred_computed_points_posted_twice_are_a_hundred_leads(machine):
    for _ in range(2):
        for at in range(100):
            point = {"lon": 106.75 + at * 0.0001, "lat": 31.8 + at / 7}
            machine.post("/leads", POSTED | point | {"origin_ref": f"YG-{at}"}, 201)

    assert db.session.scalar(select(func.count()).select_from(Lead)) == 100


def test_the_second_post_answers_the_first(machine):
    first = machine.post("/leads", POSTED, 201).json
    again = machine.post("/leads", POSTED | {"text": "另一段文字"}, 201).json

    assert again == first
    assert db.session.scalar(select(func.count()).select_from(Lead)) == 1
    told = db.session.scalars(select(Event.action).where(Event.subject == "lead")).all()
    assert told == ["take"]


def test_trying_numbers_tells_a_machine_nothing_of_somebody_else_s_lead(machine, api, people):
    secret = {"text": "他人报送的内容", "reading": None}
    with transaction():
        token = acts.issue_token(SYSTEM, people.wu.id, scope=TokenScope.LEADS)
    first = api.with_token(token).post("/leads", POSTED | secret, 201).json

    said = machine.post("/leads", POSTED, 422)
    assert list(said["errors"]) == ["origin_ref"]
    assert secret["text"] not in str(said)
    assert api.sun.post("/leads", POSTED, 201).json["id"] == first["id"]
    assert db.session.scalar(select(func.count()).select_from(Lead)) == 1


@pytest.mark.parametrize(("field", "value"), [
    ("origin", "somewhere"), ("origin_ref", ""), ("at", "2026-02-01T00:00:00+08:00"),
    ("text", ""), ("lon", None), ("lon", 500), ("unknown", 1),
    ("reading.value", None), ("reading.limit", "0"), ("reading.more", 1),
])  # fmt: skip
def test_a_bad_lead_is_refused_at_its_field(machine, field, value):
    name, _, inside = field.partition(".")
    changed = POSTED[name] | {inside: value} if inside else value
    said = machine.post("/leads", POSTED | {name: changed}, 422)

    assert field in said["errors"]
    assert db.session.scalars(select(Lead)).all() == []


def test_pictures_are_proven_and_become_evidence(machine, api, make_issue):
    issue = make_issue()
    kept = machine.ask("POST", "/leads", {201}, data={
        "lead": json.dumps(POSTED), "pictures": (io.BytesIO(jpeg()), "排口.jpg"),
    })  # fmt: skip
    false = {"lead": json.dumps(POSTED | {"origin_ref": "W-9"}),
             "pictures": (io.BytesIO(b"MZ"), "排口.jpg")}  # fmt: skip
    machine.ask("POST", "/leads", {415}, data=false)

    found = lead()
    assert kept.json["pictures"] == [{"name": "排口.jpg", "sha256": found.pictures[0].sha256}]
    link = f"/leads/{found.id}/actions/link"
    api.sun.post(link, {"to": "NO-1", "reason": "同一处"}, 422)
    said = api.sun.post(link, {"to": issue.number, "reason": "同一处"}, 200).json
    assert (said["state"], said["ticket"], said["reason"]) == ("linked", issue.number, "同一处")
    row = db.session.scalars(select(Evidence)).one()
    assert (row.sha256, row.is_covert) == (db.session.scalar(select(LeadPicture.sha256)), False)
    api.sun.post(link, {"to": issue.number, "reason": "再并"}, 409)


def test_it_becomes_a_ticket_with_its_fields_filled(machine, api):
    machine.post("/leads", POSTED, 201)
    url = f"/leads/{lead().id}/actions/to_ticket"
    api.chen.post(url, {}, 403)

    said = api.sun.post(url, {"title": "排口超标"}, 200).json

    ticket = api.sun.get(f"/issues/{said['ticket']}")
    assert (ticket["title"], ticket["source"], ticket["lon"]) == ("排口超标", "ZC", 106.76)
    assert "化学需氧量100.0mg/L，限值50mg/L" in ticket["problem"]
    db.session.expire_all()
    assert (lead().state, lead().triaged_by.name) == (LeadState.TICKET, "sun")


def test_dismissing_asks_for_a_reason_and_keeps_the_lead(machine, api):
    machine.post("/leads", POSTED, 201)
    url = f"/leads/{lead().id}/actions/dismiss"
    api.lin.post(url, {}, 422)

    assert api.lin.post(url, {"reason": "设备校准"}, 200)["state"] == "dismissed"
    assert [one["reason"] for one in api.sun.get("/leads?state=dismissed")["items"]] == ["设备校准"]


def every_call(app):
    for rule in app.url_map.iter_rules():
        if str(rule).startswith("/api/v1/"):
            path = re.sub(r"<[^>]+>", "1", str(rule)).removeprefix("/api/v1")
            yield from ((method, path) for method in sorted(rule.methods & METHODS))


def opened(app, machine):
    """The calls that do not refuse the machine for its scope."""
    told = {}
    for method, path in every_call(app):
        if path.startswith("/feeds"):
            continue  # by a token of its own
        body = {} if method == "GET" else {"json": {}}
        told[method, path] = machine.ask(method, path, ANY, **body).status
    return {call for call, status in told.items() if status not in {403, 404}}


def test_a_machine_is_refused_at_every_other_call(app, machine, monkeypatch):
    assert opened(app, machine) == {("POST", "/leads")}

    monkeypatch.setitem(scopes.ALLOWS, TokenScope.LEADS, lambda: True)
    assert ("GET", "/issues") in opened(app, machine)


def test_what_stands_beside_a_lead_is_told_to_who_sees_leads_alone(machine, api, make_issue):
    text = "排口化学需氧量超标，水体发黑发臭，群众反映强烈。"
    issue = make_issue(problem=text, lon=106.76, lat=31.851)
    mine = machine.post("/leads", POSTED | {"text": text}, 201).json["id"]
    other = machine.post("/leads", POSTED | {"text": text, "origin_ref": "W-2"}, 201).json["id"]

    found = api.sun.get(f"/leads/{mine}/similar")
    assert [one["number"] for one in found["tickets"]] == [issue.number]
    assert {"what": "距离", "how": "相距111米"} in found["tickets"][0]["because"]
    assert [(one["id"], one["ticket"]) for one in found["leads"]] == [(other, None)]
    assert found["near"] == []
    api.chen.get(f"/leads/{mine}/similar", 403)
    api.sun.get("/leads/999/similar", 404)


def test_a_source_is_tied_to_a_lead_by_its_number_and_a_suggestion_says_so(machine, api, people):
    said = {"name": "示例污水处理厂", "code": "", "kind": "sewage", "region": "511902",
            "lon": "106.76", "lat": "31.85"}  # fmt: skip
    with transaction():
        source = keeping.add(people.sun, said).id
    mine = machine.post("/leads", POSTED, 201).json["id"]
    url = f"/leads/{mine}"

    offered = api.sun.get(f"{url}/polluters").json
    assert offered == {"tied": [], "suggested": [
        {"id": source, "name": "示例污水处理厂", "code": None, "because": "相距约0米"}
    ]}  # fmt: skip
    api.sun.post(f"{url}/actions/tie_polluter", {"polluter": source}, 422)
    body = {"polluter": source, "reason": "排口就在厂内"}
    whole = api.sun.post(f"{url}/actions/tie_polluter", body, 200).json
    assert [one["id"] for one in whole["leads"]] == [mine]
    assert api.sun.get("/polluters")["items"][0]["leads"] == 1
    assert api.zhao.get("/polluters")["items"][0]["leads"] is None
    assert api.zhao.get(f"/polluters/{source}")["leads"] == []
    assert [one["id"] for one in api.sun.get(f"{url}/polluters")["tied"]] == [source]
    api.sun.post(f"{url}/actions/untie_polluter", body, 200)
    assert api.sun.get(f"{url}/polluters").json == offered
