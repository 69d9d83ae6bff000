"""A day is typed or picked in Chinese, with the keys or by touch; what is sent is 2025-11-25."""

from urllib.parse import parse_qs, urlsplit

import pytest
from windows import DESK, PHONE

pytestmark = pytest.mark.browser
SINCE, UNTIL = "#filter-since", "#filter-until"
READ = {
    "2025-3-5": "2025-03-05", "2025年3月5日": "2025-03-05", "2025．03．05": "2025-03-05",
    "20250305": "2025-03-05", "3月5日": "2025-03-05", "今天": "2025-11-25", "昨天": "2025-11-24",
    "2025年2月29日": None, "13月1日": None, "下周": None,
}  # fmt: skip
"""What is typed, and the day it is; the business day of the tests is 2025-11-25."""
FIELD = """given => { const field = document.createElement('input');
    Object.assign(field, {type: 'date', name: 'x', id: 'x', min: given.min, max: given.max});
    document.querySelector('main form').append(field); field.focus(); }"""


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_day_is_picked_and_sent_and_no_page_is_wider_for_it(window, viewport):
    auditor = window(viewport).sign_in("auditor")
    page = auditor.open("/history")
    assert page.locator("input[type=date]").count() == 0, "no field speaks the browser's language"
    page.click(SINCE)
    sheet = page.get_by_role("dialog", name="选择自")
    sheet.get_by_role("button", name="上一月", exact=True).click()
    assert "2025年10月" in sheet.inner_text()
    assert sheet.get_by_role("button", name="2025-10-01，休").count() == 1
    assert sheet.get_by_role("button", name="2025-10-11，班").count() == 1
    assert auditor.sideways() <= 0
    sheet.get_by_role("button", name="2025-10-09").click()
    assert page.input_value(SINCE) == "2025-10-09"
    assert page.locator(".date-sheet").count() == 0
    page.get_by_role("button", name="查找").click()

    assert parse_qs(urlsplit(page.url).query) == {"since": ["2025-10-09"]}
    assert page.input_value(SINCE) == "2025-10-09"
    assert auditor.complaints == []


def test_the_keys_walk_the_days_and_escape_leaves_what_stood_there(desk):
    page = desk("auditor").open("/history")
    page.fill(SINCE, "2025-03-31")
    page.focus(SINCE)
    for keys, stands in (
        (["ArrowDown"], "2025-03-31"), (["PageUp"], "2025-02-28"), (["ArrowLeft"], "2025-02-27"),
        (["Home"], "2025-02-24"), (["End"], "2025-03-02"), (["ArrowDown"], "2025-03-09"),
        (["Shift+PageDown"], "2026-03-09"),
    ):  # fmt: skip
        for key in keys:
            page.keyboard.press(key)
        focused = "document.activeElement.dataset.day === %r"
        page.wait_for_function(focused % stands)
    page.keyboard.press("Escape")
    assert page.input_value(SINCE) == "2025-03-31"
    assert page.evaluate("document.activeElement.id") == "filter-since"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.dataset.day === '2025-04-01'")
    page.keyboard.press("Enter")
    assert page.input_value(SINCE) == "2025-04-01"


def test_what_is_typed_is_understood_or_says_how_to_write_it(desk):
    page = desk("auditor").open("/history")
    for typed, day in READ.items():
        page.fill(UNTIL, typed)
        page.dispatch_event(UNTIL, "change")
        told = page.evaluate(f"document.querySelector('{UNTIL}').validationMessage")
        assert page.input_value(UNTIL) == (day or typed), typed
        assert ("请写成2025-11-25这样" in told) is (day is None), typed
    page.fill(UNTIL, "2025年11月3日")
    page.press(UNTIL, "Enter")
    page.wait_for_url(lambda url: "until=2025-11-03" in url)


def test_a_field_of_bounds_takes_no_day_beyond_them_and_one_added_later_speaks_too(desk):
    page = desk("auditor").open("/history")
    page.evaluate(FIELD, {"min": "2025-11-10", "max": "2025-12-20"})
    page.click("#x")
    sheet = page.locator(".date-sheet")
    sheet.get_by_role("button", name="2025-11-09").click(force=True)
    assert page.input_value("#x") == "", "a day that is not offered is not taken"
    for typed, told in (("2025-12-21", "不能晚于2025-12-20"), ("2025-11-09", "不能早于2025-11-10"),
                        ("2025-12-20", "")):  # fmt: skip
        page.fill("#x", typed)
        page.dispatch_event("#x", "change")
        assert page.evaluate("document.querySelector('#x').validationMessage") == told
