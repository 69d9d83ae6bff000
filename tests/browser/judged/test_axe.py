"""Every page that is pictured, judged by axe by WCAG 2.2 AA."""

from datetime import date, datetime, time

import centre
import pytest
from judge import COLOURS, axe_script, faults, judged_anew, judged_narrow
from people import BAZHOU
from sqlalchemy import select
from windows import DESK, PHONE

from auth.actor import SYSTEM
from auth.models import Unit
from extensions import db, transaction
from issues.exchange import profiles, uploads
from issues.exchange.import_report import ImportReport
from issues.ground import clock
from issues.keepers import giving, roll
from issues.leads import taking as leads
from issues.leads.fields import FORM
from issues.models import Contradiction, Notice, ScoreEntry
from issues.scores import appeals, booking, publishing
from issues.territory import rounds
from issues.vocabulary import Action, EvidenceKind, ScoreRule, Status
from seed import city, example
from tools.pictured import PAGES
from tools.staged import set_stage

pytestmark = pytest.mark.browser

LEFT = {"round-notices", "round-minutes", "practice", "practice-reset"}
"""Stands only once the notices of a round, or a practice city, are there."""
PEOPLE = sorted({page.person for page in PAGES})
MADE = (
    Status.DRAFT, Status.ASSIGNED, Status.PLANNING, Status.SITE_CHECK, Status.PUBLICITY,
    Status.CLOSED,
)  # fmt: skip


@pytest.fixture(scope="module")
def axe():
    return axe_script()


@pytest.fixture
def stage(app, people, make_issue, browser):
    """A city small enough to be made for one test, with something of everything."""
    with transaction():
        city.add_rules(people.sun, people.zhou, clock.now())
        row = uploads.note("已导入.xlsx", "0" * 64, "", people.sun, clock.now())
        report = ImportReport(1, 0, 0, 0, ((5, "BZ-AF-2025-001"),))
        uploads.confirm(row, report, clock.now())
        profiles.make(people.sun, example.WEEKLY, example.WEEKLY_ASKED, at=clock.now())
        example.keep_layout(people.sun)
    for status in MADE:
        make_issue(status, title="示例事项")
    make_issue(Status.ASSIGNED, source="YX", title="信访事项")
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    issue = make_issue(
        title="逾期的事项", deadline="2025-11-20", measures=late, sponsor_account="zhao"
    )
    make_issue.evidence(issue)
    make_issue.evidence(issue, EvidenceKind.MONITORING)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice.id).where(Notice.trigger == "by_hand")).one()
    browser.as_("zhou").sign(f"/notices/{notice}")
    with transaction():
        db.session.add(differing(issue))
    luo = centre.delegated(make_issue, issue)["luo"]
    with transaction():
        rounds.open_on(clock.today(), luo, clock.now())
        said = {"origin": "patrol", "region": issue.region, "place": "河段", "text": "示例线索。"}
        now = clock.now()
        keeper = roll.add(people.sun, {"name": "示例包片人", "account": "zhao"})
        given = {"level": "area", "from_on": ""}
        giving.give_place(people.sun, keeper.id, issue.region, given)
        leads.take(people.lin, {one.name: "" for one in FORM} | said | {"at": now}, [], now)
    scored(make_issue, people)
    set_stage(app)
    return app


def scored(make_issue, people):
    """Points of a unit: one nobody spoke against, one whose appeal waits, one that was ruled."""
    for day in (date(2025, 8, 20), date(2025, 9, 3), date(2025, 9, 10)):
        issue = make_issue(found_on=date(2025, 7, 1), title="示例：挂牌事项")
        at = datetime.combine(day, time(10), clock.SHANGHAI)
        make_issue.act(Action.RAISE_CARD, issue, "sun", on=at, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
        points = select(ScoreEntry.id).join(Unit, Unit.id == ScoreEntry.unit_id)
        points = points.where(Unit.code == BAZHOU, ScoreEntry.rule == ScoreRule.RED)
        for entry in db.session.scalars(points.order_by(ScoreEntry.id)).all()[:2]:
            made = appeals.appeal(entry, people.chenlead, "示例：依据有误。", [], clock.now())
        told = {"is_upheld": True, "reason": "示例：属实。", "at": clock.now()}
        appeals.rule(made.entry_id, people.he, **told)
        for quarter in (1, 2, 3):
            publishing.publish(2025, quarter, people.he, clock.now())


def differing(issue):
    """Two sources of the ticket that contradict each other."""
    side = {"source": "ticket", "id": 0, "name": "事项登记", "text": "时限", "start": 0, "end": 2}
    return Contradiction(
        issue_id=issue.id, kind="plan_day", digest="0" * 64, because="示例", one=side, other=side,
        found_at=clock.now(),
    )  # fmt: skip


def pages_of(app, person):
    with app.test_request_context():
        pages = [page for page in PAGES if page.person == person and page.name not in LEFT]
        urls = {page.name: page.address() for page in pages}
        db.session.remove()
    missing = [name for name, url in urls.items() if url is None]
    assert not missing, f"the stage has nothing for {missing}"
    return list(urls.values())


def test_each_page_at_both_widths(window, stage, axe):
    found, ways = [], set()
    for person in PEOPLE:
        seen = window(DESK)
        seen.context.add_init_script(axe)  # once, not with every page
        if person:
            seen.sign_in(person)
        for url in pages_of(stage, person):
            found += [f"{person} at {url}, {fault}" for fault in faults_of(seen, url, ways)]
        found += seen.complaints
        seen.context.close()

    assert not found, "\n".join(found)


def faults_of(seen, url, ways):
    """What axe finds at both widths, what is wider than the window, cells out of their rows.

    Colours are judged at one width alone: they are the same on a phone.
    """
    seen.page.set_viewport_size(DESK)
    seen.open(url)
    for size in (DESK, PHONE):
        seen.page.set_viewport_size(size)
        found = judged_anew(seen, ways) if size is DESK else judged_narrow(seen)
        yield from (f"{size['width']} px: {fault}" for fault in found)
        if (wider := seen.sideways()) > 0:
            yield f"{wider} px wider than {size['width']}"
        yield from (f"{size['width']} px, out of its row: {cell}" for cell in seen.loose_cells())


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

    seen.page.evaluate("""() => {
        const cell = document.createElement('table').insertRow().insertCell();
        document.querySelector('main').append(cell.closest('table'));
        cell.style.display = 'block';
    }""")

    assert len(seen.loose_cells()) == 1
    assert any(fault.startswith("label:") for fault in faults(seen, axe))
    assert any(fault.startswith("label:") for fault in judged_narrow(seen))


def test_a_planted_colour_is_found_once_where_the_rest_is_known(window, axe):
    seen, ways = window(), set()
    seen.open("/login")
    seen.page.evaluate(axe)
    assert judged_anew(seen, ways) == []
    seen.page.evaluate("document.querySelector('main label').style.color = '#ccc'")

    assert [fault.split(":")[0] for fault in judged_anew(seen, ways)] == [COLOURS]
    assert judged_anew(seen, ways) == []
