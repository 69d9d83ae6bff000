"""Readings of targets from entry to effect: who confirms, what gates, what follows a closure."""

from datetime import date

import pytest
from small_files import paper
from sqlalchemy import select

from extensions import db, transaction
from issues.evidence import reviewing
from issues.ground import clock
from issues.models import Lookback, Reading, Target
from issues.vocabulary import Action, Nature, Sense, Status

LIMIT = {
    "name": "氨氮", "sense": "le", "value": "1.0", "unit": "mg/L", "nature": "level",
    "required": True,
}  # fmt: skip
TEXT = {"text": "已完成，申请验收。"}


def target_of(api, number, **changes):
    return api.sun.post(f"/issues/{number}/targets", LIMIT | changes, 201)["id"]


def enter(api, number, target, value, day, who="chen", expect=201, **more):
    said = {"on": day, "value": value, "source": "市监测站"} | more
    caller = getattr(api, who)
    return caller.post(f"/issues/{number}/targets/{target}/readings", said, expect).json


def effects(api):
    """What went wrong with the effect. Each of the board's figures is what the register lists."""
    told = api.zhou.get("/board")["effects"]
    lists = {name: api.zhou.get(f"/issues?effect={name}")["items"] for name in told}
    assert told == {name: len(items) for name, items in lists.items()}
    return {name: [item["number"] for item in lists[name]] for name in ("hollow", "relapsed")}


def test_a_ticket_whose_unit_typed_its_own_readings_stops(api, make_issue):
    issue = make_issue(Status.FIRST_ACCEPTANCE, types=["水"])
    make_issue.act(Action.RETURN_ACCEPTANCE, issue, "liulead", code="3", reason="核实氨氮")
    number, target = issue.number, target_of(api, issue.number)
    for day in ("2025-11-18", "2025-11-20"):
        enter(api, number, target, "9.9", day)

    refused = api.chenlead.act(number, "request_acceptance", TEXT, 422)

    (told,) = refused["errors"]["readings"]
    assert all(word in told for word in ("氨氮", "9.9", "1.0", "2025-11-20"))
    report = api.chen.upload(number, paper(1), "报告.pdf", "monitoring")["id"]
    for day in ("2025-11-21", "2025-11-22"):
        made = enter(api, number, target, "0.9", day, evidence=report)
        api.liu.post(f"/issues/{number}/readings/{made['id']}/confirm", {})
    assert api.chenlead.act(number, "request_acceptance", TEXT)["status"] == "first_acceptance"
    late = enter(api, number, target, "1.01", "2025-11-23", who="sun", evidence=report)
    assert effects(api) == {"hollow": [], "relapsed": []}
    api.liu.post(f"/issues/{number}/readings/{late['id']}/confirm", {})
    assert effects(api) == {"hollow": [number], "relapsed": []}


def test_a_limit_that_only_the_standard_names_asks_for_its_target(api, make_issue):
    issue = make_issue(types=["水"], criteria="出水氨氮≤1.0mg/L。")
    number = issue.number
    make_issue.finish(issue, clock.now())
    bare = {
        "pollutant": "氨氮", "value": "9.9", "unit_of_value": "mg/L",
        "sampled_on": "2025-11-20", "laboratory": "区监测站",
    }  # fmt: skip
    api.chen.post(f"/issues/{number}/readings", bare, 201)

    refused = api.chenlead.act(number, "request_acceptance", TEXT, 422)

    (told,) = refused["errors"]["readings"]
    assert told == "验收标准写明出水氨氮≤1.0mg/L，尚未确认为目标，2025-11-20读数9.9mg/L，未达标"
    target_of(api, number, name="出水氨氮", required=False)
    assert api.chenlead.act(number, "request_acceptance", TEXT)["status"] == "first_acceptance"


@pytest.mark.both
def test_only_another_unit_confirms_and_only_once(api, make_issue, monkeypatch):
    number = make_issue(Status.RECTIFYING, types=["水"]).number
    target = target_of(api, number)
    made = enter(api, number, target, "0.9", "2025-11-20")
    place = f"/issues/{number}/readings/{made['id']}"

    api.chenlead.post(f"{place}/confirm", {}, 403)
    api.wu.post(f"{place}/confirm", {}, 404)
    api.zhao.post(f"{place}/confirm", {}, 403)
    own = enter(api, number, target, "0.8", "2025-11-20", who="liu")["id"]
    api.liulead.post(f"/issues/{number}/readings/{own}/confirm", {}, 403)
    typed = enter(api, number, target, "0.8", "2025-11-20", who="sun")
    own_place = f"/issues/{number}/readings/{typed['id']}"
    api.sun.post(f"{own_place}/confirm", {}, 403)
    api.lin.post(f"{own_place}/confirm", {}, 403)

    said = api.liu.post(f"{place}/confirm", {})
    assert (said["confirmed_by"], said["target"]) == ("刘经办", target)
    api.sun.post(f"{place}/confirm", {}, 409)
    api.liu.post(f"{place}/return", {"reason": "看错"}, 409)
    api.chen.post(f"{place}/withdraw", {"reason": "录错"}, 403)
    monkeypatch.setattr(reviewing, "is_of_the_unit", lambda *_: False)
    api.lin.post(f"{own_place}/confirm", {})  # the guard away, its own unit confirms


def test_what_is_corrected_or_given_back_stays(api, make_issue):
    number = make_issue(Status.RECTIFYING, types=["水"]).number
    target = target_of(api, number)
    report = api.chen.upload(number, paper(1), "报告.pdf", "monitoring")["id"]
    first = enter(api, number, target, "9.0", "2025-11-20", evidence=report)
    said = {
        "pollutant": "NH3-N", "value": "0.9", "unit_of_value": "mg/L", "laboratory": "市监测站",
        "sampled_on": "2025-11-20", "evidence": report, "reason": "小数点错位",
    }  # fmt: skip
    place = f"/issues/{number}/readings"

    wrong = api.chen.post(f"{place}/{first['id']}/correct", said | {"unit_of_value": "μg/L"}, 422)
    assert set(wrong["errors"]) == {"unit_of_value"}
    mended = api.chen.post(f"{place}/{first['id']}/correct", said, 201)
    assert (mended["corrects"], mended["target"], mended["pollutant"]) == (
        first["id"], target, "氨氮",
    )  # fmt: skip
    api.liu.post(f"{place}/{mended['id']}/return", {"reason": ""}, 422)
    api.liu.post(f"{place}/{mended['id']}/return", {"reason": "与报告不符"})

    rows = {row["id"]: row["withdraw_reason"] for row in api.sun.get(place)["items"]}
    assert rows == {first["id"]: "更正：小数点错位", mended["id"]: "退回：与报告不符"}
    assert not any(row["readings"] for row in api.sun.get(f"/issues/{number}/targets")["items"])
    history = [row["action"] for row in api.sun.get(f"/issues/{number}/history")["items"]]
    assert {"record_reading", "correct_reading", "return_reading"} <= set(history)


@pytest.mark.postgresql
def test_a_reading_outside_after_closure_sends_somebody_to_look(api, make_issue):
    issue = make_issue(Status.CLOSED, types=["水"])
    number = issue.number
    bare = {
        "pollutant": "氨氮", "value": "9.9", "unit_of_value": "mg/L", "high": "1.0",
        "sampled_on": "2025-11-24", "laboratory": "市监测站",
    }  # fmt: skip
    made = api.sun.post(f"/issues/{number}/readings", bare, 201)["id"]
    assert effects(api) == {"hollow": [], "relapsed": []}

    api.liu.post(f"/issues/{number}/readings/{made}/confirm", {})

    assert effects(api) == {"hollow": [], "relapsed": [number]}
    planned = select(Lookback.why).where(Lookback.issue_id == issue.id)
    told = [why for why in db.session.scalars(planned) if why.startswith("读数未达标")]
    assert told == ["读数未达标：2025-11-24 氨氮9.9mg/L，要求≤1.0"]
    seen = api.chen.get(f"/issues/{number}/history")["items"]
    assert "plan_lookback" not in [row["action"] for row in seen], "units never see it"
    visit = {
        "result": "pass", "at": "2025-11-25T09:00", "place": "断面", "text": "现场无异常。",
        "inspectors": ["lin", "lin2"],
    }  # fmt: skip
    refused = api.lin.act(number, "record_lookback", visit, 422)
    assert "读数未达标" in refused["errors"]["result"][0]
    better = bare | {"value": "0.9", "sampled_on": "2025-11-25"}
    again = api.sun.post(f"/issues/{number}/readings", better, 201)["id"]
    api.liu.post(f"/issues/{number}/readings/{again}/confirm", {})
    assert effects(api) == {"hollow": [], "relapsed": []}
    assert db.session.get(Reading, made).withdrawn_at is None
    api.lin.act(number, "record_lookback", visit)


def test_a_board_of_yesterday_knows_nothing_of_today(api, make_issue):
    """What is set and confirmed today changes no day before, and a draft is on no board."""
    issue, draft = make_issue(Status.RECTIFYING, types=["水"]), make_issue(Status.DRAFT)
    target = target_of(api, issue.number)
    with transaction():
        aim = {"name": "氨氮", "sense": Sense.LE, "value": 1, "nature": Nature.LEVEL}
        db.session.add(Target(issue_id=draft.id, entered_at=clock.now(), **aim))
    clock.stand_still(date(2025, 11, 26))
    made = enter(api, issue.number, target, "9.9", "2025-11-24")
    api.liu.post(f"/issues/{issue.number}/readings/{made['id']}/confirm", {})
    effects(api)

    told = {on: api.zhou.get(f"/board?on={on}")["effects"]
            for on in ("2025-11-24", "2025-11-25", "2025-11-26")}  # fmt: skip
    shown = {on: (one["not_met"], one["unknown"]) for on, one in told.items()}
    assert shown == {"2025-11-24": (0, 0), "2025-11-25": (0, 1), "2025-11-26": (1, 0)}
