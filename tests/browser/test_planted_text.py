"""Figure 20 in a real browser: what people typed runs on none of the pages that show it."""

import pytest
import tally
from asking import address, is_call, routes
from city import build, set_up
from planting import PAYLOADS, marks_in, plant

from extensions import db

pytestmark = pytest.mark.browser

RUN = "window.ranOf"
WATCH = """
window.ranOf = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = text => ranOf.push(name);
const marks = /^zq\\d+q$/;
for (let n = 0; n < 400; n++) window['zq' + n + 'q'] = () => ranOf.push('zq' + n + 'q');
"""
"""Every payload calls a function of its own mark: here they all are, and each call is kept."""
LEFT = ("/static", "/logout", "/metrics", "/healthz", "/readyz", "/opening", "/login", "/verify",
        "/board/changes", "/account/identities")  # fmt: skip
NO_PAGE = (".pdf", ".xlsx", ".toml", "/file", "/preview", "/parts/", "/program")
PEOPLE = ("sun", "sysadmin", "lin")
FEW = ("/issues", "/issues/<number>", "/issues/<number>/evidence", "/covert", "/notices",
       "/instructions")  # fmt: skip


def pages(app, given):
    """The addresses of the pages; a few of them in the suite."""
    for _, rule in routes(app, "GET"):
        if is_call(rule) or rule.rule.startswith(LEFT) or any(no in rule.rule for no in NO_PAGE):
            continue
        if tally.FULL or rule.rule in FEW:
            yield address(rule, given)


def looked_at(window, urls):
    """(what ran, how much of the planted was shown) as one person opens page after page."""
    found, tried = [], 0
    ask = window.page
    ask.on("dialog", lambda dialog: (found.append((ask.url, dialog.message)), dialog.dismiss()))
    ask.add_init_script(WATCH)
    for url in urls:
        answer = ask.goto(window.server + url, wait_until="load")
        if (
            answer is None
            or answer.status != 200
            or "text/html" not in answer.headers["content-type"]
        ):
            continue
        tried += len(marks_in(ask.content()))
        found += [(url, one) for one in ask.evaluate(RUN)]
    return found, tried


@pytest.fixture
def planted(app, browser, make_issue):
    with set_up(app):
        yield build(app, browser, make_issue)
    app.extensions["api_limit"].forget()


@(pytest.mark.both if tally.FULL else lambda test: test)
def test_nothing_that_was_typed_runs_in_a_browser(app, planted, desk, database):
    found, tried = [], 0
    desks = {name: desk(name) for name in (PEOPLE if tally.FULL else PEOPLE[:1])}
    urls = list(pages(app, planted.own))
    for turn in (0, 5) if tally.FULL else (0,):
        plant(PAYLOADS[turn:] + PAYLOADS[:turn])
        db.session.rollback()
        for window in desks.values():
            ran, seen = looked_at(window, urls)
            found, tried = found + ran, tried + seen

    assert tried > 20
    tally.tell(20, f"真实浏览器中的执行（{len(urls)} 个页面）", tried, found, database)


def test_a_page_that_is_not_escaped_is_seen(app, desk):
    """The control: without the policy of scripts and without escaping, the planted runs."""
    window = desk("sun")
    window.page.add_init_script(WATCH)
    window.page.goto("about:blank")
    window.page.set_content("<img src=x onerror=zq1q()>")
    window.page.wait_for_function(f"{RUN}.length > 0")

    assert window.page.evaluate(RUN) == ["zq1q"]
