"""A button and a choice are read whole: no line ends inside their words in a narrow cell."""

import pytest
from windows import DESK, PHONE

from extensions import transaction
from issues import rounds
from issues.ground import clock
from issues.vocabulary import RoundAct, Status

pytestmark = pytest.mark.browser
MEASURES = [
    {"text": f"第{n}段清运", "start": "2025-10-20", "deadline": "2025-11-10", "target": "60",
     "unit_of_target": "吨"}
    for n in (1, 2, 3)
]  # fmt: skip
BROKEN = """() => [...document.querySelectorAll('main .btn, main .check, main .choice')]
  .flatMap(told => {
    const words = document.createTreeWalker(told, NodeFilter.SHOW_TEXT), found = [];
    while (words.nextNode()) {
      const text = words.currentNode.data;
      for (let place = 1; place < text.length; place += 1) {
        if (!/[\\u4e00-\\u9fff]{2}/.test(text.slice(place - 1, place + 1))) continue;
        const [before, behind] = [place - 1, place].map(at => {
          const range = document.createRange();
          range.setStart(words.currentNode, at);
          range.setEnd(words.currentNode, at + 1);
          return range.getBoundingClientRect();
        });
        if (before.height && behind.top - before.top > 4) {
          found.push(text.slice(0, place) + '/' + text.slice(place));
        }
      }
    }
    return found;
  })"""
"""Each button or choice that is shown broken between two ideographs, and where."""
CUT = """() => [...document.querySelectorAll('main .btn, main .check, main .choice')]
  .filter(told => told.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(told => told.textContent)"""
"""Those that reach out of the window, where a frame cuts them off without a word."""
AS_IT_WAS = """() => document.querySelectorAll('main .choice').forEach(told => Object.assign(
  told.style, {wordBreak: 'normal', display: 'inline-block', width: '2.5em'}))"""
"""The words of a choice in a cell that is too narrow, free to break."""


@pytest.fixture
def round_(people, make_issue):
    """One decided, one not; both with long names and several rules."""
    issues = [
        make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=MEASURES, title="长" * 60)
        for _ in range(2)
    ]
    with transaction():
        row = rounds.open_on(clock.today(), people.sun, clock.now())
        given = {"number": issues[0].number}
        rounds.decide(row.id, RoundAct.CONFIRM, people.sun, given, clock.now())
    return row


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["sun", "zhou", "lin"])
def test_a_choice_of_a_round_is_read_whole(window, round_, viewport, name):
    """Who decides has buttons in the cell; who only looks has a narrow one."""
    seen = window(viewport).sign_in(name)
    page = seen.open(f"/rounds/{round_.id}")
    for more in page.locator("details.more summary").all():
        more.click()

    assert "确认挂牌" in seen.text
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(CUT) == []
    assert seen.sideways() <= 0
    page.evaluate(AS_IT_WAS)
    assert "确认/挂牌" in " ".join(page.evaluate(BROKEN)), "a broken one is seen"
