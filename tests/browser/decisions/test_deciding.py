"""A decision in the browser: two clicks, by key, by phrase, and a no with focus."""

import pytest
from judge import axe_script, faults
from windows import DESK, PHONE

from issues.vocabulary import Action, Status

pytestmark = pytest.mark.browser
LEAST_PX = 44


@pytest.fixture
def issue(make_issue):
    found = make_issue(Status.RECTIFYING)
    make_issue.act(Action.REPORT_PROGRESS, found, "chen", text="已开工，完成沟槽开挖。")
    return found


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_confirmed_without_a_word_and_returned_with_one(window, issue, viewport):
    liu = window(viewport).sign_in("liu")
    page = liu.page
    confirm, back = Action.CONFIRM_PROGRESS, Action.RETURN_PROGRESS

    page.locator(f"main a[href='/issues/{issue.number}/acts/{confirm.value}']").first.click()
    page.wait_for_selector(".ways")
    assert liu.sideways() <= 0
    small = page.locator(".way, .phrases button, main button[type=submit]").evaluate_all(
        "(all, least) => all.filter(one => one.getClientRects().length"
        " && one.getBoundingClientRect().height < least).map(one => one.outerHTML)", LEAST_PX,
    )  # fmt: skip
    assert viewport is DESK or small == []

    page.locator(".way", has_text=back.label).click()
    page.wait_for_url(f"**/{back.value}")
    assert page.locator(".way[aria-current]").inner_text().startswith(back.label)
    page.locator("main").get_by_role("button", name=back.label, exact=True).click()
    page.wait_for_selector("[aria-invalid]")
    held = page.evaluate("document.activeElement.closest('.error-summary') !== null"
                         " || document.activeElement.id === 'f-reason'")  # fmt: skip
    assert held
    page.locator("[data-phrases='f-reason'] button").first.click()
    assert page.locator("#f-reason").input_value() == "材料不齐，请补充后再报。"
    assert page.evaluate("document.activeElement.id") == "f-reason"

    page.keyboard.press("1")
    assert page.url.endswith(back.value), "a figure typed into a field is a figure"
    page.locator("h1").click()
    page.keyboard.press("1")
    page.wait_for_url(f"**/{confirm.value}")
    assert page.locator("#f-opinion").input_value() == "材料不齐，请补充后再报。1", "words go along"
    page.locator("#f-opinion").fill("")

    liu.open("/")
    page.locator(f"main a[href='/issues/{issue.number}/acts/{confirm.value}']").first.click()
    liu.press(confirm.label)
    assert f"已办理“{confirm.label}”" in liu.text
    assert [one for one in liu.complaints if "422" not in one] == []


def test_axe_finds_nothing_on_a_decision_and_on_an_act_that_stands_still(window, issue):
    liu, lead = window(DESK).sign_in("liu"), window(DESK).sign_in("chenlead")
    for seen, url in (
        (liu, f"/issues/{issue.number}/acts/confirm_progress"),
        (liu, "/account/phrases"),
        (lead, f"/issues/{issue.number}/acts/request_acceptance"),
    ):
        seen.open(url)
        assert faults(seen, axe_script()) == [], url
