"""Targets through the API: exact, of a ticket or a measure, with their state and its arithmetic."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from schema_check import faults

from extensions import db, transaction
from issues.models import Issue, Reading, Target
from issues.vocabulary import Rule, Status

PM = {
    "name": "PM2.5", "sense": "lt", "value": 27.4, "unit": "μg/m³", "nature": "level",
    "by": "2025-12-21", "source": "市生态环境局", "required": True, "quote": "PM2.5小于27.4μg/m³",
}  # fmt: skip
AT = datetime(2025, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def number(make_issue):
    return make_issue(Status.RECTIFYING, types=["水"]).number


def add_reading(people, target_id, value, on, **more):
    target = db.session.get(Target, target_id)
    row = Reading(
        issue_id=target.issue_id, target_id=target_id, pollutant=target.name,
        value=Decimal(value), unit_of_value=target.unit_of_value, sampled_on=on, point="",
        laboratory="市环境监测站", entered_at=AT, entered_by_id=people.liu.id,
        **({"confirmed_at": AT, "confirmed_by_id": people.sun.id} | more),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


@pytest.mark.both
def test_a_target_is_set_judged_by_confirmed_readings_and_ended(api, number, people):
    said = api.sun.post(f"/issues/{number}/targets", PM, 201)
    document = api.sun.get("/openapi.json").json
    assert list(faults(said.json, {"$ref": "#/components/schemas/Target"}, document)) == []
    assert (said["value"], said["state"], said["by"], said["required"]) == (
        27.4, "unknown", "2025-12-21", True,
    )  # fmt: skip

    day = AT.date()
    with transaction():
        first = add_reading(people, said["id"], "28.5", day)
        add_reading(people, said["id"], "27.0", day, confirmed_at=None, confirmed_by_id=None)
        add_reading(people, said["id"], "27.1", day, withdrawn_at=AT, withdraw_reason="重复")

    told = api.liu.get(f"/issues/{number}/targets")["items"][-1]
    assert (told["state"], told["says"]) == (
        "not_met", "PM2.5＜27.4μg/m³，2025-11-24读数28.5，未达标",
    )  # fmt: skip
    assert [(one["value"], one["confirmed"]) for one in told["readings"]] == [
        (28.5, True), (27, False),
    ]  # fmt: skip

    with transaction():
        add_reading(people, said["id"], "27.3", day, corrects_id=first.id)
    told = api.liu.get(f"/issues/{number}/targets")["items"][-1]
    assert (told["state"], [one["value"] for one in told["readings"]]) == ("met", [28.5, 27, 27.3])

    api.sun.post(f"/issues/{number}/targets/{said['id']}/end", {}, 422)
    api.liu.post(f"/issues/{number}/targets/{said['id']}/end", {"reason": "不再需要"}, 403)
    api.sun.post(f"/issues/{number}/targets/{said['id']}/end", {"reason": "指标调整"}, 200)
    assert "PM2.5" not in [one["name"] for one in api.liu.get(f"/issues/{number}/targets")["items"]]
    assert db.session.get(Target, said["id"]).ended_why == "指标调整"
    lines = api.sun.get(f"/issues/{number}/history")["items"][-1]
    assert "指标调整" in str(lines)


@pytest.mark.both
def test_a_target_colours_the_ticket_from_its_days_on(api, number, people):
    said = api.sun.post(f"/issues/{number}/targets", PM | {"by": "2025-11-24"}, 201)
    rules = {f["rule"]: f["since"] for f in api.sun.get(f"/issues/{number}/firings")["items"]}
    assert (rules["Y7"], rules["R8"]) == ("2025-10-25", "2025-12-24"), "missing is red later"

    with transaction():
        add_reading(people, said["id"], "27.4", AT.date())
    api.sun.post(f"/issues/{number}/targets", PM | {"name": "PM10", "by": None}, 201)

    assert api.sun.get(f"/issues/{number}")["colour"] == "red"
    issue = db.session.query(Issue).filter_by(number=number).one()
    assert issue.red_from == AT.date()
    found = [f for f in issue.firings if f["rule"] == Rule.R8]
    assert [f["facts"]["name"] for f in found] == ["PM2.5", "PM10"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sense": "eq"}, "sense"),
        ({"sense": None}, "sense"),
        ({"value": "很多"}, "value"),
        ({"value": None}, "value"),
        ({"nature": None}, "nature"),
        ({"nature": "count"}, "nature"),
        ({"nature": "count", "sense": "ge", "measure": 1}, "nature"),
        ({"measure": 9}, "measure"),
        ({"name": ""}, "name"),
        ({"name": "长" * 81}, "name"),
        ({"start": "2025-12-22"}, "start"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_target_is_refused_at_its_field_and_leaves_nothing(api, number, changes, field):
    refused = api.sun.post(f"/issues/{number}/targets", PM | changes, 422)

    assert set(refused["errors"]) == {field}
    assert db.session.query(Target).count() == 0


def test_the_counts_of_measures_are_listed_as_targets_of_their_own(api, number):
    items = api.chen.get(f"/issues/{number}/targets")["items"]

    assert [(one["id"], one["nature"], one["sense"], one["measure"]) for one in items] == [
        (None, "count", "ge", one["measure"]) for one in items
    ]
    assert api.chen.post(f"/issues/{number}/targets", PM, 403)
