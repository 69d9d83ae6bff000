"""The rules as pages: read by all, written by the office, published by another person."""

import tomllib
from datetime import date

import pytest
from sqlalchemy import func, select

from extensions import db
from issues.ground import clock
from issues.models import PolicyDraft, PolicyVersion
from issues.rules.policy import Policy
from issues.rules.presets import PRESETS
from issues.vocabulary import Status

PLAIN = ({"text": "清运"},)


@pytest.fixture
def draft(browser):
    browser.as_("sun").post("/policy/drafts", via="/policy")
    return db.session.scalars(select(PolicyDraft)).one()


def fill(browser, draft, **changes):
    """Save the draft as its own page offers it, with some values changed."""
    page = f"/policy/drafts/{draft.id}"
    said = {"name": "放宽临期", "reason": "年底集中到期", "effective_from": "2025-11-25"}
    return browser.as_("sun").post(page, follow=False, expect=303, **(said | changes))


def test_everybody_with_business_reads_the_rules_in_force(browser):
    for name in ("sun", "chen", "zhao", "he"):
        page = browser.as_(name).get("/policy")
        assert "临期比例" in page.text


@pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditor"])
def test_administrators_read_no_rules(browser, name):
    browser.as_(name).get("/policy", 403)


def test_a_draft_is_compared_and_published_by_another_person(browser, make_issue, draft):
    near = make_issue(Status.RECTIFYING, deadline="2026-01-05", measures=PLAIN)
    fill(browser, draft, near_max="60", near_share="60")
    lab = browser.as_("sun").get(f"/policy/drafts/{draft.id}/lab", most=20)
    assert near.number in lab.text

    address = f"/policy/drafts/{draft.id}"
    browser.as_("zhou").post(f"{address}/publish", via=address, sure="true")

    version = db.session.scalars(select(PolicyVersion)).one()
    assert (version.number, version.document["near_max"]) == (1, 60)
    assert browser.as_("chen").get("/policy").text.count("第1版") >= 1


def test_the_office_cannot_publish(browser, draft):
    browser.as_("sun").post(f"/policy/drafts/{draft.id}/publish", 403, sure="true")

    assert db.session.scalar(select(func.count(PolicyVersion.number))) == 0


def test_a_unit_does_not_see_a_draft(browser, draft):
    for address in ("", "/lab"):
        browser.as_("chen").get(f"/policy/drafts/{draft.id}{address}", 404)
    browser.as_("chen").post("/policy/drafts", 403)


def test_a_bad_number_is_told_at_its_field_and_nothing_is_saved(browser, draft):
    before = draft.document

    page = browser.as_("sun").post(f"/policy/drafts/{draft.id}", 422, near_min="400")

    assert "临期最短提前应在0到366天之间" in page.text
    db.session.refresh(draft)
    assert draft.document == before


def test_a_published_draft_cannot_be_published_again(browser, draft):
    fill(browser, draft)
    address = f"/policy/drafts/{draft.id}"
    browser.as_("zhou").post(f"{address}/publish", via=address, sure="true")

    browser.as_("zhou").post(f"{address}/publish", 409, sure="true", version="2")


def test_a_rule_file_reads_back_the_same(browser):
    text = browser.as_("sun").get("/policy/0.toml").html

    assert Policy.from_document(tomllib.loads(text)) == Policy.default()


def test_a_revision_is_begun_from_a_ready_set(browser):
    sun = browser.as_("sun")
    sun.post("/policy/drafts/preset/overdue", via="/policy")

    draft = db.session.scalars(select(PolicyDraft)).one()
    assert draft.document == PRESETS["overdue"].policy().document()
    assert draft.document["near_max"] == 0
    sun.send("/policy/drafts/preset/other", 404, **sun.bare({}))


def test_the_guangyuan_set_says_whose_it_is_and_begins_a_draft_that_says_so_too(browser):
    sun = browser.as_("sun")
    page = sun.get("/policy")
    for said in ("广元市环境保护督察问题整改", "2次的专函督办", "原制度没有数字的参数，沿用默认"):
        assert said in page.text

    sun.post("/policy/drafts/preset/guangyuan", via="/policy")

    draft = db.session.scalars(select(PolicyDraft)).one()
    default = Policy.default().document()
    changed = {name for name, value in draft.document.items() if value != default[name]}
    assert changed == {"red_cards_n4"}
    assert draft.document["red_cards_n4"] == 1
    assert draft.name == "广元式"
    assert "广元市环境保护督察问题整改" in draft.reason


def test_each_number_names_its_source_and_a_version_its_two_persons(browser, draft):
    page = browser.as_("sun").get(f"/policy/drafts/{draft.id}")
    assert "依据：默认规则·颜色规则Y1、R1，待市环委办确认" in page.text

    fill(browser, draft, near_max="60")
    address = f"/policy/drafts/{draft.id}"
    browser.as_("zhou").post(f"{address}/publish", via=address, sure="true")

    page = browser.as_("chen").get("/policy/1")
    assert "孙经办" in page.text
    assert "周主任" in page.text


def test_a_day_gone_by_publishes_nothing(browser, draft):
    fill(browser, draft, effective_from="2025-11-25")
    address = f"/policy/drafts/{draft.id}"
    clock.stand_still(date(2025, 11, 26))

    page = browser.as_("zhou").post(f"{address}/publish", 422, via=address, sure="true")

    assert "生效日期不能早于今天" in page.text
    assert db.session.scalar(select(func.count(PolicyVersion.number))) == 0
