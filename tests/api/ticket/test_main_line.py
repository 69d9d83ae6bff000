"""The whole main line by programs: from a found problem to 已销号, each act by its own person."""

from datetime import date

import pytest
from drafts import DRAFT, PLAN
from small_files import paper, photo

from issues.ground import clock

AGREED = {"opinion": "同意"}
PATH = [
    "register", "assign", "acknowledge", "submit_plan", "approve_plan", "report_progress",
    "confirm_progress", "upload", "upload", "upload", "upload", "upload", "request_acceptance",
    "pass_first_acceptance", "upload", "record_site_check", "approve_closure", "close",
]  # fmt: skip


def on(day):
    clock.stand_still(date.fromisoformat(day))


def done(measures):
    return [
        {"id": row["id"], "done": True} | ({"reported": row["target"]} if row["target"] else {})
        for row in measures
    ]


@pytest.mark.postgresql
def test_a_ticket_goes_from_found_to_closed_through_the_api(api):
    number = api.lin.post("/issues", DRAFT, 201)["number"]
    api.sun.act(number, "assign")
    on("2025-11-26")
    api.chen.act(number, "acknowledge")
    on("2025-12-02")
    api.chenlead.act(number, "submit_plan", PLAN)
    api.liu.act(number, "approve_plan", AGREED)

    on("2026-02-10")
    measures = api.chen.get(f"/issues/{number}")["measures"]
    api.chenlead.act(number, "request_acceptance", {"text": "全部完成"}, 422)
    told = {"text": "排口已封堵。", "measures": done(measures)}
    ticket = api.chen.act(number, "report_progress", told)
    assert [row["confirmed"] for row in ticket["measures"]] == [None, None]
    assert [row["reported"] for row in ticket["measures"]] == [2, None]
    assert [row["done"] for row in ticket["measures"]] == [False, False]
    ticket = api.liu.act(number, "confirm_progress", AGREED)
    assert ticket["measures"][0]["confirmed"] == 2
    assert [row["done"] for row in ticket["measures"]] == [True, True]

    kinds = ("before", "after", "completion", "monitoring", "monitoring")
    for place, kind in enumerate(kinds):
        api.chen.upload(number, paper(place), f"材料{place}.pdf", kind)
    ticket = api.chenlead.act(number, "request_acceptance", {"text": "全部完成，申请验收。"})
    assert ticket["status"] == "first_acceptance"
    api.chenlead.act(number, "pass_first_acceptance", AGREED, 403)
    on("2026-02-12")
    api.liulead.act(number, "pass_first_acceptance", AGREED)

    on("2026-02-24")
    picture = api.lin.upload(number, photo(), "现场.jpg", "site_check")["id"]
    check = {
        "at": "2026-02-24T09:30:00+08:00",
        "place": "巴州区某镇河段",
        "lon": 106.7601,
        "lat": 31.8502,
        "inspectors": ["lin", "lin2"],
        "conclusion": "pass",
        "measures": [{"id": row["id"], "conclusion": "pass"} for row in measures],
        "photos": [picture],
    }
    assert api.lin.act(number, "record_site_check", check)["status"] == "approval"
    approved = {"standards": [1, 2, 3, 4, 5], "opinion": "同意公示"}
    api.sun.act(number, "approve_closure", approved, 403)
    ticket = api.zhou.act(number, "approve_closure", approved)
    assert ticket["status"] == "publicity"
    until = ticket["publicity_until"]

    on(until)
    api.sun.act(number, "close", {}, 409)
    on("2026-03-12")
    ticket = api.sun.act(number, "close")

    assert (ticket["status"], ticket["colour"]) == ("closed", "grey")
    assert ticket["closed_on"] == "2026-03-12"
    assert [row["action"] for row in api.sun.get(f"/issues/{number}/history")["items"]] == PATH
    board = api.zhao.get("/board").json
    assert (board["closed"], board["total"]) == (1, 1)
    assert [item["action"] for item in api.sun.get(f"/issues/{number}/actions")["items"]] == [
        "plan_lookback", "record_finding", "comment", "link",
    ]  # fmt: skip
