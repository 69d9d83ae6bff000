"""A paper on a unit's phone: signed for and answered point by point, in so many taps."""

import pytest
from pressed import planned
from sqlalchemy import select
from windows import PHONE

from auth.models import User
from extensions import db, transaction
from issues.models import Notice

pytestmark = pytest.mark.browser
MOST_TAPS, LEAST_PX = 8, 44
SMALL = """least => [...document.querySelectorAll(
        'main .point .check, main .point input.date-field, main .point textarea, '
        + 'main .point .file-ways .btn, main .point summary, main .form-foot button')]
    .filter(one => one.getClientRects().length)
    .map(one => [one.tagName, Math.round(one.getBoundingClientRect().height)])
    .filter(([, height]) => height < least)"""


class Thumb:
    """Counts taps, that into a field to type among them."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, target, *, leads_on=False):
        target.scroll_into_view_if_needed()
        if leads_on:
            with self.page.expect_navigation():
                target.click()
        else:
            target.click()
        self.taps += 1


@pytest.fixture
def paper(browser, people):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    db.session.rollback()
    found = db.session.scalars(select(Notice.id).where(Notice.trigger == "by_hand")).one()
    browser.as_("sun").sign(f"/notices/{found}")
    return found


def test_from_my_work_to_answered(window, paper, browser, people):
    with_phone(people)
    chen = window(PHONE).sign_in("chen")
    page, thumb = chen.page, Thumb(chen.page)

    thumb.tap(page.locator(f"a[href='/notices/{paper}']").first, leads_on=True)
    assert page.locator("[name=name]").input_value()
    assert page.locator("[name=phone]").input_value()
    thumb.tap(page.get_by_role("button", name="签收", exact=True), leads_on=True)
    assert "文书已签收" in chen.text
    assert chen.sideways() <= 0
    assert page.evaluate(SMALL, LEAST_PX) == []
    thumb.tap(page.locator("label.check", has_text="已完成").nth(0))
    thumb.tap(page.locator("[name=points-0-text]"))
    page.keyboard.type("已查明原因，由陈某负责。")
    thumb.tap(page.locator("label.check", has_text="限期完成").nth(1))
    page.fill("[name=points-1-by]", "2025-12-20")
    thumb.taps += 1
    thumb.tap(page.get_by_role("button", name="答复", exact=True), leads_on=True)

    assert "答复已提交" in chen.text
    assert thumb.taps <= MOST_TAPS
    assert chen.sideways() <= 0
    db.session.rollback()
    kept = db.session.get(Notice, paper)
    assert [row["state"] for row in kept.reply_points] == ["done", "by"]
    assert chen.complaints == []


def with_phone(people):
    """The account has a number of its own, as an account of a unit has."""
    with transaction():
        db.session.get(User, people.chen.id).phone = "13881234567"


def test_what_is_typed_is_there_again_on_a_page_opened_anew(window, paper, people):
    with_phone(people)
    chen = window(PHONE).sign_in("chen")
    page = chen.page
    page.locator(f"a[href='/notices/{paper}']").first.click()
    page.get_by_role("button", name="签收", exact=True).click()
    page.fill("[name=points-0-text]", "已查明原因")
    page.locator("[data-kept]", has_text="已保存").wait_for()
    page.fill("[name=points-0-text]", "已查明原因，正在修复")
    page.reload()

    page.fill("[name=points-1-text]", "按期完成")
    page.locator("[data-kept]", has_text="已保存").wait_for()
    assert page.locator("[name=points-0-text]").input_value() == "已查明原因，正在修复"
    assert chen.complaints == []
