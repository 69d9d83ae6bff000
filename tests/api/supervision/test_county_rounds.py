"""A county's round over the API: the rights and the acts of its pages, in the document too."""

import centre
import pytest
from schema_check import faults

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import transaction
from issues.vocabulary import Action, Status

pytestmark = pytest.mark.both
ALL = "/county-rounds"


def caller(api, person):
    with transaction():
        return api.with_token(accounts.issue_token(SYSTEM, person.id))


@pytest.fixture
def late(make_issue):
    return make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=({"text": "清运"},))


@pytest.mark.postgresql
def test_a_round_from_opening_to_its_bulletin_and_who_may(api, make_issue, people, late):
    """Every refusal: no right 403, out of sight 404, wrong state 409, wrong form 422."""
    staff = centre.delegated(make_issue, late)
    luo, ma, other = (caller(api, p) for p in (staff["luo"], staff["ma"], centre.another()))
    for one in (api.chen, api.liu, caller(api, staff["tang"])):
        one.get(ALL, 403)
        one.post(ALL, {}, 403)
    for one in (api.sun, api.zhou, ma):
        one.post(ALL, {}, 403)
    luo.post(ALL, {"on": "2025-11-25"}, 422)

    opened = luo.post(ALL, {}, 201)
    path = f"{ALL}/{opened['id']}"
    assert opened.headers["Location"] == f"/api/v1{path}"
    assert [row["number"] for row in opened["items"]] == opened["undecided"] == [late.number]
    assert (opened["centre"], opened["number"]) == (centre.CENTRE_CODE, 1)
    luo.post(ALL, {}, 409)
    for one in (api.sun, api.lin, api.zhao, api.he):
        assert one.get(path)["status"] == "open"
        one.post(f"{path}/actions/keep", {"number": late.number}, 403)
    other.get(path, 404)
    assert other.get(ALL)["items"] == []
    other.post(f"{path}/actions/keep", {"number": late.number}, 404)
    api.chen.get(path, 403)
    ma.post(f"{path}/actions/close", {}, 409)
    ma.post(f"{path}/actions/keep", {"number": late.number}, 403)
    luo.post(f"{path}/actions/nothing", {}, 404)
    luo.post(f"{path}/actions/press", {"number": late.number}, 422)
    luo.post(f"{path}/actions/keep", {"number": "BZ-XX-2025-999"}, 422)
    said = luo.post(f"{path}/actions/press", {"number": late.number, "text": "本周内清运。"})
    assert (said["items"][0]["decision"], said["undecided"]) == ("press", [])
    luo.post(f"{path}/actions/close", {}, 403)
    closed = ma.post(f"{path}/actions/close").json

    assert (closed["status"], closed["totals"]["red"], len(closed["digest"])) == ("closed", 1, 64)
    assert ma.get(f"/notices/{closed['bulletin']}")["kind"] == "N5"
    luo.post(f"{path}/actions/keep", {"number": late.number}, 409)
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/CountyRoundWhole"}
    assert list(faults(closed, schema, document)) == []
    assert api.sun.get(ALL)["items"][0]["id"] == closed["id"]


def test_what_left_the_county_is_counted_and_not_named(api, make_issue, people, late):
    staff = centre.delegated(make_issue, late)
    luo = caller(api, staff["luo"])
    opened = luo.post(ALL, {}, 201)
    centre.act(Action.RECALL, late, people.sun, reason="由市里督办。")
    fields = {"region": "511903", "primary_unit": "511903"}
    centre.act(Action.AMEND, late, people.sun, reason="改属地。", fields=fields)

    told = luo.get(f"{ALL}/{opened['id']}")
    assert (told["items"], told["hidden"], told["undecided"]) == ([], 1, [])
