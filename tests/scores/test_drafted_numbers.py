"""The numbers of the scores drafted, tried on the last quarter, agreed to by the office's head."""

from datetime import date, datetime, time

import pytest
from people import BAZHOU, BUREAU, ENYANG
from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.ground.refusals import NotAllowed
from issues.models import PolicyDraft, PolicyVersion, ScoreEntry
from issues.scores import booking
from issues.supervision import drafts
from issues.vocabulary import Action, Status

WORDS = {"name": "加重红牌", "reason": "年度考核办法调整", "effective_from": "2025-11-26"}


@pytest.fixture
def red(make_issue):
    """A red card of August on a ticket of the central inspection, booked."""
    issue = make_issue(
        Status.RECTIFYING, found_on=date(2025, 7, 1), source="YD", primary_unit=ENYANG,
        region=BAZHOU, lead_unit=BUREAU,
    )  # fmt: skip
    at = datetime.combine(date(2025, 8, 20), time(10), clock.SHANGHAI)
    make_issue.act(Action.RAISE_CARD, issue, "sun", on=at, colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())
    return issue


def begun(browser, name="he"):
    browser.as_(name).post("/policy/drafts", via="/policy")
    draft = db.session.scalars(select(PolicyDraft).order_by(PolicyDraft.id.desc())).first()
    return draft, f"/policy/drafts/{draft.id}"


def save(browser, url, name="he", **changes):
    return browser.as_(name).post(url, follow=False, expect=303, **(WORDS | changes))


def unit_row(page, name):
    return next(row.text for row in page.tree.all("tr") if name in row.text)


def test_a_draft_tried_on_the_last_quarter_stands_beside_what_it_was(browser, red):
    draft, url = begun(browser, "sun")
    save(browser, url, "sun", **{"scores.red": "4", "sources.YD.weight": "2"})
    before = db.session.query(ScoreEntry.id).count()

    page = browser.as_("sun").get(f"/scores/preview/{draft.id}")

    assert "2025年第3季度" in page.text
    assert "−2×100%×1.5＝−3" in page.text
    assert "−4×100%×2＝−8" in page.text
    assert "−2×30%×1.5＝−0.9" in page.text
    assert any(link.startswith(f"/issues/{red.number}#event-") for link in page.links)
    assert db.session.query(ScoreEntry.id).count() == before
    assert browser.as_("zhou").get(f"/scores/preview/{draft.id}").text.count("−4×100%×2＝−8") == 1
    browser.as_("wulead").get(f"/scores/preview/{draft.id}", 404)
    browser.as_("zhao").get(f"/scores/preview/{draft.id}", 404)


def test_numbers_in_force_change_no_point(browser, red):
    draft, _url = begun(browser)

    page = browser.as_("he").get(f"/scores/preview/{draft.id}")

    assert "没有单位的得分会变" in page.text
    assert "没有一分会变" in page.text


def test_the_page_asks_the_same_of_many_points(browser, make_issue, red):
    draft, url = begun(browser)
    save(browser, url, **{"scores.red": "4"})
    he = browser.as_("he")
    he.get(f"/scores/preview/{draft.id}")
    few = len(he.get(f"/scores/preview/{draft.id}").statements)
    for day in range(1, 9):
        issue = make_issue(Status.RECTIFYING, found_on=date(2025, 7, 1), primary_unit=ENYANG)
        at = datetime.combine(date(2025, 9, day), time(10), clock.SHANGHAI)
        make_issue.act(Action.RAISE_CARD, issue, "sun", on=at, colour="red", reason="逾期")

    assert len(he.get(f"/scores/preview/{draft.id}").statements) == few <= 30


def test_the_performance_office_drafts_and_the_office_s_head_agrees(browser):
    draft, url = begun(browser)
    page = browser.as_("he").get(url)
    assert "再次挂黄牌扣分" in page.text
    assert "临期最短提前" not in page.text
    save(browser, url, **{"scores.second_yellow": "1.5"})
    db.session.refresh(draft)
    assert draft.document["scores"]["second_yellow"] == "1.5"
    assert draft.document["near_min"] == policy_on(clock.today())[1].near_min

    browser.as_("he").post(f"{url}/publish", 403, sure="true")
    browser.as_("zhou").post(f"{url}/publish", via=url, sure="true")

    version = db.session.scalars(select(PolicyVersion)).one()
    assert version.document["scores"]["second_yellow"] == "1.5"
    page = browser.as_("chen").get(f"/policy/{version.number}")
    assert "何" in page.text
    assert "周" in page.text


def test_the_performance_office_touches_no_number_of_the_colours(browser, people):
    draft, url = begun(browser, "sun")
    changed = {name: str(value) for name, value in (("near_max", 60),)}
    save(browser, url, "sun", **changed)

    page = browser.as_("he").get(url)
    assert not [form for form in page.tree.all("form") if form["action"] == url]
    with pytest.raises(NotAllowed, match="只起草考核计分"), transaction():
        drafts.save(
            drafts.find(draft.id), people.he, clock.now(), name="改", reason="改",
            effective_from=clock.today(), document=draft.document, version=draft.version,
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="只起草考核计分"), transaction():
        drafts.drop(drafts.find(draft.id), people.he, clock.now())
    with pytest.raises(NotAllowed, match="只起草考核计分"), transaction():
        drafts.begin(people.he, clock.now(), {"near_max": 60})


def test_a_ready_set_fills_the_form_and_writes_nothing(browser):
    draft, url = begun(browser)
    save(browser, url, **{"scores.second_yellow": "3"})

    page = browser.as_("he").get(f"{url}?scores=guangyuan")

    assert "第2次挂黄牌扣1分" in page.text
    assert "尚未保存" in page.text
    assert page.tree.one("input", name="scores.second_yellow")["value"] == "1"
    assert page.tree.one("input", name="scores.red")["value"] == "2"
    db.session.refresh(draft)
    assert draft.document["scores"]["second_yellow"] == "3"
    assert "尚未保存" not in browser.as_("he").get(f"{url}?scores=other").text
