"""A place drawn on the map of 准入, by pointer and by keys, and its answer."""

import pytest

pytestmark = pytest.mark.browser


def test_an_outline_is_drawn_by_pointer_and_keys_and_checked(desk, people):
    sun = desk("sun")
    page = sun.open("/access")
    page.click("[data-act=draw]")
    picture = page.locator("svg[data-draw]")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    for across, down in ((0.4, 0.5), (0.5, 0.5)):
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    assert "至少要3个点" in page.inner_text("[data-said]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    assert page.input_value("[name=corners]").count("，") == 3
    assert page.input_value("[name=datum]") == "gcj02"
    page.click("main form button[type=submit]")
    page.wait_for_selector("#answer-title")
    assert "3个角点围成的范围" in sun.text
    assert page.locator(".site-place").get_attribute("d").endswith("Z")
    assert sun.complaints == []
