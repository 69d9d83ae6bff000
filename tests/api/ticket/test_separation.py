"""Who reported neither confirms nor accepts by a program either, nor the other way round."""

import pytest
from people import BUREAU

from issues.vocabulary import Action, Status


def offered(caller, number):
    return {item["action"] for item in caller.get(f"/issues/{number}/actions")["items"]}


def test_who_reported_is_refused_before_anything_is_read(api, make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    api.liu.act(issue.number, "report_progress", {"text": "配合完成监测。"})

    assert not {"confirm_progress", "return_progress"} & offered(api.liu, issue.number)
    for action, body in (
        ("confirm_progress", {"opinion": "属实"}),
        ("return_progress", {"nonsense": 1}),
    ):
        problem = api.liu.act(issue.number, action, body, 403).json
        assert problem["detail"] == "您填报过本事项的进展，不能再确认或验收。"
    api.liulead.act(issue.number, "confirm_progress", {"opinion": "属实"})


def test_who_reported_does_not_accept_at_the_end_of_the_chain(api, make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "liulead", text="我局完成监测。")
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")
    make_issue.advance(issue, Status.FIRST_ACCEPTANCE)

    assert "pass_first_acceptance" not in offered(api.liulead, issue.number)
    api.liulead.act(issue.number, "pass_first_acceptance", {"opinion": "合格"}, 403)
    api.liulead.act(issue.number, "return_acceptance", {"code": 1, "reason": "未完成"}, 403)
    api.liu.act(issue.number, "pass_first_acceptance", {"opinion": "合格"})


@pytest.mark.both
def test_who_confirmed_reports_no_more(api, make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="完成。")
    api.liu.act(issue.number, "confirm_progress", {"opinion": "属实"})

    problem = api.liu.act(issue.number, "report_progress", {"text": "我局完成。"}, 403).json

    assert problem["detail"] == "您已参与本事项的核查验收，不能再填报进展。"
