"""An answer is reviewed by the office; the badge in the navigation says what waits for whom."""

import io
from datetime import date

import pytest
from make import PDF
from pressed import ANSWER, PLAN_FORM, planned
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Event, Notice, ReplyReview


@pytest.fixture
def url(browser, people):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one().id
    return f"/notices/{notice}"


@pytest.fixture
def answered(browser, url):
    browser.as_("zhou").sign(url)
    browser.as_("chen").post(f"{url}/acknowledge", via=url, name="陈某", phone="1")
    answer(browser, url, "正在整改。")
    return url


def answer(browser, url, text):
    """As the unit's leader sends it: with a dated plan and a file."""
    paper = (io.BytesIO(PDF % text.encode()), "反馈表.pdf")
    said = {"text": f"{text}{ANSWER}", "file": [paper], **PLAN_FORM}
    return browser.as_("chenlead").post(f"{url}/reply", via=url, **said)


def badge(browser, name):
    nav = browser.as_(name).get("/account").tree.one("nav")
    found = nav.one("a", href="/notices")
    digits = "".join(character for character in found.text if character.isdigit())
    return int(digits or 0)


def test_an_answer_is_returned_with_a_reason_then_accepted(browser, answered):
    sun, chen = browser.as_("sun"), browser.as_("chen")

    page = sun.post(f"{answered}/return_reply", 422, via=answered, reason="", due="2025-11-24")
    assert page.error("reason")
    page = sun.post(
        f"{answered}/return_reply", 422, via=answered, reason="没有措施", due="2025-11-24"
    )
    assert "不能早于今天" in page.error("due")
    sun.post(f"{answered}/return_reply", via=answered, reason="没有措施", due="2025-12-05")
    page = chen.get(answered)
    assert "没有措施" in page.text
    assert "2025-12-05" in page.text
    answer(browser, answered, "已逐项制定措施。")
    page = sun.post(f"{answered}/accept_reply", via=answered)
    assert "已认可" in page.text
    assert not page.has_form(f"{answered}/return_reply")

    kept = db.session.scalars(select(ReplyReview).order_by(ReplyReview.id)).all()
    assert [(row.reply.partition("\n")[0], row.is_accepted) for row in kept] == [
        (f"正在整改。{ANSWER}", False), (f"已逐项制定措施。{ANSWER}", True),
    ]  # fmt: skip
    told = db.session.scalars(select(Event.action).where(Event.subject == "notice")).all()
    assert told[-3:] == ["return_reply", "reply", "accept_reply"]


def test_only_the_office_reviews_and_only_an_answer(browser, url, answered):
    for name in ("zhou", "lin", "chen", "zhao"):
        fields = browser.as_(name).bare({"reason": "x", "due": "2025-12-05"})
        browser.as_(name).send(f"{url}/accept_reply", 403, **browser.as_(name).bare({}))
        browser.as_(name).send(f"{url}/return_reply", 403, **fields)
    sun = browser.as_("sun")
    sun.send(f"{url}/accept_reply", **sun.bare({}))
    sun.send(f"{url}/accept_reply", 409, **sun.bare({}))


def test_the_list_finds_answers_that_wait(browser, answered):
    sun = browser.as_("sun")
    assert len(sun.get("/notices", state="unreviewed").rows()) == 1
    sun.send(f"{answered}/accept_reply", **sun.bare({}))
    assert "没有符合这些条件的文书" in sun.get("/notices", state="unreviewed").text


def test_the_badge_follows_the_notice_from_hand_to_hand(browser, url):
    before = {name: badge(browser, name) for name in ("sun", "zhou", "chen", "wu")}

    def moved():
        return {name: badge(browser, name) - before[name] for name in before}

    before["zhou"] -= 1  # the draft waits for the head already
    assert moved() == {"sun": 0, "zhou": 1, "chen": 0, "wu": 0}
    browser.as_("zhou").sign(url)
    assert moved() == {"sun": 0, "zhou": 0, "chen": 1, "wu": 0}
    browser.as_("chen").post(f"{url}/acknowledge", via=url, name="陈某", phone="1")
    answer(browser, url, "已整改。")
    assert moved() == {"sun": 1, "zhou": 0, "chen": 0, "wu": 0}
    browser.as_("sun").post(f"{url}/accept_reply", via=url)
    assert moved() == {"sun": 0, "zhou": 0, "chen": 0, "wu": 0}


def test_what_is_overdue_is_one_list(browser, url):
    browser.as_("zhou").sign(url)
    clock.stand_still(date(2025, 12, 8))

    (row,) = browser.as_("sun").get("/notices", state="overdue").rows()
    assert "未签收，逾期" in " ".join(row)


def test_a_draft_is_previewed_as_typed_and_nothing_is_kept(browser, url):
    sun = browser.as_("sun")
    page = sun.post(f"{url}/preview", **typed(sun, consequence="逾期不改的，提请约谈"))
    assert "逾期不改的，提请约谈。" in page.text
    assert "草稿预览" in page.text

    page = sun.send(
        f"{url}/preview", headers={"HX-Request": "true"}, **typed(sun, basis="依\U0001f600据")
    )
    assert "没有可用字形" in page.text
    assert "<html" not in page.html
    page = sun.post(f"{url}/preview", **typed(sun, **{"demands-0-due": "2025-02-30"}))
    assert "不是日历上有的日子" in page.text
    assert db.session.get(Notice, int(url.rpartition("/")[2])).facts == {}
    for name in ("chen", "lin"):
        other = browser.as_(name)
        other.send(f"{url}/preview", 404 if name == "chen" else 403, **typed(other))
    browser.as_("zhou").sign(url)
    sun.send(f"{url}/preview", 409, **typed(sun))


def typed(visitor, **fields):
    return visitor.bare(fields)
