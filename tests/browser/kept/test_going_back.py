"""Going back and loading anew after a refusal: the form with its words, no question."""

import contextlib
import errno

import pytest
from make import DETAIL
from people import PASSWORD
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import select
from windows import PHONE

from extensions import db
from issues.models import KeptForm
from issues.vocabulary import Action, Status
from issues.web.door.kept import told
from issues.web.ticket import draw

pytestmark = pytest.mark.browser
TYPED = "不属于本单位职责，请另行交办。"
PROBLEM = "巴河右岸排口水色发黑，附近居民多次反映。"


def kept():
    db.session.rollback()
    return db.session.scalars(select(KeptForm)).all()


def leave_and_go_back(window):
    """By a link of the page's own, and by the browser's button."""
    with window.page.expect_navigation():
        window.page.evaluate("() => { location.href = '/help'; }")
    window.page.go_back()


def is_ours(window):
    return window.page.url.startswith(window.server) and window.page.locator(".brand").count()


@pytest.fixture
def lin(window):
    lin = window(PHONE).sign_in("lin")
    lin.open("/issues/new")
    lin.page.fill("[name=problem]", PROBLEM)
    lin.press(Action.REGISTER.label)
    assert lin.page.locator("[name=problem]").input_value() == PROBLEM
    return lin


def test_back_to_a_form_that_was_refused(lin):
    leave_and_go_back(lin)
    assert is_ours(lin)
    assert lin.page.input_value("[name=problem]") == PROBLEM
    lin.page.reload()
    assert lin.page.input_value("[name=problem]") == PROBLEM
    lin.page.go_back()
    assert is_ours(lin)
    assert len(kept()) == 1


def test_without_the_address_in_the_history_the_browser_shows_its_own_page(
    window, make_issue, browser, monkeypatch
):
    monkeypatch.setattr(told, "SCRIPT", "js/kept/none.js")
    issue = make_issue(Status.ASSIGNED)
    chen = typing(window(), issue)
    browser.as_("chen").post(f"/issues/{issue.number}/acts/acknowledge")
    chen.press(Action.DECLINE.label)
    with contextlib.suppress(PlaywrightError):
        leave_and_go_back(chen)

    assert not is_ours(chen)


def test_loaded_anew_a_refused_form_is_not_sent_again(lin):
    sent = []
    lin.page.on("request", lambda one: sent.append((one.method, one.resource_type)))
    lin.page.reload()

    assert ("POST", "document") not in sent
    assert lin.page.input_value("[name=problem]") == PROBLEM
    assert "已恢复" in lin.text


def test_back_after_it_was_corrected_and_sent(lin, people):
    lin.fill(DETAIL)
    lin.press(Action.REGISTER.label)
    assert lin.heading.startswith("BZ-AF-")
    lin.page.go_back()

    assert is_ours(lin)
    assert lin.page.url.partition("?")[0].endswith("/issues/new")
    assert lin.page.input_value("[name=problem]") == ""
    assert kept() == []


def test_back_to_a_form_where_somebody_was_faster(window, make_issue, browser):
    issue = make_issue(Status.ASSIGNED)
    chen = typing(window(), issue)
    browser.as_("chen").post(f"/issues/{issue.number}/acts/acknowledge")
    chen.press(Action.DECLINE.label)
    assert chen.page.input_value("[name=reason]") == TYPED

    leave_and_go_back(chen)
    assert is_ours(chen)
    assert "在本页填写的内容还在" in chen.text
    assert len(kept()) == 1
    chen.open("/kept")
    assert TYPED in chen.page.locator(".kept-texts").text_content()


def test_back_to_a_page_of_a_failure_of_ours(window, make_issue, monkeypatch):
    chen = typing(window(), make_issue(Status.ASSIGNED))
    with monkeypatch.context() as broken:
        broken.setattr(draw, "fields_for", failing(RuntimeError("broken")))
        chen.press(Action.DECLINE.label)
    assert "编号" in chen.text
    assert "已留存" in chen.text

    leave_and_go_back(chen)
    assert is_ours(chen)
    assert chen.page.input_value("[name=reason]") == TYPED
    chen.press(Action.DECLINE.label)
    assert "已办理" in chen.text
    assert kept() == []


def test_where_nothing_can_be_kept_the_page_carries_it(window, make_issue, monkeypatch):
    chen = typing(window(PHONE), make_issue(Status.ASSIGNED))
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as broken:
        broken.setattr(draw, "fields_for", failing(full))
        chen.press(Action.DECLINE.label)
    assert "存储空间不足" in chen.page.content()
    assert TYPED in chen.text
    assert chen.sideways() <= 0
    assert kept() == []

    chen.press("再提交一次")
    assert "已办理" in chen.text


def test_back_to_a_sign_in_that_was_refused(window):
    lin = window()
    lin.open("/login?next=/issues/new")
    lin.page.fill("[name=username]", "lin")
    lin.page.fill("[name=password]", "不是这个密码")
    lin.press("登录")
    lin.page.fill("[name=username]", "lin")
    lin.page.fill("[name=password]", PASSWORD)
    lin.press("登录")
    assert lin.page.url.endswith("/issues/new")
    lin.page.go_back()

    assert is_ours(lin)


def test_without_script_a_refused_form_is_a_page_to_go_back_to(window):
    lin = window(javascript=False).sign_in("lin")
    lin.open("/issues/new")
    lin.page.fill("[name=problem]", PROBLEM)
    lin.press(Action.REGISTER.label)
    lin.page.wait_for_url("**/issues/new?kept=*")
    assert lin.page.input_value("[name=problem]") == PROBLEM
    lin.open("/help")
    lin.page.go_back()

    assert is_ours(lin)
    assert lin.page.input_value("[name=problem]") == PROBLEM


def typing(window, issue):
    chen = window.sign_in("chen")
    chen.open(f"/issues/{issue.number}/acts/decline")
    chen.page.fill("[name=reason]", TYPED)
    return chen


def failing(error):
    def fails(*_args, **_named):
        raise error

    return fails
