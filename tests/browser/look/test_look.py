"""One walk over the pages: sizes of type, one grid, targets, no sideways scrolling, few bytes."""

import gzip

import pytest
from looking import looked
from windows import DESK

from issues.vocabulary import Status

pytestmark = pytest.mark.browser

FIRST_LOAD = 250_000
"""Bytes on the wire as nginx sends them (docs/deploy/nginx.conf); what follows: test_weight.py."""
LATE = ({"text": "完成整治", "deadline": "2025-11-20"},)
SIX = 6
OF = {
    "sun": ("/", "/issues", "/board/map", "/search?q=生态", "/notices", "/issues/new",
            "/issues/{n}", "/issues/{n}/acts/amend", "/issues/{n}/evidence", "/account",
            "/help/colours"),
    "chen": ("/issues/{n}", "/issues/{n}/acts/report_progress"),
    "sysadmin": ("/admin/accounts", "/admin/operations"),
}  # fmt: skip
PLANT = """([body, style]) => {
  const main = document.querySelector('main');
  main.insertAdjacentHTML('beforeend', body);
  (main.querySelector('.it') || main).style.cssText = style;
}"""
SEEN_FROM_FURTHER = "/board"
"""A wide board is one screen for a room: its sizes have the same names and are larger."""


def test_a_walk_over_the_pages(window, make_issue):
    issue = make_issue(deadline="2025-11-20", title="逾期的事项", measures=LATE)
    make_issue(Status.ASSIGNED, title="待签收的事项")
    wrong, sizes, sent = [], set(), []

    def look(seen, where):
        found, shown = looked(seen.page, where)
        wrong.extend(found)
        if where != SEEN_FROM_FURTHER:
            sizes.update(shown)

    first = window(DESK)
    first.page.on("response", lambda answer: sent.append(answer))
    first.open("/login")
    first.page.wait_for_load_state("networkidle")
    assert on_the_wire(sent) <= FIRST_LOAD
    look(first, "/login")
    refused = window(DESK)
    refused.open("/login")
    refused.fill({"username": "sun", "password": "不对的密码"})
    refused.page.click("main button[type=submit]")
    look(refused, "a refused sign in")
    for name, urls in OF.items():
        seen = first.sign_in(name) if name == "sun" else window(DESK).sign_in(name)
        for url in urls:
            seen.open(url.format(n=issue.number))
            look(seen, url)
        if seen is first:
            seen.open(SEEN_FROM_FURTHER)
            look(seen, SEEN_FROM_FURTHER)
            look_at_refusals(seen, look)

    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(dict.fromkeys(wrong))
    assert len(sizes) <= SIX, sorted(sizes)


def look_at_refusals(seen, look):
    """What stands above a form that is refused."""
    seen.open("/issues/new")
    seen.page.locator("#act-form .form-foot [type=submit]").last.click()
    seen.page.wait_for_selector(".error-summary")
    look(seen, "a refused form")


def on_the_wire(sent):
    return sum(len(gzip.compress(one.body(), 6)) for one in sent if one.ok)


@pytest.mark.parametrize(
    ("body", "style", "told"),
    [
        ("<p class='it'>字</p>", "font-size: 14px", "a size of no name"),
        ("<p class='it'>字</p>", "width: 500px", "too wide"),
        ("<button class='btn it'>按</button>", "min-height: 40px", "px high"),
        ("<p><a class='it' href='/x'>链接</a> 在句中</p>", "padding: 0; line-height: 1", "px high"),
        ("<p>前</p><p class='alert it'>已办理</p>", "margin-top: -6px", "from its neighbour"),
        ("", "padding: 0", "bar, content and foot"),
    ],
)
def test_a_planted_fault_is_found(window, body, style, told):
    seen = window(DESK)
    seen.open("/login")
    assert not looked(seen.page, "here")[0]
    seen.page.evaluate(PLANT, [body, style])

    assert any(told in fault for fault in looked(seen.page, "here")[0])
