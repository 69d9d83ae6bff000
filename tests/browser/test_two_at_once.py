"""Two people in two windows at one ticket: the second sees both versions and chooses."""

import pytest

from extensions import db
from issues.colour.facts_of import measures_of
from issues.vocabulary import Action, Status

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(people, make_issue):
    """A draft of the inspector, which the office may edit too."""
    issue = make_issue(Status.DRAFT, place="大茅坪镇")
    issue.created_by_id = people.lin.id
    db.session.commit()
    return issue


def refused(window, label):
    """Press the button of a form that is going to be refused."""
    window.press(label)
    assert all("409" in line for line in window.complaints)
    window.complaints.clear()


def test_the_second_sees_both_versions_and_chooses(desk, draft):
    sun, lin = desk("sun"), desk("lin")
    url = f"/issues/{draft.number}/edit"
    sun.open(url)
    lin.open(url)
    sun.fill({"place": "大茅坪镇河西", "goal": "甲写的目标", "title": "甲写的标题"})
    lin.fill({"place": "大茅坪镇河东", "criteria": "乙写的标准", "title": "乙写的标题"})

    sun.press(Action.EDIT.label)
    refused(lin, Action.EDIT.label)

    page = lin.page
    assert "双方都改过的内容" in lin.text
    rows = [row.inner_text().split() for row in page.locator(".error-summary tbody tr").all()]
    assert [row[:3] for row in rows] == [
        ["标题", "甲写的标题", "乙写的标题"],
        ["点位", "大茅坪镇河西", "大茅坪镇河东"],
    ]
    assert page.locator("#f-goal").input_value() == "甲写的目标", "left alone: the newest"
    assert page.locator("#f-criteria").input_value() == "乙写的标准", "typed: not lost"
    page.check("[name=theirs][value=place]")
    lin.press(Action.EDIT.label)

    db.session.rollback()
    assert (draft.title, draft.place) == ("乙写的标题", "大茅坪镇河西")
    assert (draft.goal, draft.criteria) == ("甲写的目标", "乙写的标准")
    assert lin.complaints == []


def test_an_amendment_of_one_measure_does_not_undo_another(desk, make_issue):
    issue = make_issue(Status.RECTIFYING)
    sun = desk("sun")
    url = f"/issues/{issue.number}/acts/amend"
    sun.open(url)
    second = sun.context.new_page()
    second.goto(f"{sun.server}{url}")
    sun.page.fill("[name=fields-measures-0-text]", "甲改的第一项")
    sun.page.fill("[name=reason]", "甲")
    second.fill("[name=fields-measures-1-text]", "乙改的第二项")
    second.fill("[name=reason]", "乙")

    sun.press(Action.AMEND.label)
    for _ in range(2):
        with second.expect_navigation():
            second.get_by_role("button", name=Action.AMEND.label, exact=True).click()

    db.session.rollback()
    assert [measure.text for measure in measures_of(issue)] == ["甲改的第一项", "乙改的第二项"]


def test_what_was_typed_is_kept_where_the_act_is_over(desk, make_issue):
    issue = make_issue(Status.PLAN_REVIEW)
    sun, liu = desk("sun"), desk("liu")
    liu.open(f"/issues/{issue.number}/acts/return_plan")
    liu.fill({"reason": "措施没有资金来源，请补充后再报。"})
    sun.act(issue.number, Action.APPROVE_PLAN, opinion="同意")

    refused(liu, Action.RETURN_PLAN.label)

    assert "现在不能办理" in liu.text
    assert Action.APPROVE_PLAN.label in liu.text
    assert liu.page.locator("#f-reason").input_value() == "措施没有资金来源，请补充后再报。"
    assert liu.page.get_by_role("button", name=Action.RETURN_PLAN.label, exact=True).count() == 0
