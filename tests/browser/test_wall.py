"""The big screen on a wall: it turns, it stops, it is legible, and it comes back by itself."""

import pytest
from windows import SIDEWAYS

from extensions import transaction
from issues.supervision import walls

pytestmark = pytest.mark.browser

SIZES = {"one": (1920, 1080), "two": (3840, 1080), "desk": (1366, 768)}
TURN, REFRESH = 15_000, 60_000
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => e.offsetWidth > 2 || e instanceof SVGElement)
    .map(e => {
      const drawn = e instanceof SVGElement ? e.ownerSVGElement : null;
      const scale = drawn ? drawn.getBoundingClientRect().width / drawn.viewBox.baseVal.width : 1;
      return drawn && !drawn.getBoundingClientRect().width
        ? 99 : parseFloat(getComputedStyle(e).fontSize) * scale;
    }))"""
THINNEST = """() => Math.min(...[...document.querySelectorAll('body *')].flatMap(e => {
    const style = getComputedStyle(e);
    return ['Top', 'Right', 'Bottom', 'Left'].map(side => parseFloat(style[`border${side}Width`]))
      .filter(width => width > 0);
  }))"""
CUT = """() => [...document.querySelectorAll('[data-panel]:not([hidden])')]
    .filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.querySelector('h2').innerText)"""
OVER = """() => [...document.querySelectorAll('.wall-total')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"""


@pytest.fixture
def wall(window, people, make_issue):
    """The big screen of a city with something of everything, opened by a pass."""
    for number in range(9):
        late = [{"text": "完成整治", "deadline": "2025-11-20"}]
        make_issue(deadline="2025-11-20", title=f"逾期的事项{number}", measures=late)
    with transaction():
        row, secret = walls.make(people.sun, "大厅", 1)

    def opened(size="one", **given):
        width, height = SIZES[size]
        seen = window({"width": width, "height": height}, **given)
        seen.page.clock.install()
        seen.open(f"/board/wall?token={secret}")
        seen.pass_id = row.id
        return seen

    return opened


def shown(page):
    return page.locator("[data-panel]:visible h2").all_inner_texts()


@pytest.mark.parametrize("size", ["one", "two"])
def test_every_page_is_read_from_afar(wall, size):
    seen = wall(size)
    page = seen.page
    for _ in range(3):
        assert page.evaluate(SMALLEST) >= 20
        assert page.evaluate(THINNEST) >= 2
        assert page.evaluate(CUT) == []
        assert seen.sideways() <= 0
        page.keyboard.press("ArrowRight")
    assert seen.complaints == []


def test_at_a_desk_nothing_runs_out_of_its_box(wall):
    page = wall("desk").page
    assert "比 20" in page.locator(".wall-all").inner_text()
    page.evaluate("document.querySelectorAll('.wall-total b').forEach(e => e.innerText = '216')")

    assert page.evaluate(OVER) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(CUT) == []


def test_it_turns_until_it_is_stopped(wall):
    page = wall().page
    first = shown(page)
    page.clock.run_for(TURN)
    second = shown(page)
    assert set(first).isdisjoint(second)

    page.get_by_role("button", name="暂停轮换").click()
    page.clock.run_for(3 * TURN)
    assert shown(page) == second
    page.get_by_role("button", name="继续轮换").click()
    page.clock.run_for(TURN)
    assert shown(page) != second


def test_new_figures_come_by_themselves(wall, make_issue):
    page = wall().page
    before = page.locator(".wall-all b").inner_text()
    make_issue(title="新的事项")
    page.clock.run_for(REFRESH)
    page.get_by_text(str(int(before) + 1), exact=True).first.wait_for()


def test_it_says_that_the_line_is_down_keeps_the_figures_and_comes_back(wall):
    seen = wall()
    page, figures = seen.page, seen.page.locator(".wall-all b").inner_text()
    seen.context.set_offline(True)
    page.clock.run_for(REFRESH)
    page.get_by_text("正在重新连接").wait_for()
    assert page.locator(".wall-all b").inner_text() == figures

    seen.context.set_offline(False)
    page.clock.run_for(REFRESH)
    page.get_by_text("数据每分钟更新").wait_for()


def test_an_address_that_was_ended_says_so(wall, people):
    seen = wall()
    with transaction():
        walls.end(people.sun, seen.pass_id)
    seen.page.clock.run_for(REFRESH)
    seen.page.get_by_text("大屏地址已失效").wait_for()


def test_without_script_everything_stands_on_one_page(wall):
    seen = wall(javascript=False)

    assert len(shown(seen.page)) >= 6
    assert seen.page.get_by_role("button").count() == 0
    assert seen.sideways() <= 0
    assert seen.page.locator("noscript meta[http-equiv=refresh]").count() == 1
