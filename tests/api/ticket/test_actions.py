"""What may be done now, with which fields, and doing it."""

import pytest
from drafts import DRAFT, PLAN
from schema_check import faults

from issues.act_fields import fields_of
from issues.vocabulary import Action, Status

OF_A_FIELD = {"name", "type", "required", "choices", "label"}


def acts_of(caller, number):
    return [item["action"] for item in caller.get(f"/issues/{number}/actions")["items"]]


def test_the_acts_a_caller_may_do_have_exactly_the_promised_shape(api, make_issue):
    number = make_issue(Status.SITE_CHECK).number

    said = api.lin.get(f"/issues/{number}/actions").json

    assert set(said) == {"items"}
    first = said["items"][0]
    assert set(first) == {"action", "label", "fields"}
    assert (first["action"], first["label"]) == ("record_site_check", "登记现场核查")
    assert all(set(field) == OF_A_FIELD for field in first["fields"])
    fields = {field["name"]: field for field in first["fields"]}
    assert fields["conclusion"]["choices"] == ["pass", "return", "fake"]
    assert fields["conclusion"]["required"] is True
    assert fields["note"]["required"] is False
    assert [field["name"] for field in first["fields"]] == [
        field.name for field in fields_of(Action.RECORD_SITE_CHECK)
    ]


def test_each_person_is_offered_only_what_is_theirs_to_do_now(api, make_issue):
    number = make_issue(Status.ASSIGNED).number

    assert acts_of(api.chen, number)[:2] == ["acknowledge", "decline"]
    assert "acknowledge" not in acts_of(api.liu, number)
    assert acts_of(api.zhao, number) == ["instruct"]
    assert acts_of(api.he, number) == []
    api.wu.get(f"/issues/{number}/actions", 404)


@pytest.mark.postgresql
def test_every_offered_act_can_be_sent_and_no_other(api, make_issue):
    """Sent without its fields an offered act is at most incomplete; another is refused."""
    for status in (Status.DRAFT, Status.ASSIGNED, Status.RECTIFYING, Status.PUBLICITY):
        number = make_issue(status).number
        offered = acts_of(api.chenlead if status is not Status.DRAFT else api.sun, number)
        caller = api.sun if status is Status.DRAFT else api.chenlead
        for action in Action:
            if action in (Action.REGISTER, Action.IMPORT, Action.UPLOAD, Action.REPLACE):
                caller.act(number, action.value, {"nonsense": 1}, 404)
            elif action.value in offered:
                caller.act(number, action.value, {"nonsense": 1}, 422)
            else:
                caller.act(number, action.value, {"nonsense": 1}, {403, 409, 422})


def test_refusals_come_in_their_order(api, make_issue):
    number = make_issue(Status.ASSIGNED).number
    stale, bad = {"If-Match": '"999"'}, {"nonsense": 1}

    api.wulead.act(number, "submit_plan", bad, 404, headers=stale)
    api.chen.act(number, "submit_plan", bad, 403, headers=stale)
    api.chenlead.act(number, "submit_plan", bad, 409, headers=stale)
    api.chen.act(number, "acknowledge", bad, 412, headers=stale)
    api.chen.act(number, "acknowledge", bad, 422)
    api.chen.act(number, "no_such_act", bad, 404)
    assert api.sun.get(f"/issues/{number}")["status"] == "assigned"


@pytest.mark.both
def test_an_act_answers_the_ticket_and_its_new_version(api, draft):
    number = draft["number"]
    version = {"If-Match": f'"{draft["version"]}"'}

    said = api.sun.act(number, "assign", headers=version)

    assert said["status"] == "assigned"
    assert said["assigned_on"] == "2025-11-25"
    assert said["version"] > draft["version"]
    assert said.headers["ETag"] == f'"{said["version"]}"'
    api.chen.act(number, "acknowledge", {"note": "收到"}, 412, headers=version)
    assert api.chen.act(number, "acknowledge", {"note": "收到"})["status"] == "planning"
    plan = api.chenlead.act(number, "submit_plan", PLAN)
    assert plan["status"] == "plan_review"
    assert [row["id"] for row in plan["measures"]] != []
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/Ticket"}
    assert list(faults(plan.json, schema, document)) == []


def test_a_measure_that_is_wrong_is_named_by_its_row(api, make_issue):
    number = make_issue(Status.PLANNING).number
    late = {"measures": [PLAN["measures"][0], {"text": "太晚", "deadline": "2027-01-01"}]}

    said = api.chenlead.act(number, "submit_plan", late, 422)

    assert list(said["errors"]) == ["measures.1.deadline"]
    assert api.sun.get(f"/issues/{number}")["status"] == "planning"


def test_a_draft_can_be_edited_as_an_act_too(api, draft):
    said = api.sun.act(draft["number"], "edit", {"title": "改后的标题"})

    assert said["title"] == "改后的标题"


@pytest.mark.both
def test_the_history_tells_every_act_in_order(api, make_issue):
    number = make_issue(Status.RECTIFYING).number

    said = api.chen.get(f"/issues/{number}/history").json

    rows = said["items"]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert set(rows[0]) == {
        "seq", "action", "actor", "unit", "at", "before", "after", "reason", "digest",
    }  # fmt: skip
    assert rows[0]["action"] == "register"
    assert rows[1]["before"] == "draft"
    assert rows[1]["after"] == "assigned"
    assert rows[1]["at"].endswith("+08:00")
    assert said["total"] == len(rows)
    two = api.chen.get(f"/issues/{number}/history", query_string={"limit": 2}).json
    rest = api.chen.get(f"/issues/{number}/history", query_string={"after": two["next"]}).json
    assert two["items"] + rest["items"] == rows
    assert rest["next"] is None
    api.wu.get(f"/issues/{number}/history", 404)


def test_covert_rows_of_the_history_are_not_for_units(api, make_issue):
    number = make_issue(Status.CLOSED).number
    found = {
        "result": "pass",
        "at": "2025-11-25T09:30:00+08:00",
        "place": "大茅坪镇场镇",
        "inspectors": ["lin", "lin2"],
        "text": "未见反弹",
    }
    api.lin.act(number, "record_lookback", found)

    def actions(caller):
        said = caller.get(f"/issues/{number}/history").json
        assert said["total"] == len(said["items"])
        return [row["action"] for row in said["items"]]

    assert "record_lookback" in actions(api.sun)
    for unit in (api.chen, api.chenlead, api.liu, api.zhao):
        assert "record_lookback" not in actions(unit)


def test_firings_give_every_rule_with_its_figures(api, make_issue):
    number = make_issue(Status.RECTIFYING).number

    said = api.chen.get(f"/issues/{number}/firings").json

    assert {row["rule"] for row in said["items"]} >= {"Y1", "R1"}
    assert said["total"] == len(said["items"])
    for row in said["items"]:
        assert set(row) == {"rule", "since", "because", "facts"}
        assert row["because"]
        assert row["facts"]
    api.wu.get(f"/issues/{number}/firings", 404)


def test_an_act_by_the_api_leaves_the_same_history_as_on_a_page(api, draft):
    api.sun.act(draft["number"], "assign")

    last = api.sun.get(f"/issues/{draft['number']}/history")["items"][-1]
    assert (last["action"], last["actor"], last["unit"]) == ("assign", "孙经办", "市环委办")


def test_a_complaint_may_not_be_extended(api):
    complaint = DRAFT | {"source": "SX", "case_number": "D2SC202511250001"}
    number = api.sun.post("/issues", complaint, 201)["number"]
    api.sun.act(number, "assign")
    api.chen.act(number, "acknowledge")
    api.chenlead.act(number, "submit_plan", PLAN)
    api.liu.act(number, "approve_plan", {"opinion": "同意"})

    wanted = {"cause": "汛期", "progress": "一半", "deadline": "2026-07-31"}
    said = api.chenlead.act(number, "request_extension", wanted, 409)

    assert "阶段性办结" in said["detail"]
