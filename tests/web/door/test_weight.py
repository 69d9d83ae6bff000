"""What a page weighs on the wire once the first one was read."""

import gzip

import pytest

from issues.vocabulary import Status

MOST = 100 * 1024
PAGES = {
    "sun": ("/board", "/board/map", "/board/wall", "/issues", "/issues/new", "/issues/import",
            "/notices", "/rounds", "/policy", "/admin/walls", "/admin/maps", "/lookbacks"),
    "zhao": ("/board", "/issues", "/digests"),
    "chen": ("/", "/issues"),
    "auditor": ("/history",),
    "sysadmin": ("/admin/accounts",),
}  # fmt: skip


def parts(page):
    """Every file a page asks for, without what stands behind a #."""
    nodes = [(node, node["src"] or node["href"] or "") for node in page.tree.walk()]
    kinds = {"link", "script", "img", "use"}
    return {url.partition("#")[0] for node, url in nodes if node.tag in kinds and url[:1] == "/"}


def weight(visitor, page, known):
    """Bytes of the page and of what is not yet in the browser's cache, compressed."""
    total = len(gzip.compress(page.answer.data))
    for url in parts(page) - known:
        with visitor.client.get(url) as answer:
            total += len(gzip.compress(answer.data))
    return total


@pytest.mark.parametrize("name", PAGES)
def test_a_page_after_the_first_weighs_little(browser, make_issue, name):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    numbers = [
        make_issue(deadline="2025-11-20", measures=late, lon=106.7, lat=31.8).number,
        *(make_issue(Status.ASSIGNED, title=f"事项{n}").number for n in range(30)),
    ]
    visitor = browser.as_(name)
    known = parts(visitor.get("/login", follow=True)) | parts(visitor.get("/account"))
    tickets = [f"/issues/{numbers[0]}"] if name in {"sun", "zhao", "chen"} else []
    heavy = {
        url: size
        for url in (*PAGES[name], *tickets)
        if (size := weight(visitor, visitor.get(url), known)) > MOST
    }

    assert heavy == {}
