"""Every page that is pictured, each once at a desk and once on a phone, judged by axe."""

import pytest
from needs import need
from test_axe import AXE, faults
from windows import DESK, PHONE

from extensions import db, transaction
from issues import clock
from issues.exchange import uploads
from issues.exchange.importing import ImportReport
from issues.vocabulary import Status
from seed import city
from tools.pictured import PAGES
from tools.staged import set_stage

pytestmark = pytest.mark.browser
LEFT = {"round-notices"}
"""Stands only once the notices of a round are there."""
PEOPLE = sorted({page.person for page in PAGES})
MADE = (
    Status.DRAFT, Status.ASSIGNED, Status.PLANNING, Status.SITE_CHECK, Status.PUBLICITY,
    Status.CLOSED,
)  # fmt: skip


@pytest.fixture
def stage(app, people, make_issue):
    """A city small enough to be made for one test, with something of everything."""
    with transaction():
        city.add_rules(people.sun, people.zhou, clock.now())
        row = uploads.note("已导入.xlsx", "0" * 64, "", people.sun, clock.now())
        report = ImportReport(1, 0, 0, 0, ((5, "BZ-AF-2025-001"),))
        uploads.confirm(row, report, clock.now())
    for status in MADE:
        make_issue(status, title="示例事项")
    make_issue(Status.ASSIGNED, source="YX", title="信访事项")
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    issue = make_issue(title="逾期的事项", deadline="2025-11-20", measures=late)
    make_issue.evidence(issue)
    set_stage(app)
    return app


def addresses(app, person):
    with app.test_request_context():
        pages = [page for page in PAGES if page.person == person and page.name not in LEFT]
        urls = [page.address() for page in pages]
        db.session.remove()
    return [url for url in urls if url is not None]


def test_each_page_at_both_widths(window, stage):
    need(AXE.is_file(), "没有 .tools/axe.min.js，先运行 make setup-dev")
    axe, found = AXE.read_text(encoding="utf-8"), []
    for person in PEOPLE:
        seen = window(DESK)
        if person:
            seen.sign_in(person)
        for url in addresses(stage, person):
            found += [f"{person} at {url}, {fault}" for fault in faults_of(seen, url, axe)]
        seen.context.close()

    assert not found, "\n".join(found)


def faults_of(seen, url, axe):
    """At both widths: what axe finds, and whether the page is wider than the window."""
    seen.page.set_viewport_size(DESK)
    seen.open(url)
    for size in (DESK, PHONE):
        seen.page.set_viewport_size(size)
        yield from (f"{size['width']} px: {fault}" for fault in faults(seen, axe))
        if seen.sideways() > 0:
            yield f"{seen.sideways()} px wider than {size['width']}"
