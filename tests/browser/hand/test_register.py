"""How much of the register a person sees at once, and how soon a hand is on the first ticket."""

import pytest
from windows import DESK, PHONE

from issues.vocabulary import Status

pytestmark = pytest.mark.browser
ROWS, CARDS, STEPS = 11, 2, 5
WHOLE = """rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight
                               && row.getBoundingClientRect().top >= 0).length"""
FOCUSED = "() => document.activeElement.closest('[data-row-link]') !== null"
LONG_TITLE = "沿江三处场镇污水处理设施长期停运致使生活污水直排入河水质持续超标问题反复出现"


@pytest.fixture
def many(make_issue):
    return [make_issue(Status.RECTIFYING, title=LONG_TITLE) for _ in range(ROWS + 3)]


@pytest.mark.usefixtures("many")
def test_eleven_tickets_stand_on_the_screen_and_their_heads_stay(desk):
    page = desk("sun").open("/issues")
    assert page.viewport_size == DESK
    assert page.locator("[data-row-link]").evaluate_all(WHOLE) >= ROWS
    page.mouse.wheel(0, 10_000)
    page.wait_for_function("() => scrollY > 0")
    assert page.locator("thead th").nth(1).bounding_box()["y"] >= 0


@pytest.mark.usefixtures("many")
def test_the_first_ticket_is_few_steps_from_the_top(desk):
    page = desk("sun").open("/issues")
    for key in ("Tab", "Tab", "Enter", *["Tab"] * (STEPS - 2)):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED):
            return
    raise AssertionError(f"after {STEPS} steps no ticket has the focus")


@pytest.mark.usefixtures("many")
def test_the_bar_of_many_comes_with_the_first_that_is_chosen(desk):
    page = desk("sun").open("/issues")
    bar = page.locator("#bulk")
    assert bar.is_hidden()
    page.locator("[data-row-link] .pick-row").first.check()
    assert "已勾选 1 件" in bar.inner_text()
    page.get_by_label("全选本页").click()
    page.get_by_label("全选本页").click()
    assert bar.is_hidden()


def test_without_script_the_bar_of_many_is_there_from_the_first(window, many):
    page = window(DESK, javascript=False).sign_in("sun").open("/issues")
    assert page.locator("#bulk").is_visible()
    assert len(many) == page.locator("[data-row-link]").count()


@pytest.mark.usefixtures("many")
def test_a_phone_shows_tickets_first_and_its_filters_in_a_sheet(window):
    sun = window(PHONE).sign_in("sun")
    page = sun.open("/issues")
    assert page.locator("[data-row-link]").evaluate_all(WHOLE) >= CARDS
    assert sun.sideways() <= 0
    colour = page.locator("#filter-colour")
    assert colour.is_hidden()
    page.get_by_text("更多条件").click()
    colour.select_option("green")
    with page.expect_navigation():
        page.get_by_role("button", name="查找").click()
    assert page.get_by_label("去掉条件：颜色 绿").is_visible()
    assert sun.complaints == []
