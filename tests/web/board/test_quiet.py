"""A 0 is quiet and leads nowhere; a change is told only against a day that holds anything."""

import re

import pytest

from issues.vocabulary import Status

NOTHING = re.compile(r"0( ?[件%])?")


@pytest.fixture
def late(make_issue):
    plan = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=plan, lon=106.7, lat=31.8)


@pytest.mark.parametrize("url", ["/board", "/board/map", "/board/map?shade=worst"])
def test_no_nought_is_a_link_and_every_other_number_is(late, browser, url):
    page = browser.as_("zhao").get(url)
    links = [a.text.strip() for a in page.tree.all("a")]
    cells = page.tree.all("td", class_="num zero")

    assert not [text for text in links if NOTHING.fullmatch(text)]
    assert any(text == "1" for text in links)
    assert cells
    assert all(set(cell.text.strip()) <= set("0/%") for cell in cells)


def test_nothing_grew_since_a_day_that_held_nothing(late, make_issue, browser):
    zhao = browser.as_("zhao")
    bare = zhao.get("/board?compare=2020-01-01")
    assert "当日没有上板事项，不计增减" in bare.text
    assert not re.search(r"(?<!新)增 \d|减 \d|持平", bare.text)

    make_issue(Status.CLOSED, title="已销号的事项")
    told = zhao.get("/board?compare=2025-11-24")
    tiles = [one for one in told.tree.all("span") if "change" in (one["class"] or "").split()]
    assert "不计增减" not in told.text
    assert tiles
    assert {one["title"] for one in tiles if one["title"]} <= {"比 2025-11-24"}
