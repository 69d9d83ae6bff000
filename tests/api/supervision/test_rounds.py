"""Rounds over the API: opened, decided, closed; every refusal in its order."""

import pytest
from schema_check import faults

from issues.vocabulary import Status

pytestmark = pytest.mark.both
PLAIN = ({"text": "清运"},)


@pytest.fixture
def red(make_issue):
    return make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=PLAIN)


def test_a_round_from_opening_to_its_digest(api, red):
    opened = api.sun.post("/rounds", {"on": "2025-11-25"}, 201).json
    address = f"/rounds/{opened['id']}"
    assert [row["number"] for row in opened["items"]] == [red.number]

    api.zhou.post(f"{address}/actions/close", {}, 409)
    decided = api.sun.post(f"{address}/actions/confirm", {"number": red.number}).json
    assert decided["items"][0]["decision"] == "confirm"
    closed = api.zhou.post(f"{address}/actions/close").json

    assert (closed["status"], len(closed["digest"])) == ("closed", 64)
    assert api.sun.get(f"/issues/{red.number}").json["card"] == "red"
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/RoundWhole"}
    assert list(faults(closed, schema, document)) == []


def test_refusals_in_their_order(api, red):
    opened = api.sun.post("/rounds", {}, 201).json
    address = f"/rounds/{opened['id']}/actions"

    api.sun.post("/rounds/999/actions/confirm", {"number": red.number}, 404)
    api.sun.post(f"{address}/nothing", {}, 404)
    api.chen.post(f"{address}/confirm", {"number": red.number}, 403)
    api.lin.post(f"{address}/confirm", {"number": red.number}, 403)
    api.sun.post(f"{address}/close", {}, 403)
    api.sun.post("/rounds", {}, 409)
    api.sun.post(f"{address}/hold", {"number": red.number}, 422)
    api.sun.post(f"{address}/confirm", {"number": red.number, "x": 1}, 422)


def test_units_see_no_round(api, red):
    opened = api.sun.post("/rounds", {}, 201).json
    for path in ("/rounds", f"/rounds/{opened['id']}"):
        api.chen.get(path, 403)
        api.zhao.get(path)
