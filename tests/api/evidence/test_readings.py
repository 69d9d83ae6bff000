"""Monitoring readings through the API: the same rules as on the page."""

import pytest
from schema_check import faults
from small_files import paper, photo

from issues.vocabulary import EvidenceKind, Status
from issues.workflow import load
from issues.workflow.changes.accepting import held_kinds

COD = {
    "pollutant": "化学需氧量", "value": 18.5, "unit_of_value": "mg/L", "high": 20,
    "sampled_on": "2025-11-20", "laboratory": "巴中市环境监测站",
}  # fmt: skip


@pytest.fixture
def number(make_issue):
    return make_issue(Status.RECTIFYING, types=["水"]).number


@pytest.mark.both
def test_a_reading_is_entered_and_listed(api, number):
    said = api.chen.post(f"/issues/{number}/readings", COD, 201)

    rows = api.liu.get(f"/issues/{number}/readings")
    assert rows["items"] == [said.json]
    assert (said["value"], said["high"], said["low"], said["is_within"]) == (18.5, 20, None, True)
    document = api.sun.get("/openapi.json").json
    assert list(faults(said.json, {"$ref": "#/components/schemas/Reading"}, document)) == []


def test_two_dates_make_a_series_and_two_of_one_day_do_not(api, number, people):
    """Of what is confirmed and stands in a report: a paper with numbers on it is no paper more."""
    report = api.chen.upload(number, paper(1), "报告.pdf", "monitoring")["id"]
    for day in ("2025-11-20", "2025-11-20", "2025-11-21"):
        said = COD | {"sampled_on": day, "evidence": report}
        made = api.chen.post(f"/issues/{number}/readings", said, 201)["id"]
        api.liu.post(f"/issues/{number}/readings/{made}/confirm", {})
    bare = api.chen.post(f"/issues/{number}/readings", COD | {"sampled_on": "2025-11-22"}, 201)
    api.liu.post(f"/issues/{number}/readings/{bare['id']}/confirm", {})

    assert held_kinds(load(number, people.sun))[EvidenceKind.MONITORING] == 2


def test_a_reading_may_stand_in_a_report_of_its_ticket_only(api, number, make_issue):
    report = api.chen.upload(number, paper(1), "报告.pdf", "monitoring")["id"]
    picture = api.chen.upload(number, photo(1), "现场.jpg", "during")["id"]
    other = make_issue(Status.RECTIFYING).number
    foreign = api.chen.upload(other, paper(2), "别的.pdf", "monitoring")["id"]

    said = api.chen.post(f"/issues/{number}/readings", COD | {"evidence": report}, 201)
    assert said["evidence"] == report
    for wrong in (picture, foreign):
        refused = api.chen.post(f"/issues/{number}/readings", COD | {"evidence": wrong}, 422)
        assert set(refused["errors"]) == {"evidence"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "很多"}, "value"),
        ({"value": None}, "value"),
        ({"low": 30}, "high"),
        ({"sampled_on": "2025-11-26"}, "sampled_on"),
        ({"pollutant": "长" * 41}, "pollutant"),
        ({"ph": 7}, "ph"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(api, number, changes, field):
    refused = api.chen.post(f"/issues/{number}/readings", COD | changes, 422)

    assert set(refused["errors"]) == {field}
    assert api.chen.get(f"/issues/{number}/readings")["total"] == 0


def test_a_reading_taken_back_stays_with_its_reason(api, number):
    made = api.chen.post(f"/issues/{number}/readings", COD, 201)["id"]
    place = f"/issues/{number}/readings/{made}/withdraw"

    api.chen.post(place, {"reason": ""}, 422)
    api.zhao.post(place, {"reason": "录错"}, 403)
    said = api.chen.post(place, {"reason": "录错"})

    assert said["withdraw_reason"] == "录错"
    assert api.sun.get(f"/issues/{number}/readings")["items"] == [said.json]
    api.chen.post(place, {"reason": "再撤"}, 409)


def test_readings_keep_the_reach_and_the_times_of_files(api, number, make_issue):
    waiting = make_issue(Status.PUBLICITY).number

    api.wu.get(f"/issues/{number}/readings", 404)
    api.wu.post(f"/issues/{number}/readings", COD, 404)
    api.zhao.post(f"/issues/{number}/readings", COD, 403)
    api.chen.post(f"/issues/{waiting}/readings", COD, 409)
