"""Every page that is pictured, and a ticket as each role sees it, judged by axe by WCAG 2.2 AA."""

from pathlib import Path

import pytest
from needs import need
from sqlalchemy import select
from windows import DESK, PHONE

from extensions import db, transaction
from issues.exchange import uploads
from issues.exchange.importing import ImportReport
from issues.ground import clock
from issues.models import Notice
from issues.vocabulary import Action, Status
from seed import city
from tools.pictured import PAGES
from tools.staged import set_stage

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / ".tools" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = "color-contrast"
"""Takes half of the time, and answers alike wherever the same style is."""
GRAVE = {"serious", "critical"}
JUDGE = """([tags, off]) => axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
    rules: Object.fromEntries(off.map(rule => [rule, {enabled: false}]))})"""
ROLES = ("lin", "sun", "zhou", "chen", "chenlead", "zhao", "he")
ACTS = {
    "sun": (Action.RAISE_CARD, Action.AMEND),
    "zhou": (Action.WITHDRAW,),
    "chen": (Action.REPORT_PROGRESS,),
    "chenlead": (Action.REQUEST_EXTENSION,),
}
LEFT = {"round-notices"}
"""Stands only once the notices of a round are there."""
PEOPLE = sorted({page.person for page in PAGES})
MADE = (
    Status.DRAFT, Status.ASSIGNED, Status.PLANNING, Status.SITE_CHECK, Status.PUBLICITY,
    Status.CLOSED,
)  # fmt: skip


@pytest.fixture(scope="module")
def axe():
    need(AXE.is_file(), "没有 .tools/axe.min.js，先运行 make setup-dev")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def stage(app, people, make_issue, browser):
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
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice.id).where(Notice.trigger == "by_hand")).one()
    browser.as_("zhou").sign(f"/notices/{notice}")
    set_stage(app)
    return app


def faults(seen, axe, *off):
    """Each grave violation on the open page: its rule, and where it stands."""
    seen.page.evaluate(axe)
    return judged(seen, *off)


def judged(seen, *off):
    """The same where axe is on the page already; `off` are rules that are not asked."""
    found = seen.page.evaluate(JUDGE, [TAGS, off])["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


def pages_of(app, person):
    with app.test_request_context():
        pages = [page for page in PAGES if page.person == person and page.name not in LEFT]
        urls = {page.name: page.address() for page in pages}
        db.session.remove()
    missing = [name for name, url in urls.items() if url is None]
    assert not missing, f"the stage has nothing for {missing}"
    return list(urls.values())


def addresses(name, issues):
    tickets = [f"/issues/{issue.number}" for issue in issues]
    acts = [f"{tickets[0]}/acts/{action.value}" for action in ACTS.get(name, ())]
    return ["/", "/board?compare=2025-10-01", *tickets, *acts, f"{tickets[0]}/evidence"]


def test_each_page_at_both_widths(window, stage, axe):
    found = []
    for person in PEOPLE:
        seen = window(DESK)
        if person:
            seen.sign_in(person)
        for url in pages_of(stage, person):
            found += [f"{person} at {url}, {fault}" for fault in faults_of(seen, url, axe)]
        seen.context.close()

    assert not found, "\n".join(found)


def faults_of(seen, url, axe):
    """What axe finds at both widths, and whether the page is wider than the window.

    Colours are judged once: they are the same on a phone, and most of the time goes there.
    """
    seen.page.set_viewport_size(DESK)
    seen.open(url)
    seen.page.evaluate(axe)
    for size, off in ((DESK, ()), (PHONE, (COLOURS,))):
        seen.page.set_viewport_size(size)
        yield from (f"{size['width']} px: {fault}" for fault in judged(seen, *off))
        if seen.sideways() > 0:
            yield f"{seen.sideways()} px wider than {size['width']}"


@pytest.mark.parametrize("name", ROLES)
def test_no_page_of_a_role_has_a_grave_fault(window, make_issue, axe, name):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    issues = [
        make_issue(deadline="2025-11-20", title="逾期的事项", measures=late, lon=106.7, lat=31.8),
        make_issue(Status.CLOSED, title="已销号的事项"),
    ]
    seen = window().sign_in(name)
    found = []
    for url in addresses(name, issues):
        seen.page.goto(seen.server + url)
        found += [f"{url} {fault}" for fault in faults(seen, axe, COLOURS)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_before_signing_in_and_the_main_ones_on_a_phone(window, make_issue, axe, viewport):
    issue = make_issue(title="整改中的事项")
    seen = window(viewport)
    seen.open("/login")
    found = faults(seen, axe)
    seen.sign_in("sun")
    for url in ("/", "/board", "/board/map", "/issues", f"/issues/{issue.number}", "/nowhere"):
        seen.page.goto(seen.server + url)
        found += [f"{url} {fault}" for fault in faults(seen, axe)]

    assert not found, "\n".join(found)


def test_the_judge_finds_a_planted_fault(window, axe):
    seen = window()
    seen.open("/login")
    seen.page.evaluate("document.querySelector('main label').remove()")

    assert any(fault.startswith("label:") for fault in faults(seen, axe))
