"""A county's people by the interface: what they may do, with what they may choose from."""

import centre

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import transaction
from issues.vocabulary import Status


def caller(api, name):
    with transaction():
        return api.with_token(accounts.issue_token(SYSTEM, centre.found()[name].id))


def fields_of(caller_, number, action):
    offered = caller_.get(f"/issues/{number}/actions").json["items"]
    (act,) = (one for one in offered if one["action"] == action)
    return {field["name"]: field for field in act["fields"]}


def test_from_the_delegation_to_a_confirmed_task(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    centre.found()
    api.sun.act(issue.number, "delegate", {"reason": "由区里督办。"})
    luo, tang = caller(api, "luo"), caller(api, "tang")

    units = fields_of(luo, issue.number, "hand_task")["unit"]["choices"]
    said = {"unit": centre.TOWN, "text": "逐户登记。", "due_on": "2025-12-05"}
    luo.act(issue.number, "hand_task", said)
    (task,) = fields_of(tang, issue.number, "answer_task")["task"]["choices"]
    tang.act(issue.number, "answer_task", {"task": int(task), "text": "已登记32户。"})
    done = luo.act(issue.number, "confirm_task", {"task": task, "opinion": "属实。"})

    assert centre.TOWN in units
    assert centre.CENTRE_CODE not in units
    assert done.json["status"] == "rectifying"
    luo.act(issue.number, "close", {}, 403)
    caller(api, "qin").get(f"/issues/{issue.number}", 404)
    api.sun.act(issue.number, "recall", {"reason": "由市里督办。"})
    luo.act(issue.number, "hand_task", said, 403)


def test_what_a_county_proposes_and_the_city_s_answer(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    centre.delegated(make_issue, issue)
    luo = caller(api, "luo")
    luo.act(issue.number, "propose_card", centre.PROPOSED)
    luo.act(issue.number, "propose_card", centre.PROPOSED, 409)
    api.sun.act(issue.number, "propose_card", centre.PROPOSED, 403)
    api.chen.act(issue.number, "decline_proposal", {"reason": "不采纳。"}, 403)
    api.sun.act(issue.number, "decline_proposal", {"reason": "再督促一个月。"})

    (one,) = api.chen.get(f"/issues/{issue.number}").json["card_proposals"]
    assert one == {
        "centre": centre.CENTRE_CODE, "colour": "red", "reason": centre.PROPOSED["reason"],
        "proposed_on": "2025-11-25", "state": "declined", "answered_on": "2025-11-25",
        "answer": "再督促一个月。", "listed": None,
    }  # fmt: skip
