"""A measure more and a measure less by the API: `amend` with rows of `fields.measures`."""

import pytest
from people import BAZHOU, BUREAU
from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Event
from issues.vocabulary import Action, Status

NEW = {"text": "建成一体化提升泵站", "unit": BUREAU, "deadline": "2026-05-31", "target": "2"}


def last_detail(issue):
    rows = select(Event.detail).where(Event.subject == "ticket", Event.subject_id == issue.id)
    return db.session.scalars(rows.order_by(Event.seq.desc()).limit(1)).one()


def confirmed(make_issue, issue):
    """The first measure done, and a reviewer has said so."""
    row = {"id": measures_of(issue)[0].id, "done": True}
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="排查完成", measures=[row])
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")


@pytest.mark.parametrize(
    ("cells", "name", "said"),
    [
        ({"text": ""}, "text", "请填写措施内容"),
        ({"deadline": "2026-07-01"}, "deadline", "晚于本事项的整改时限2026年6月30日"),
        ({"deadline": "2026-02-30"}, "deadline", "2026"),
        ({"deadline": "", "deadline_text": "尽快"}, "deadline_text", "尽快"),
        ({"start": "2026-06-01"}, "start", "晚于时限"),
        ({"unit": "没有的单位"}, "unit", "没有代码为"),
        ({"target": "0"}, "target", "目标值应大于0"),
        ({"target": "两座"}, "target", "目标值应是数字"),
        ({"text": "字" * 2001}, "text", "措施内容超过2000字"),
    ],
)
def test_a_new_measure_is_checked_as_in_a_plan(api, make_issue, cells, name, said):
    issue = make_issue(Status.RECTIFYING)
    planning = make_issue(Status.PLANNING)

    body = {"reason": "调整", "fields": {"measures": [NEW | cells]}}
    refused = api.sun.act(issue.number, "amend", body, 422)
    as_plan = api.chenlead.act(planning.number, "submit_plan", {"measures": [NEW | cells]}, 422)

    assert said in "".join(refused.json["errors"][f"fields.measures.0.{name}"])
    assert as_plan.json["errors"][f"measures.0.{name}"]
    assert len(measures_of(issue)) == 2


@pytest.mark.both
def test_by_the_api_one_more_and_one_less_in_one_act(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    first, second = measures_of(issue)

    rows = [{"id": first.id, "dropped": True}, {"text": "清掏雨水沟"}]
    api.sun.act(issue.number, "amend", {"reason": "调整", "fields": {"measures": rows}})

    said = api.sun.get(f"/issues/{issue.number}").json["measures"]
    assert [row["text"] for row in said] == [second.text, "清掏雨水沟"]
    assert said[1]["unit"] == BAZHOU, "without a unit it is the primary unit's"
    assert said[1]["id"] not in (first.id, second.id)
    detail = last_detail(issue)
    assert [row.get("no") for row in detail["before"]["measures"]] == [1, None]
    assert [row.get("no") for row in detail["after"]["measures"]] == [None, 3]


def test_a_measure_with_confirmed_progress_stays(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    confirmed(make_issue, issue)

    rows = [{"text": "再加一项"}, {"id": measures_of(issue)[0].id, "dropped": True}]
    refused = api.sun.act(
        issue.number, "amend", {"reason": "调整", "fields": {"measures": rows}}, 422
    )

    told = refused.json["errors"]
    assert told == {"fields.measures.1.dropped": ["措施1已有确认的进展，不能撤销"]}
    assert len(measures_of(issue)) == 2, "nothing is half written"


def test_a_plan_is_never_left_empty(api, make_issue):
    issue = make_issue(Status.RECTIFYING)

    rows = [{"id": measure.id, "dropped": True} for measure in measures_of(issue)]
    refused = api.sun.act(
        issue.number, "amend", {"reason": "调整", "fields": {"measures": rows}}, 422
    )

    assert refused.json["errors"] == {"fields.measures.1.dropped": ["方案至少要保留一项措施"]}


@pytest.mark.parametrize("status", [Status.FIRST_ACCEPTANCE, Status.PUBLICITY])
def test_nothing_is_added_to_what_is_being_accepted(api, make_issue, status):
    issue = make_issue(status)

    body = {"reason": "调整", "fields": {"measures": [{"text": "再加一项"}]}}
    refused = api.sun.act(issue.number, "amend", body, 409)

    assert "不能新增措施" in refused.json["detail"]


def test_the_province_s_date_stays_while_a_measure_is_added(api, make_issue):
    issue = make_issue(Status.RECTIFYING, source="SD")

    rows = {"measures": [{"text": "清掏雨水沟", "deadline": "2026-05-31"}]}
    moved = rows | {"deadline": "2026-12-31"}
    api.sun.act(issue.number, "amend", {"reason": "调整", "fields": moved}, 403)
    api.sun.act(issue.number, "amend", {"reason": "调整", "fields": rows})

    assert issue.deadline.isoformat() == "2026-06-30"
    assert len(measures_of(issue)) == 3


@pytest.mark.parametrize("name", ["chenlead", "liu", "zhou"])
def test_only_the_office_may(api, make_issue, name):
    issue = make_issue(Status.RECTIFYING)

    body = {"reason": "调整", "fields": {"measures": [{"text": "再加一项"}]}}
    getattr(api, name).act(issue.number, "amend", body, 403)
