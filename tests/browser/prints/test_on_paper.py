"""Pages on paper: nothing cut, no controls, heads of tables on each page, said by whom and when."""

import pypdfium2
import pytest
from pressed import planned
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.models import AssessmentRound, Notice

pytestmark = pytest.mark.browser
MM = 96 / 25.4
HEIGHT = 900
CUT = """() => {
    const width = document.documentElement.clientWidth;
    const seen = one => one.getClientRects().length
        && getComputedStyle(one).visibility !== 'hidden';
    const told = one => `${one.tagName}.${String(one.className).slice(0, 40)}`;
    const all = [...document.querySelectorAll('main *')].filter(seen);
    return [
        ...all.filter(one => ['TABLE', 'DIV', 'SECTION'].includes(one.tagName)
            && one.scrollWidth > one.clientWidth + 1
            && ['hidden', 'auto', 'scroll'].includes(getComputedStyle(one).overflowX)
            && !one.matches('.visually-hidden, .visually-hidden *')).map(one => 'cut ' + told(one)),
        ...all.filter(one => !one.closest('svg') && one.getBoundingClientRect().right > width + 1)
            .map(one => 'outside ' + told(one)),
    ].slice(0, 8);
}"""
CONTROLS = """() => [...document.querySelectorAll(
        'button, input:not([type=hidden]), select, textarea, .btn, .main-nav, .top-bar, '
        + '.pages-list')]
    .filter(one => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden')
    .map(one => one.outerHTML.slice(0, 80)).slice(0, 8)"""
HEADS = """() => [...document.querySelectorAll('main table thead')]
    .filter(one => one.getClientRects().length)
    .every(one => getComputedStyle(one).display === 'table-header-group')"""


@pytest.fixture
def city(browser, people, make_issue):
    """A ticket with a plan and a signed paper, and a round that waits."""
    issue = planned(people)
    make_issue.evidence(issue)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    db.session.rollback()
    paper = db.session.scalars(select(Notice.id).where(Notice.trigger == "by_hand")).one()
    browser.as_("zhou").sign(f"/notices/{paper}")
    with transaction():
        rounds.open_on(clock.today(), people.sun, clock.now())
    round_id = db.session.scalars(select(AssessmentRound.id)).one()
    return {
        "/": 2, f"/issues/{issue.number}": 5, "/issues": 1, "/issues/print": 1, "/board": 1,
        "/board/map": 2, f"/rounds/{round_id}": 1, "/scores": 2, "/notices": 1,
        "/notices/ledger": 1, f"/notices/{paper}": 3,
    }  # fmt: skip


WIDE = ("/issues", "/issues/print", "/board", "/rounds/", "/notices/ledger")


def inside(url, width, *, is_wide):
    """The width between the margins, as the sheet of the page sets them."""
    margins = 16 if url == "/board" else 20 if is_wide else 24
    return round(width / 72 * 96 - margins * MM)


def test_every_page_that_is_printed_stands_whole_on_paper(window, city):
    sun = window().sign_in("sun")
    faults = {}
    for url, most in city.items():
        page = sun.open(url)
        sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, format="A4"))
        width, height = sheets[0].get_size()
        words = "".join(sheets[0].get_textpage().get_text_bounded().split())
        count = len(sheets)
        sheets.close()
        is_wide = url in WIDE or url.startswith("/rounds/")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": inside(url, width, is_wide=is_wide), "height": HEIGHT})
        found = [*page.evaluate(CUT), *page.evaluate(CONTROLS)]
        found += [] if page.evaluate(HEADS) else ["a head that is not repeated"]
        found += [] if (width > height) == is_wide else [f"{width:.0f} x {height:.0f}"]
        found += [] if count <= most else [f"{count} sheets"]
        found += [f"no {said}" for said in ("打印", "数据截止2025-11-25") if said not in words]
        if found:
            faults[url] = found
        page.emulate_media(media="null")
        page.set_viewport_size({"width": 1366, "height": 768})
    assert not faults, "\n".join(f"{url}: {said}" for url, said in faults.items())


def test_a_printer_s_a3_stays_a3(window, city):
    page = window().sign_in("sun").open("/notices/ledger")

    sheets = pypdfium2.PdfDocument(page.pdf(format="A3", landscape=True))
    size = sorted(round(one / 72 * 25.4) for one in sheets[0].get_size())
    sheets.close()
    assert size == [297, 420]
