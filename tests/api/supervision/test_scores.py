"""Scores over the API: the figures and points of the page, and the same acts by the same people."""

from datetime import date, datetime, time

import pytest
from people import BAZHOU, BUREAU, ENYANG

from auth.actor import SYSTEM
from extensions import transaction
from issues.ground import clock
from issues.scores import booking, publishing
from issues.vocabulary import Action, Status

THIRD = "/scores?year=2025&quarter=3"


@pytest.fixture
def red(make_issue):
    issue = make_issue(
        Status.RECTIFYING, found_on=date(2025, 7, 1), source="YD", primary_unit=ENYANG,
        region=BAZHOU, lead_unit=BUREAU,
    )  # fmt: skip
    day = datetime.combine(date(2025, 8, 20), time(10), clock.SHANGHAI)
    make_issue.act(Action.RAISE_CARD, issue, "sun", on=day, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
    return issue


def unit_of(answer, code=ENYANG):
    return next(one for one in answer["units"] if one["unit"] == code)


def point_of(answer, code=ENYANG):
    return next(one for one in unit_of(answer, code)["points"] if one["rule"] == "red")


def test_the_figures_and_each_point_as_the_page_has_them(api, red):
    whole = api.he.get(THIRD)
    point = point_of(whole)

    assert {**point, "id": 0, "event": 0, "because": ""} == {
        "id": 0, "kind": "booking", "of": None, "on": "2025-08-20", "rule": "red",
        "issue": red.number, "event": 0, "because": "", "share_as": "primary", "base": "-2",
        "share": "100", "weight": "1.5", "value": "-3", "year": 2025, "quarter": 3, "policy": 0,
        "state": "booked",
    }  # fmt: skip
    assert point["event"]
    assert point_of(whole, BUREAU)["value"] == "-0.9"
    assert (whole["version"], whole["published_at"]) == (0, None)
    assert [one["unit"] for one in api.wu.get(THIRD)["units"]] == [ENYANG]
    assert unit_of(api.wu.get(THIRD)) == unit_of(whole)
    api.sysadmin.get("/scores", 403)
    api.he.get("/scores?year=2025&quarter=5", 422)
    api.he.get("/scores?unit=x", 422)
    for year in (1999, 3000, 10**19):
        assert api.he.get(f"/scores?year={year}", 422).json["errors"]["year"]


def test_a_point_is_appealed_ruled_and_its_quarter_published(api, people, red):
    point = point_of(api.he.get(THIRD))["id"]
    api.wu.post(f"/scores/{point}/actions/appeal", {"text": "有误"}, 403)
    api.chenlead.post(f"/scores/{point}/actions/appeal", {"text": "有误"}, 404)
    api.wulead.post(f"/scores/{point}/actions/appeal", expect=422)
    said = api.wulead.post(f"/scores/{point}/actions/appeal", {"text": "数据有误"})
    assert said["state"] == "appealed"
    api.wulead.post(f"/scores/{point}/actions/appeal", {"text": "再说"}, 409)
    api.sun.post(f"/scores/{point}/actions/uphold", {"reason": "属实"}, 403)
    with transaction():
        for quarter in (1, 2):
            publishing.publish(2025, quarter, people.he, clock.now())

    api.sun.post("/scores/actions/publish", {"year": 2025, "quarter": 3}, 403)
    api.he.post("/scores/actions/publish", {"year": 2025, "quarter": 4}, 409)
    told = api.he.post("/scores/actions/publish", {"year": 2025, "quarter": 3})
    before = unit_of(api.he.get(THIRD))["total"]
    ruled = api.he.post(f"/scores/{point}/actions/uphold", {"reason": "核实属实"})

    assert ruled["state"] == "upheld"
    api.he.post(f"/scores/{point}/actions/reject", {"reason": "再看"}, 409)
    after = api.he.get(THIRD)
    assert (after["sha256"], unit_of(after)["total"]) == (told["sha256"], before)
    restored = [
        one for one in unit_of(api.he.get("/scores?year=2025&quarter=4"))["points"]
        if one["kind"] == "restored"
    ]  # fmt: skip
    assert [(one["of"], one["value"]) for one in restored] == [(point, "3")]
