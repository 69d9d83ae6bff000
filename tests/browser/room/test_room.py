"""A round of 27 where it is held: by keys on the projector, by phone, many at once."""

import pytest
from judge import axe_script, faults
from sqlalchemy import select
from windows import DESK, PHONE

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.models import RoundItem
from issues.vocabulary import Status

pytestmark = pytest.mark.browser
PLAIN = ({"text": "清运"},)
COUNT = 27
WIDE = {"width": 1920, "height": 1080}
MOST_KEYS, MOST_CLICKS = COUNT + 1, 4
"""To the room and a key a case; or pick, foresee, do, back."""


class Hand:
    """Counts keys and clicks."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.count += 1

    def click(self, label):
        self.page.get_by_text(label, exact=False).first.click()
        self.count += 1


@pytest.fixture
def cases(make_issue):
    days = ["2025-11-20"] * 17 + ["2025-12-01"] * (COUNT - 17)
    return [make_issue(Status.RECTIFYING, deadline=day, measures=PLAIN) for day in days]


@pytest.fixture
def round_(people, cases):
    with transaction():
        return rounds.open_on(clock.today(), people.sun, clock.now())


def decisions():
    db.session.rollback()  # the server wrote in a transaction of its own
    return [row.decision for row in db.session.scalars(select(RoundItem).order_by(RoundItem.id))]


def at(page, place):
    page.wait_for_function(
        "place => document.querySelector('.room-at')?.innerText.trim() === place", arg=place
    )


def test_twenty_seven_by_keys_without_leaving_the_page_and_the_list_hears_of_it(
    desk, window, round_, cases
):
    sun, zhou = desk("sun"), desk("zhou")
    list_page = zhou.open(f"/rounds/{round_.id}")
    page = sun.open(f"/rounds/{round_.id}")
    hand = Hand(page)
    with page.expect_navigation():
        hand.click("现场研判")
    at(page, "1 / 27")
    page.evaluate("window.kept = true")

    for done in range(COUNT):
        hand.press("1")
        left = COUNT - done - 1
        told = f"还有 {left} 件" if left else "已全部研判"
        page.wait_for_function(
            "told => document.querySelector('.room-head').innerText.includes(told)", arg=told
        )

    assert page.evaluate("window.kept"), "full screen would have been lost"
    assert decisions() == ["confirm"] * COUNT
    assert hand.count <= MOST_KEYS
    list_page.wait_for_function(
        "() => document.querySelector('main').innerText.includes('还有0件')"
    )
    assert sun.complaints == zhou.complaints == []


def test_turning_writing_undoing_and_darkness(desk, round_, cases):
    sun = desk("sun")
    page = sun.open(f"/rounds/{round_.id}/room?number={cases[17].number}")
    at(page, "18 / 27")

    page.keyboard.press("PageDown")
    at(page, "19 / 27")
    page.keyboard.press("ArrowLeft")
    at(page, "18 / 27")
    assert f"number={cases[17].number}" in page.url
    page.keyboard.press("2")
    page.keyboard.type("本月内完成，暂缓一期123fb")
    page.keyboard.press("Enter")
    page.wait_for_selector(".room-last")
    assert decisions()[17] == "hold"
    page.keyboard.press("u")
    at(page, "18 / 27")
    page.wait_for_function("() => !document.querySelector('.room-decided')")
    assert decisions()[17] == ""
    page.keyboard.press("b")
    assert page.evaluate("document.body.classList.contains('is-black')")
    page.keyboard.press("1")
    assert not page.evaluate("document.body.classList.contains('is-black')")
    assert set(decisions()) == {""}, "the key that ends darkness does nothing else"
    page.go_back()
    page.wait_for_function("() => document.querySelector('.room-at')")
    assert sun.complaints == []


def test_a_phone_of_the_same_person_turns_the_projector(window, round_, cases):
    wall = window(WIDE).sign_in("sun")
    phone = window(PHONE).sign_in("sun")
    shown = wall.open(f"/rounds/{round_.id}/room")
    held = phone.open(f"/rounds/{round_.id}/room")
    at(shown, "1 / 27")
    shown.wait_for_timeout(2500)  # it has heard once where it stands
    target = held.locator("a[data-next]").bounding_box()
    assert target["height"] >= 56
    assert target["y"] + target["height"] <= PHONE["height"], "at hand without scrolling"

    held.locator("a[data-next]").click()

    at(held, "2 / 27")
    at(shown, "2 / 27")
    assert phone.sideways() == 0
    assert wall.complaints == phone.complaints == []


def test_many_at_once_in_four_clicks_and_the_judge_finds_nothing(desk, round_, cases):
    axe = axe_script()
    sun = desk("sun")
    page = sun.open(f"/rounds/{round_.id}")
    hand = Hand(page)
    hand.click("勾选建议红牌的 17 件")
    with page.expect_navigation():
        hand.click("预览办理")
    found = faults(sun, axe)
    with page.expect_navigation():
        hand.click("确认挂牌 17 件")
    assert "已办理 17 件，未办理 0 件" in sun.text
    with page.expect_navigation():
        hand.click("返回调度")
    assert hand.count <= MOST_CLICKS
    assert decisions().count("confirm") == 17
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for to in ("", f"/room?number={cases[20].number}"):
            sun.open(f"/rounds/{round_.id}{to}")
            found += faults(sun, axe)
            assert sun.sideways() == 0

    page.set_viewport_size(DESK)
    first, second = (page.locator(f".pick-row[value='{cases[n].number}']") for n in (18, 21))
    sun.open(f"/rounds/{round_.id}")
    first.click()
    second.click(modifiers=["Shift"])
    assert page.locator("[data-picked]").inner_text() == "已勾选 4 件"
    assert found == []


def test_without_script_the_room_is_links_and_forms(window, round_, cases):
    sun = window(javascript=False).sign_in("sun")
    page = sun.open(f"/rounds/{round_.id}/room")

    with page.expect_navigation():
        page.get_by_role("link", name="下一件").click()
    assert "2 / 27" in sun.text
    sun.press("1 确认挂牌")

    assert decisions().count("confirm") == 1
    assert "已研判：确认挂牌" in sun.text
