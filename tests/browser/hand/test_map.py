"""The map as it is drawn: no word covers a word or a sign, a sign leads to exactly its tickets."""

import random

import pytest
from windows import DESK, PHONE

pytestmark = pytest.mark.browser
WIDE = {"width": 1920, "height": 1080}
TICKETS = 117
LEAST = {"desk": 24, "phone": 44}
INK = """() => [...document.querySelectorAll('svg.map .map-label text, svg.map .map-point > path')]
    .filter(one => one.getClientRects().length)
    .map(one => { const box = one.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(one).fontSize) * box.width / one.getBBox().width;
        const low = one.tagName === 'text' ? (box.height - size) / 2 : 0;
        return [one.textContent || one.closest('a')?.getAttribute('aria-label') || 'sign',
                box.left, box.top + low, box.right, box.bottom - low]; })"""
"""Words by their ink: the line of a font is higher than its signs."""
TARGETS = """() => [...document.querySelectorAll('svg.map .map-reach')]
    .filter(one => one.getClientRects().length)
    .map(one => one.getBoundingClientRect().width)"""


@pytest.fixture
def crowded(make_issue):
    """117 tickets over the city, many near its middle."""
    dice = random.Random(117)  # noqa: S311 - the same places each time
    for number in range(TICKETS):
        near = number % 2
        make_issue(
            title=f"事项{number}",
            lon=dice.gauss(106.75, 0.05) if near else dice.uniform(106.4, 107.5),
            lat=dice.gauss(31.86, 0.05) if near else dice.uniform(31.3, 32.6),
        )


def covered(boxes):
    return [
        (one[0], other[0])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one[1] < other[3] - 0.5 and other[1] < one[3] - 0.5
        and one[2] < other[4] - 0.5 and other[2] < one[4] - 0.5
    ]  # fmt: skip


def test_no_word_covers_a_word_or_a_sign_and_signs_open_their_tickets(window, crowded):
    for size, key in ((DESK, "desk"), (WIDE, "desk"), (PHONE, "phone")):
        seen = window(size).sign_in("sun")
        for url in ("/board/map", "/board/map?shade=worst", "/board"):
            page = seen.open(url)
            boxes = page.evaluate(INK)
            assert [one[0] for one in boxes if "区" in one[0]], url
            assert covered(boxes) == [], (url, size)
            assert seen.sideways() <= 0
        page = seen.open("/board/map")
        assert min(page.evaluate(TARGETS)) >= LEAST[key] - 1, size
        sign = page.locator(f"svg.map .map-at-{key} a[href^='#at-{key}-']").first
        told = sign.get_attribute("aria-label")
        sign.focus()
        page.keyboard.press("Enter")
        held = page.locator(":target a.num")
        assert f"此处 {held.count()} 件" == told
        assert page.locator(":target").is_visible()
        assert page.locator(".map-places a.num").count() <= TICKETS
        assert seen.complaints == []
        seen.context.close()
