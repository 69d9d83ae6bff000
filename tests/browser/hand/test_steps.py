"""A problem is registered in steps: nothing typed is lost between them, and one form is sent."""

import pytest
from make import DETAIL
from sqlalchemy import select
from windows import DESK, PHONE

from extensions import db
from issues.models import Issue
from issues.vocabulary import Action

pytestmark = pytest.mark.browser


def way(page, title):
    return page.locator(".step-list").get_by_role("button", name=title)


def shown(page):
    return page.locator(".act-step:not([hidden])").get_attribute("aria-label")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_problem_is_registered_step_by_step(window, viewport):
    sun = window(viewport).sign_in("sun")
    page = sun.open("/issues/new")
    assert shown(page) == "问题"
    page.get_by_role("button", name="下一步").click()
    assert shown(page) == "问题", "what must be filled is told first"
    assert "请填写标题。" in sun.text
    assert "请选择问题来源。" in sun.text

    sun.fill({name: DETAIL[name] for name in ("source", "title", "problem", "region")})
    assert page.locator(".act-step:not([hidden]) .field-error").count() == 0
    page.locator("[name=title]").press("Enter")
    assert shown(page) == "整改要求", "a finished line is not yet the form"
    sun.fill({"goal": DETAIL["goal"]})
    page.get_by_role("button", name="下一步").click()
    assert shown(page) == "单位和人员"
    page.go_back()
    assert shown(page) == "整改要求"
    assert page.locator("[name=goal]").input_value() == DETAIL["goal"]
    assert sun.sideways() <= 0
    page.go_forward()
    way(page, "措施和其他").click()
    sun.press(Action.REGISTER.label)
    assert "已登记，编号" in sun.text

    issue = db.session.scalars(select(Issue)).one()
    assert (issue.title, issue.goal) == (DETAIL["title"], DETAIL["goal"])
    assert sun.complaints == []


def test_what_is_refused_opens_at_its_step(desk):
    sun = desk("sun")
    page = sun.open("/issues/new")
    sun.fill(DETAIL | {"deadline_text": "很久以后"})
    sun.press(Action.REGISTER.label)

    assert shown(page) == "整改要求"
    assert "1 处要改" in way(page, "整改要求").inner_text()
    way(page, "问题").click()
    page.locator(".error-summary a").first.click()
    assert shown(page) == "整改要求"


def test_without_script_it_is_one_page(window):
    sun = window(DESK, javascript=False).sign_in("sun")
    page = sun.open("/issues/new")

    assert page.locator(".step-list").count() == 0
    assert page.locator("[name=goal]").is_visible()
    assert page.locator("#f-supporting_units .check").first.is_visible()
