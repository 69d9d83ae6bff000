"""A page past the end of a list is its last one, for every list that is cut into pages."""

import re
from datetime import date
from pathlib import Path

import pytest
from pressed import noon
from sheets import changed, short
from workbooks import upload

from auth.models import UnitAlias
from extensions import db, transaction
from issues.models import (
    Contradiction,
    CovertNote,
    Instruction,
    Keeper,
    Keeping,
    Lead,
    LedgerLayout,
    Lookback,
    Outbox,
    Polluter,
    TextDocument,
    Webhook,
)
from issues.queries.admin import accounts, catalogue, places
from issues.queries.board import changes
from issues.queries.evidence import contradictions
from issues.queries.keepers import own, page as keepers, places as keeper_places, unkept
from issues.queries.polluters import page as polluters
from issues.queries.register import imports as queries
from issues.queries.supervision import lookbacks
from issues.queries.texts import earlier as texts
from issues.vocabulary import AliasKind, Source
from issues.web.exchange import differences, import_preview
from issues.web.leads import leads
from issues.web.messages import deliveries, page as inbox, webhooks
from issues.web.supervision import covert
from issues.web.worklist import instructions

TEMPLATES = Path(__file__).parents[3] / "templates"
AT = noon("2025-11-20")
SHORT = {
    accounts: "PER_PAGE", catalogue: "PER_PAGE", changes: "PAGE_SIZE", queries: "PER_PAGE",
    lookbacks: "PER_PAGE", import_preview: "A_PAGE", differences: "A_PAGE",
    places: "PER_PAGE", covert: "PER_PAGE", instructions: "PER_PAGE", contradictions: "PER_PAGE",
    own: "PER_PAGE", keepers: "PER_PAGE", unkept: "PER_PAGE", keeper_places: "PER_PAGE",
    leads: "PER_PAGE", polluters: "PER_PAGE", texts: "PER_PAGE",
    inbox: "PER_PAGE", deliveries: "PER_PAGE", webhooks: "PER_PAGE",
}  # fmt: skip
LISTS = {
    "board/changes.html": ("sun", "/board/changes?compare=2025-10-01"),
    "admin/grants.html": ("secadmin", "/admin/grants?"),
    "exchange/aliases.html": ("sun", "/admin/aliases?"),
    "admin/accounts.html": ("sysadmin", "/admin/accounts?"),
    "territory/regions.html": ("sun", "/admin/regions?q=5119"),
    "territory/region.html": ("sun", "/admin/regions/511902?"),
    "supervision/lookbacks.html": ("sun", "/lookbacks?"),
    "supervision/covert/notes.html": ("lin", "/covert?"),
    "leads/leads.html": ("sun", "/leads?"),
    "worklist/instructions.html": ("sun", "/instructions?"),
    "exchange/import.html": ("sun", "/issues/import?"),
    "evidence/contradictions/index.html": ("sun", "/contradictions?"),
    "texts/listed.html": ("sun", "/texts?"),
    "exchange/layouts.html": ("sun", "/issues/layouts?"),
    "exchange/import_preview.html": ("sun", "{upload}?"),
    "exchange/differences.html": ("sun", "{upload}/differences?"),
    "register/_body.html": ("sun", "/issues?limit=1"),
    "notices/list.html": ("sun", "/notices?limit=1"),
    "polluters/list.html": ("sun", "/polluters?"),
    "keepers/list.html": ("sun", "/keepers?"),
    "keepers/unkept.html": ("sun", "/keepers/unkept?"),
    "keepers/own.html": ("zhao", "/keeping?"),
    "keepers/place.html": ("sun", "/keepers/places/511902?"),
    "messages/inbox.html": ("sun", "/messages?"),
    "messages/deliveries.html": ("sysadmin", "/admin/deliveries?"),
    "messages/webhook.html": ("sysadmin", "/admin/webhooks/1?"),
}
"""By the template that draws its pages: who reads the list, and where."""
SIDE = {"source": "ticket", "id": 0, "name": "事项登记", "text": "时限", "start": 0, "end": 2}
SAMPLE = "admin/style.html"
ELSEWHERE = {
    "exchange/_import_alike.html", "rosters/asked.html", "rosters/import.html",
    "rosters/preview.html", "scores/one.html", "scores/appeals.html", "supervision/points.html",
    "supervision/lookback_sample.html", "burden/events.html", "notices/ledger/page.html",
}  # fmt: skip
"""Asked past their end in tests/web/exchange/test_alike.py, tests/web/admin/test_rosters.py,
tests/scores/test_pages.py, tests/web/supervision/test_{points,lookbacks}.py,
tests/web/burden/test_page.py and tests/web/notices/ledger/test_page.py.
"""


@pytest.fixture
def city(people, browser, make_issue, monkeypatch):
    """Two or more of everything that is listed, one a page."""
    issues = [make_issue(title=f"第{place}处") for place in (1, 2)]
    for place in (3, 4):
        make_issue(title=f"第{place}处", region="511903")
    with transaction():
        for place in (1, 2):
            day = date(2025, 12, place)
            db.session.add_all([
                UnitAlias(
                    unit_id=people.chen.unit_id, text=f"别称{place}", plain=f"别称{place}",
                    kind=AliasKind.SHORT, made_at=AT,
                ),
                TextDocument(
                    name=f"方案{place}.txt", source=Source.AF, sha256=f"{place}" * 64, key_id="",
                    uploaded_at=AT, user_id=people.sun.id,
                ),
                LedgerLayout(
                    name=f"格式{place}号", headings=[], document="", made_at=AT, changed_at=AT,
                    ended_at=AT if place == 1 else None,
                ),
                Polluter(
                    name=f"污染源{place}号", kind="factory", region="511902", made_at=AT
                ),
                Keeper(name=f"包保人{place}号", phone=f"{place}", made_at=AT),
                Lookback(issue_id=issues[0].id, planned_on=day, why=f"起因{place}号"),
                CovertNote(
                    title=f"暗访{place}号", findings="直排", at=AT, region="511902", place="三组",
                    inspector_id=people.lin.id, created_at=AT,
                ),
                Lead(
                    origin="other", at=AT, received_at=AT, reporter_id=people.lin.id,
                    text=f"线索{place}号", is_urgent=False, due_at=AT, state="new",
                ),
                Contradiction(
                    issue_id=issues[0].id, kind="plan_day", digest=f"{place}" * 64,
                    because=f"不一致{place}号", one=SIDE, other=SIDE, found_at=AT,
                ),
                Instruction(
                    issue_id=issues[0].id, leader_id=people.zhao.id, text=f"批示{place}号",
                    given_on=day, due_on=day,
                ),
            ])  # fmt: skip
        kept_by(people.zhao.id)
        told_outside(people)
    sun = browser.as_("sun")
    sun.post(f"{upload(sun, short()).url}/confirm")
    again = upload(sun, changed(short(), {"N5": "另一个目标", "O5": "另一个标准"})).url
    for module, size in SHORT.items():
        monkeypatch.setattr(module, size, 1)
    return again


def kept_by(account_id):
    """The county's tickets have a keeper."""
    row = Keeper(name="包保人", account_id=account_id, made_at=AT)
    db.session.add(row)
    db.session.flush()
    db.session.add(
        Keeping(keeper_id=row.id, level="area", region="511902", from_on=date(2025, 11, 1))
    )


def told_outside(people):
    """Another system, and two lines to it."""
    hook = Webhook(
        name="平台", host="example.cn", events=[], sealed=b"", key_id="", made_at=AT,
        made_by_id=people.sysadmin.id,
    )  # fmt: skip
    db.session.add(hook)
    db.session.flush()
    db.session.add_all(
        Outbox(
            webhook_id=hook.id, about=f"{event}-1", channel="webhook-1", line="{}", written_at=AT,
            next_at=AT,
        )
        for event in ("assigned", "deadline")
    )  # fmt: skip


def shown(page):
    return page.tree.one("main").text


def test_a_page_past_the_end_is_the_last_one(browser, city):
    for name, asked in LISTS.values():
        url = asked.replace("{upload}", city)
        first = browser.as_(name).get(f"{url}&page=1")
        found = re.search(r"第 1/(\d+) 页", first.text)
        assert found, f"{url}: more than one page"
        pages = int(found[1])
        assert pages > 1, url
        last = browser.as_(name).get(f"{url}&page={pages}")
        assert f"第 {pages}/{pages} 页" in last.text, url
        assert shown(last) != shown(first), url
        for beyond in (pages + 1, 9_999, 99_999_999):
            page = browser.as_(name).get(f"{url}&page={beyond}")
            assert shown(page) == shown(last), f"{url}&page={beyond}"


def test_every_list_that_has_pages_is_asked():
    drawn = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "{{ pagination(" in path.read_text(encoding="utf-8")
    }
    assert drawn == {*LISTS, *ELSEWHERE, SAMPLE}
