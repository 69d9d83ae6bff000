"""The register by keyboard, and the product without any script."""

import pytest
from windows import DESK

from issues.vocabulary import Action, Status

pytestmark = pytest.mark.browser


def test_j_and_k_walk_the_register_and_enter_opens_a_ticket(desk, make_issue):
    for _ in range(3):
        make_issue(Status.ASSIGNED)
    sun = desk("sun")
    page = sun.open("/issues")
    numbers = page.locator("[data-row-link] .cell-number a").all_inner_texts()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".is-current .cell-number a").inner_text() == numbers[1]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert sun.heading.startswith(numbers[1])
    assert sun.complaints == []


def test_slash_goes_to_the_search_and_the_letters_typed_there_are_letters(desk, make_issue):
    make_issue(Status.ASSIGNED)
    page = desk("sun").open("/issues")
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("[name=q]").input_value() == "jk"
    assert page.locator(".is-current").count() == 0


def test_an_act_is_done_without_javascript(window, make_issue):
    issue = make_issue(Status.RECTIFYING)
    chen = window(DESK, javascript=False).sign_in("chen")
    chen.act(issue.number, Action.REPORT_PROGRESS, text="管网排查已完成。")
    assert "管网排查已完成。" in chen.text


def test_slash_opens_the_box_of_any_page_and_the_arrows_walk_what_is_found(desk, make_issue):
    issue = make_issue(Status.ASSIGNED, title="鼋滩断面噪声扰民")
    sun = desk("sun")
    page = sun.open("/board")
    page.keyboard.press("/")
    page.keyboard.type("鼋滩")
    options = page.locator(".found-sheet [role=option]")
    options.first.wait_for()
    assert page.locator("#top-q").get_attribute("aria-expanded") == "true"
    assert options.locator("mark").first.inner_text() == "鼋滩"
    page.keyboard.press("Escape")
    assert page.locator(".found-sheet").is_hidden()
    page.keyboard.press("ArrowDown")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert sun.heading.startswith(issue.number)
    assert sun.complaints == []
