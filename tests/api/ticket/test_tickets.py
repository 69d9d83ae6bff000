"""One ticket: its shape, registering a draft and changing it."""

from datetime import timedelta

import pytest
from drafts import DRAFT, PLAN, without
from schema_check import faults

from extensions import db
from issues.ground import clock
from issues.vocabulary import Action, Status

KEYS = {
    "number", "version", "source", "source_ref", "title", "problem", "goal", "criteria", "region",
    "place", "lon", "lat", "types", "primary_unit", "responsible_units", "lead_unit",
    "supporting_units", "acceptance_unit", "supervising_unit", "sponsor", "assigned_on",
    "deadline", "deadline_text", "deadline_kind", "status", "round", "colour", "computed", "card",
    "pending", "reasons", "next_change", "policy", "measures", "objections", "extensions", "cards",
}  # fmt: skip
OF_A_MEASURE = {
    "id", "text", "unit", "start", "deadline", "deadline_text", "target", "unit_of_target",
    "reported", "confirmed", "done",
}  # fmt: skip


@pytest.mark.both
def test_a_new_ticket_is_a_draft_without_a_colour(api, draft):
    assert draft["number"] == "BZ-AF-2025-001"
    assert set(draft) >= KEYS
    assert draft["status"] == "draft"
    assert draft["colour"] is None
    assert draft["computed"] is None
    assert draft["card"] is None
    assert draft["pending"] is False
    assert draft["lon"] == 106.76
    assert draft["responsible_units"] == ["511902"]
    assert draft["deadline_text"] == "2026年6月30日"
    assert api.sun.get(f"/issues/{draft['number']}").json == draft


def test_the_answer_to_a_new_ticket_says_where_it_is_and_which_version(api):
    said = api.lin.post("/issues", DRAFT, 201)

    assert said.headers["Location"] == f"/api/v1/issues/{said['number']}"
    assert said.headers["ETag"] == '"1"'
    assert api.lin.get(said.headers["Location"])["number"] == said["number"]


def test_a_ticket_of_every_status_has_the_shape_the_document_promises(api, make_issue):
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/Ticket"}

    for status in set(Status) - {Status.TAKEN_BACK}:  # which no call shows
        number = make_issue(status).number
        ticket = api.sun.get(f"/issues/{number}").json
        assert list(faults(ticket, schema, document)) == [], status
        assert all(set(measure) >= OF_A_MEASURE for measure in ticket["measures"])


def test_a_ticket_says_why_it_has_its_colour_and_when_it_changes(api, make_issue):
    late = {"text": "排查", "deadline": "2025-11-15"}
    counted = {"text": "修复", "target": "60", "unit_of_target": "个", "start": "2025-11-20"}
    measures = (late, counted | {"deadline": "2026-06-30"})
    number = make_issue(Status.RECTIFYING, measures=measures).number

    ticket = api.chen.get(f"/issues/{number}").json

    assert (ticket["colour"], ticket["computed"], ticket["card"]) == ("yellow", "yellow", None)
    assert ticket["pending"] is True
    first = ticket["reasons"][0]
    assert (first["rule"], first["since"]) == ("Y3", "2025-11-16")
    assert "2025年11月15日" in first["because"]
    assert ticket["next_change"] == {"on": "2025-12-01", "colour": "red", "rules": ["R3"]}
    second = ticket["measures"][1]
    assert (second["target"], second["unit_of_target"]) == (60, "个")
    assert isinstance(second["target"], int)
    assert (second["reported"], second["confirmed"], second["done"]) == (None, None, False)


@pytest.mark.both
def test_a_closing_day_says_whether_it_is_on_record(api, make_issue):
    """The day an import kept of its own stays in its place and is told apart."""
    issue = make_issue(Status.CLOSED)
    number, day = issue.number, issue.closed_on.isoformat()
    told = [api.sun.get(f"/issues/{number}").json]
    issue.imported_on, issue.extra = issue.closed_on, {"销号日期说明": "表中没有销号日期"}
    db.session.commit()
    told.append(api.sun.get(f"/issues/{number}").json)

    assert [(one["closed_on"], one["closed_on_recorded"]) for one in told] == [
        (day, True), (day, False),
    ]  # fmt: skip


def test_a_past_day_shows_the_status_and_colour_of_that_day(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    number = issue.number
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="进展迟缓")

    then = api.sun.get(f"/issues/{number}", query_string={"on": "2025-10-09"}).json
    listed = api.sun.get("/issues", query_string={"on": "2025-10-09"})["items"][0]

    assert then["status"] == listed["status"] == "assigned"
    assert then["colour"] == listed["colour"] == "green"
    assert api.sun.get(f"/issues/{number}")["colour"] == "red"
    api.sun.get(f"/issues/{number}", 404, query_string={"on": "2025-01-01"})
    api.sun.get(f"/issues/{number}", 422, query_string={"on": "昨天"})


def test_a_ticket_out_of_sight_is_not_there(api, draft):
    number = draft["number"]

    for who in (api.chen, api.zhao, api.he, api.sysadmin, api.auditor):
        who.get(f"/issues/{number}", 404)
        who.patch(f"/issues/{number}", {"title": "改"}, 404)
    api.sun.act(number, "assign")
    api.chen.get(f"/issues/{number}")
    api.zhao.get(f"/issues/{number}")
    api.wu.get(f"/issues/{number}", 404)


def test_only_office_and_inspectors_register(api):
    api.lin.post("/issues", DRAFT, 201)
    for who in (api.zhou, api.chen, api.chenlead, api.zhao, api.he, api.auditor):
        who.post("/issues", DRAFT, 403)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source", "XX"),
        ("deadline", "2025-02-30"),
        ("deadline", "明年"),
        ("primary_unit", "999999"),
        ("lon", 200),
        ("lat", "北"),
        ("title", "长" * 121),
        ("title", "一\u0000二"),
        ("types", ["水", "火"]),
        ("measures", [{"text": "晚于时限", "deadline": "2027-01-01"}]),
        ("acceptance_unit", "511902"),
        ("colour", "red"),
        ("status", "closed"),
        ("number", "BZ-AF-2025-999"),
    ],
)
def test_a_wrong_or_unknown_value_is_told_at_its_field_and_nothing_is_kept(api, name, value):
    said = api.sun.post("/issues", DRAFT | {name: value}, 422)

    if "\u0000" not in str(value):
        assert any(field.split(".")[0] == name for field in said["errors"]), said.json
    assert api.sun.get("/issues")["total"] == 0


def test_what_is_missing_is_named(api):
    said = api.sun.post("/issues", without("title"), 422)

    assert said["errors"] == {"title": ["请填写标题"]}


@pytest.mark.both
def test_a_draft_is_changed_by_the_office_or_by_whose_draft_it_is(api):
    number = api.lin.post("/issues", DRAFT, 201)["number"]

    changed = api.lin.patch(f"/issues/{number}", {"title": "改后的标题", "place": None})
    assert (changed["title"], changed["place"]) == ("改后的标题", "")
    assert changed["problem"] == DRAFT["problem"]
    api.sun.patch(f"/issues/{number}", {"goal": "新的目标"})
    api.lin2.patch(f"/issues/{number}", {"title": "旁人"}, 403)
    api.zhou.patch(f"/issues/{number}", {"title": "旁人"}, 403)
    api.sun.patch(f"/issues/{number}", {"nonsense": 1}, 422)
    api.sun.act(number, "assign")
    api.sun.patch(f"/issues/{number}", {"title": "太晚"}, 409)
    api.lin.patch(f"/issues/{number}", {"title": "太晚"}, 403)


@pytest.mark.both
def test_a_change_of_an_older_version_is_refused_with_412(api, draft):
    path = f"/issues/{draft['number']}"
    old = {"If-Match": f'"{draft["version"]}"'}

    new = api.sun.patch(path, {"title": "第一次"}, headers=old)
    assert new.headers["ETag"] == f'"{new["version"]}"'
    said = api.sun.patch(path, {"title": "第二次"}, 412, headers=old)
    assert "更新" in said["detail"]
    for unknown in ('"999"', 'W/"1"', "nonsense"):
        api.sun.patch(path, {"title": "第三次"}, 412, headers={"If-Match": unknown})
    api.sun.patch(path, {"title": "任何版本"}, headers={"If-Match": "*"})
    assert api.sun.get(path)["title"] == "任何版本"


def test_refusals_come_in_their_order(api, draft):
    """404, 403, 409, 412, 422: what is wrong first is told, whatever else is wrong as well."""
    number = draft["number"]
    stale, bad = {"If-Match": '"999"'}, {"nonsense": 1}

    api.wu.patch(f"/issues/{number}", bad, 404, headers=stale)
    api.zhou.patch(f"/issues/{number}", bad, 403, headers=stale)
    api.sun.patch(f"/issues/{number}", bad, 412, headers=stale)
    api.sun.patch(f"/issues/{number}", bad, 422)
    api.sun.act(number, "assign")
    api.sun.patch(f"/issues/{number}", bad, 409, headers=stale)


def test_a_draft_keeps_its_measures_and_a_new_plan_replaces_them(api):
    measures = PLAN["measures"]
    ticket = api.sun.post("/issues", DRAFT | {"measures": measures}, 201).json

    assert [row["text"] for row in ticket["measures"]] == [row["text"] for row in measures]
    assert ticket["measures"][0]["target"] == 2
    assert ticket["measures"][1]["deadline"] == "2026-05-31"
    assert ticket["measures"][1]["unit"] == "511902"


def test_cards_extensions_and_objections_are_part_of_the_ticket(api, make_issue):
    number = make_issue(Status.PUBLICITY).number
    said = {"who": "居民", "text": "仍有异味", "on": clock.today().isoformat()}
    api.sun.act(number, "record_objection", said)
    api.sun.act(number, "raise_card", {"colour": "yellow", "reason": "群众有异议"})

    ticket = api.sun.get(f"/issues/{number}").json

    assert ticket["objections"][0]["who"] == "居民"
    assert ticket["objections"][0]["upheld"] is None
    assert ticket["cards"][0]["colour"] == "yellow"
    assert ticket["card"] == "yellow"
    assert ticket["extensions"] == []


def test_a_later_day_moves_nothing_but_the_colour(api, make_issue):
    number = make_issue(Status.RECTIFYING).number
    now = api.sun.get(f"/issues/{number}").json

    clock.stand_still(clock.today() + timedelta(days=300))

    later = api.sun.get(f"/issues/{number}").json
    assert later["colour"] == "red"
    assert later["version"] == now["version"]
