"""The board is one screen of 1366 × 768, menus open by hand and by key, and nothing jumps."""

import pytest
from make import DETAIL
from sqlalchemy import select
from windows import DESK, PHONE

from auth.models import Unit
from extensions import db
from issues.vocabulary import Status

pytestmark = pytest.mark.browser

UNITS = 19
"""So many answer for something in the example city."""
SOURCES = ("AF", "YD", "YX", "SD", "ZC")
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""
HEIGHT = "document.documentElement.scrollHeight"


@pytest.fixture
def busy(make_issue):
    """As many lines as the board of a city has: nineteen units, five sources."""
    codes = db.session.scalars(
        select(Unit.code).where(Unit.code != DETAIL["acceptance_unit"]).order_by(Unit.position)
    ).all()
    return [
        make_issue(
            Status.ASSIGNED, deadline="2025-11-20", title=f"{code}逾期的事项", primary_unit=code,
            source=SOURCES[place % len(SOURCES)],
        )
        for place, code in enumerate(codes[:UNITS])
    ]  # fmt: skip


def test_the_board_fits_one_screen(window, busy):
    seen = window(DESK).sign_in("zhao")
    seen.open("/board")

    assert seen.page.evaluate(HEIGHT) <= DESK["height"]
    assert seen.page.locator(".board-units tbody tr").count() == UNITS
    cut = "element => element.scrollWidth - element.clientWidth"
    for part in seen.page.locator(".board .scroll").all():
        assert part.evaluate(cut) <= 1


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_jumps_while_a_page_comes_in(window, busy, viewport):
    seen = window(viewport).sign_in("sun")
    jumped = {}
    for url in ("/", "/board", "/board/map", "/issues", f"/issues/{busy[0].number}"):
        seen.open(url)
        shift = seen.page.evaluate(SHIFTS)
        if shift > 0.02:
            jumped[url] = shift

    assert jumped == {}


def test_no_action_of_a_page_pushes_another_to_a_next_row_on_a_phone(window, busy):
    """A slow phone draws one button after another: they have a row of their own, or never break."""
    seen = window(PHONE).sign_in("sun")
    width = "element => [element.offsetWidth, element.parentElement.offsetWidth]"
    seen.open(f"/issues/{busy[0].number}/evidence")
    own, whole = seen.page.locator(".page-head > .page-actions").evaluate(width)
    assert own == whole > 300

    seen.open("/issues")
    breaks = "element => getComputedStyle(element).flexWrap"
    for row in (".page-head", ".page-head > .page-actions"):
        assert seen.page.locator(row).evaluate(breaks) == "nowrap"


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_menu_opens_and_closes_and_hides_nothing(window, viewport):
    seen = window(viewport).sign_in("sun")
    more = seen.page.locator(".nav-more summary")
    more.focus()
    seen.page.keyboard.press("Enter")

    link = seen.page.locator(".nav-sheet").get_by_role("link", name="回头看")
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert seen.sideways() <= 0

    seen.page.keyboard.press("Escape")
    assert not link.is_visible()
    assert more.evaluate("element => element === document.activeElement")
    more.click()
    link.click()
    assert seen.page.url.endswith("/lookbacks")
