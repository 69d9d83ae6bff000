"""Board, rules, units, look-backs."""

from datetime import date, timedelta

import pytest
from schema_check import faults

from extensions import db, transaction
from issues.ground import clock
from issues.models import PolicyVersion
from issues.succession import reforming
from issues.vocabulary import Action, Status

SOON = ({"text": "排查", "deadline": "2025-12-31"},)
COUNTS = ("red", "yellow", "green", "closed")


@pytest.mark.postgresql
def test_the_board_counts_each_ticket_once_under_its_primary_unit(api, make_issue):
    red = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, red, "sun", colour="red", reason="进展迟缓")
    make_issue(Status.CLOSED)
    make_issue(Status.DRAFT)

    said = api.sun.get("/board", query_string={"compare": "2025-10-20", "within": 365}).json

    assert [said[name] for name in COUNTS] == [1, 0, 0, 1]
    assert said["total"] == 2
    assert said["on"] == "2025-11-25"
    assert said["as_of"].endswith("+08:00")
    (group,) = said["groups"]
    assert (group["key"], group["red"], group["closed"]) == ("511902", 1, 1)
    assert said["compare"]["on"] == "2025-10-20"
    assert said["compare"]["total"] == 2
    assert {turn["number"] for turn in said["turning"]} == {red.number}
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/Board"}
    assert list(faults(said, schema, document)) == []


def test_the_board_is_grouped_as_asked_and_refuses_what_it_cannot_read(api, make_issue):
    make_issue(Status.RECTIFYING)

    for by, key in (("unit", "511902"), ("region", "511902"), ("source", "AF")):
        said = api.chen.get("/board", query_string={"by": by})
        assert [group["key"] for group in said["groups"]] == [key]
    assert api.wu.get("/board")["total"] == 0
    for wrong in ({"by": "colour"}, {"on": "x"}, {"compare": "x"}, {"within": "x"}, {"x": "y"}):
        api.sun.get("/board", 422, query_string=wrong)
    api.auditor.get("/board", 403)


def test_the_rules_are_one_document_of_named_numbers(api):
    said = api.chen.get("/policy").json

    assert (said["number"], said["near_max"], said["lag_yellow"]) == (0, 30, 10)
    assert said["sources"]["YD"]["mover"] == "document"
    assert api.chen.get("/policies/0").json == said
    api.chen.get("/policies/7", 404)
    api.sysadmin.get("/policy", 403)


def test_every_published_version_can_be_read(api, draft):
    with transaction():
        db.session.add(
            PolicyVersion(
                number=1,
                name="2025年版",
                effective_from=date(2025, 11, 1),
                document={"near_max": 20},
                published_at=clock.now(),
            )
        )

    said = api.sun.get("/policy").json

    assert (said["number"], said["near_max"], said["effective_from"]) == (1, 20, "2025-11-01")
    assert said["near_min"] == 3
    assert api.sun.get("/policies/0")["near_max"] == 30


@pytest.mark.both
def test_a_preview_names_what_would_change_and_writes_nothing(api, make_issue):
    number = make_issue(Status.RECTIFYING, deadline="2025-12-31", measures=SOON).number
    rules = api.sun.get("/policy").json
    before = api.sun.get(f"/issues/{number}").json

    same = api.sun.post("/policy/preview", rules).json
    said = api.sun.post("/policy/preview", rules | {"near_share": 100, "near_max": 60}).json

    assert before["colour"] == "green"
    assert same["changes"] == []
    assert said["changes"] == [{"number": number, "from": "green", "to": "yellow", "rules": ["Y1"]}]
    assert said["totals"]["from"] == {"red": 0, "yellow": 0, "green": 1}
    assert said["totals"]["to"] == {"red": 0, "yellow": 1, "green": 0}
    assert api.sun.get(f"/issues/{number}").json == before
    assert api.sun.get("/policy").json == rules
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/Comparison"}
    assert list(faults(said, schema, document)) == []


def test_a_preview_is_for_who_makes_rules_and_refuses_what_is_no_rule(api):
    for who in (api.chen, api.zhao, api.lin, api.sysadmin):
        who.post("/policy/preview", {"nonsense": 1}, 403)
    assert list(api.sun.post("/policy/preview", {"nonsense": 1}, 422)["errors"]) == ["nonsense"]
    assert list(api.zhou.post("/policy/preview", {"near_max": 0.5}, 422)["errors"]) == ["near_max"]
    api.sun.ask("POST", "/policy/preview", 422, data=b"[]", content_type="application/json")


def test_units_are_listed_in_the_citys_order(api):
    said = api.chen.get("/units", query_string={"limit": 200}).json

    assert said["total"] == len(said["items"]) or said["next"]
    codes = [unit["code"] for unit in said["items"]]
    assert {"511902", "511900-STHJ", "511900-HWB"} <= set(codes)
    assert set(said["items"][0]) == {
        "code", "name", "short_name", "kind", "region", "ended", "successors"
    }  # fmt: skip
    few = api.chen.get("/units", query_string={"limit": 2}).json
    assert [unit["code"] for unit in few["items"]] == codes[:2]
    assert few["next"] == "2"


@pytest.mark.both
def test_look_backs_are_not_for_units(api, make_issue):
    number = make_issue(Status.CLOSED, source="SX").number

    rows = api.sun.get("/lookbacks").json

    assert [row["number"] for row in rows["items"]] == [number]
    assert set(rows["items"][0]) == {"number", "planned_on", "why", "done_on", "result"}
    assert rows["items"][0]["done_on"] is None
    before = api.sun.get("/lookbacks", query_string={"due_before": "2025-12-01"})
    assert before["total"] == 0
    for unit in (api.chen, api.liulead, api.zhao):
        unit.get("/lookbacks", 403)


def test_the_difference_of_two_days_says_who_turned_and_why_page_by_page(api, make_issue):
    late = [
        make_issue(deadline="2025-11-20", measures=({"text": "整治", "deadline": "2025-11-20"},))
        for _ in range(3)
    ]
    make_issue()
    asked = {"on": "2025-11-25", "compare": "2025-11-01", "limit": 2}

    said = api.zhao.get("/board/changes", query_string=asked).json
    rest = api.zhao.get("/board/changes", query_string=asked | {"after": said["next"]}).json

    assert said["pairs"] == [{"from": "green", "to": "red", "count": 3}]
    assert (said["total"], rest["next"]) == (3, None)
    items = said["items"] + rest["items"]
    assert [one["number"] for one in items] == [issue.number for issue in late]
    assert {"R1", "Y3"} & set(items[0]["rules"]) == {"R1"}
    assert "时限2025年11月20日，已过5天" in items[0]["why"][0]
    assert items[0]["unit"] == "511902"


def test_the_difference_to_a_day_to_come_is_the_forecast(api, make_issue):
    soon = ({"text": "整治", "deadline": "2025-12-20"},)
    issue = make_issue(deadline="2025-12-20", measures=soon)

    said = api.sun.get(
        "/board/changes", query_string={"on": "2026-01-24", "compare": "2025-11-25"}
    ).json

    (one,) = said["items"]
    assert (one["number"], one["to"], one["rules"][0]) == (issue.number, "red", "R1")
    for wrong in ({"on": "昨天"}, {"compare": "2025-13-01"}, {"since": "2025-11-01"}):
        api.sun.get("/board/changes", 422, query_string=wrong)
    api.auditor.get("/board/changes", 403)


def test_cards_are_counted_by_ticket_and_by_unit(api, make_issue):
    issue, other = make_issue(), make_issue()
    for colour in ("yellow", "red"):
        make_issue.act(Action.RAISE_CARD, issue, "sun", colour=colour, reason="拖延")
    make_issue.act(Action.RAISE_CARD, other, "sun", colour="yellow", reason="拖延")

    ticket = api.sun.get(f"/issues/{issue.number}").json
    board = api.sun.get("/board").json

    assert ticket["card_counts"] == {"yellow": 1, "red": 1}
    assert board["cards"] == [{"key": "511902", "yellow": 2, "red": 1}]
    assert "cards" not in api.sun.get("/board", query_string={"by": "source"}).json
    assert api.sun.get("/board", query_string={"on": "2025-11-20"}).json["cards"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"near_min": -1}, "near_min"),
        ({"near_min": None}, "near_min"),
        ({"lag_red": 5}, "lag_red"),
        ({"sources": {"AF": {"plan_workdays": -3}}}, "sources.AF.plan_workdays"),
    ],
)
def test_a_preview_refuses_bad_rules_at_their_field(api, wrong, field):
    assert list(api.sun.post("/policy/preview", wrong, 422)["errors"]) == [field]


@pytest.mark.both
def test_an_ended_unit_says_since_when_and_who_goes_on(api, people):
    def merge(old, new, at):
        with transaction():
            reforming.merge(people.sysadmin, old, new, "川委办〔2025〕1号", at)

    def told():
        return {one["code"]: (one["ended"], one["successors"])
                for one in api.sun.get("/units?limit=200")["items"]}  # fmt: skip

    before = told()
    assert all(one == (None, []) for one in before.values())
    statements = len(api.sun.get("/units").statements)
    merge("511900-SLJ", "511900-ZJJ", clock.now())
    merge("511900-ZJJ", "511900-NYNC", clock.now() + timedelta(seconds=1))

    after = told()
    day = clock.today().isoformat()
    assert after["511900-SLJ"] == (day, ["511900-ZJJ"])
    assert after["511900-ZJJ"] == (day, ["511900-NYNC"])
    assert after["511900-NYNC"] == (None, [])
    assert len(api.sun.get("/units").statements) == statements
