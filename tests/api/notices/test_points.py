"""An answer by the API: point by point, or with a text alone as ever; what is returned is named."""

import pytest
from small_files import paper

from issues.vocabulary import Action, Status


@pytest.fixture
def told(api, make_issue):
    """The path of a reminder, signed for, and the number of its ticket."""
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="进展迟缓")
    made = api.sun.post("/notices", {"kind": "N1", "issues": [issue.number]}, 201)
    path = f"/notices/{made['id']}"
    api.sun.post(f"{path}/actions/sign")
    api.chen.post(f"{path}/actions/acknowledge", {"name": "陈经办", "phone": "1"})
    return path, issue.number


def test_points_are_listed_answered_and_returned_by_number(api, told):
    path, number = told
    items = api.chen.get(f"{path}/points")["items"]
    assert [(one["no"], one["is_owed"]) for one in items] == [(1, True), (2, True)]
    file = api.chen.upload(number, paper(1), "情况.pdf", "other")["id"]

    one = {"no": 1, "state": "done", "text": "已清理", "evidence": [file]}
    refused = api.chen.post(f"{path}/actions/reply", {"points": [one]}, 422)
    assert "第2项尚未答复" in str(refused.json)
    two = {"no": 2, "state": "by", "by": "2025-12-20"}
    api.chen.post(f"{path}/actions/reply", {"points": [one, {**two, "by": "2025-11-24"}]}, 422)
    api.chen.post(f"{path}/actions/reply", {"points": [one, {**two, "evidence": [99999]}]}, 422)
    api.chen.post(f"{path}/actions/reply", {"points": [one, {**two, "more": 1}]}, 422)
    api.chen.post(f"{path}/actions/reply", {"points": "1"}, 422)
    api.chen.post(f"{path}/actions/reply", {"points": [one, two]})

    items = api.sun.get(f"{path}/points")["items"]
    assert [(one["state"], one["by"]) for one in items] == [("done", None), ("by", "2025-12-20")]
    assert items[0]["evidence"] == [file]
    back = {"reason": "太晚", "due": "2025-12-05", "points": [2]}
    api.sun.post(f"{path}/actions/return_reply", back | {"points": [7]}, 422)
    api.sun.post(f"{path}/actions/return_reply", back)
    items = api.chen.get(f"{path}/points")["items"]
    assert [one["returned"] for one in items] == ["", "太晚"]


def test_a_text_alone_answers_all_as_ever(api, told):
    path, _ = told
    api.chen.post(f"{path}/actions/reply", {"text": "已逐项办理。"})

    items = api.sun.get(f"{path}/points")["items"]
    assert {one["standing"] for one in items} == {"已在答复内容中一并答复"}
    assert {one["state"] for one in items} == {None}


def test_points_are_seen_by_who_sees_the_paper(api, told):
    path, _ = told
    api.wu.get(f"{path}/points", 404)
    api.sysadmin.get(f"{path}/points", 403)
