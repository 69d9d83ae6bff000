"""A unit reads what the paper asks, begins an answer, gives it point by point; the office sees."""

import io
from datetime import date

import pytest
import samples
from pressed import ANSWER, PLAN_FORM, planned
from sqlalchemy import select

from extensions import db, transaction
from issues.models import Event, Evidence, Notice, ReplyDraft, ReplyReview

DONE = {"points-0-no": "1", "points-0-state": "done", "points-0-text": "已查明原因"}
LATER = {"points-1-no": "2", "points-1-state": "by", "points-1-by": "2025-12-20"}


@pytest.fixture
def url(browser, people):
    return signed_on(browser, planned(people))


def signed_on(browser, issue, kind="N1", signer="sun"):
    browser.as_("sun").post("/notices", via="/notices/new", kind=kind, issues=issue.number)
    url = f"/notices/{notice().id}"
    browser.as_(signer).sign(url)
    browser.as_("chen").post(f"{url}/acknowledge", via=url, name="陈某", phone="1")
    return url


def notice():
    db.session.rollback()
    return db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one()


def draft():
    db.session.rollback()
    return db.session.scalars(select(ReplyDraft)).one_or_none()


def test_the_requirements_stand_on_the_page_with_their_days(browser, url):
    page = browser.as_("chen").get(url)

    for one in notice().facts["asked"]:
        assert one["text"] in page.text
    assert notice().facts["asked"][0]["due"] in page.text
    assert "未答复" in page.text


def test_an_answer_begun_is_kept_and_the_office_sees_which_point_but_not_the_words(browser, url):
    chen, sun = browser.as_("chen"), browser.as_("sun")
    photo = (io.BytesIO(samples.jpeg()), "现场.jpg")
    chen.post(f"{url}/reply/draft", via=url, **DONE, **{"file-1": [photo]})

    assert draft().words["points"][0]["text"] == "已查明原因"
    kept = db.session.scalars(select(Evidence)).one()
    assert draft().words["points"][0]["evidence"] == [str(kept.id)]
    assert notice().replied_at is None
    page = chen.get(url)
    assert page.tree.one("textarea", name="points-0-text").text == "已查明原因"
    for where in (url, "/notices"):
        page = sun.get(where)
        assert "已填写，未提交" in page.text or "第1项已填写未提交，第2项未答复" in page.text
        assert "已查明原因" not in page.text
    assert "第1项已填写未提交，第2项未答复" in chen.get("/").text
    acts = db.session.scalars(select(Event.action).where(Event.subject == "notice")).all()
    assert "reply" not in acts


def test_a_draft_of_an_earlier_look_is_refused_and_what_was_typed_stays(browser, url):
    chen = browser.as_("chen")
    chen.post(f"{url}/reply/draft", via=url, **DONE)
    chen.post(f"{url}/reply/draft", via=url, **DONE, begun=str(draft().version))
    old = draft().version - 1

    said = DONE | {"points-0-text": "第二次写的"}
    page = chen.post(f"{url}/reply/draft", 409, via=url, **said, begun=str(old))

    assert "已有人保存过答复草稿" in page.text
    assert page.tree.one("textarea", name="points-0-text").text == "第二次写的"
    assert draft().words["points"][0]["text"] == "已查明原因"


def test_a_point_left_out_is_named_and_nothing_is_kept(browser, url):
    chen = browser.as_("chen")

    page = chen.post(f"{url}/reply", 422, via=url, **DONE)
    assert "第2项尚未答复" in page.text
    page = chen.post(f"{url}/reply", 422, via=url, **DONE, **LATER | {"points-1-by": ""})
    assert "请填写完成日期" in page.text
    page = chen.post(f"{url}/reply", 422, via=url, text="")
    assert page.error("text")
    assert notice().replied_at is None


def test_points_are_answered_and_the_answer_reads_whole(browser, url):
    chen, sun = browser.as_("chen"), browser.as_("sun")
    chen.post(f"{url}/reply/draft", via=url, **DONE)
    chen.post(f"{url}/reply", via=url, **DONE, **LATER)

    assert notice().reply == "1. 已完成：已查明原因\n2. 2025年12月20日前完成"
    assert [one["state"] for one in notice().reply_points] == ["done", "by"]
    assert draft() is None
    assert "答复为2025年12月20日前完成" in sun.get(url).text
    assert "要求2项，均已答复" in sun.get("/notices").text
    told = db.session.scalars(select(Event).where(Event.action == "reply")).one()
    assert [one["no"] for one in told.detail["points"]] == [1, 2]


def test_a_text_alone_answers_every_point(browser, url):
    browser.as_("chen").post(f"{url}/reply", via=url, text="已按要求逐项办理，附后。")

    assert notice().reply_points == []
    assert "已在答复内容中一并答复" in browser.as_("sun").get(url).text


def test_an_answer_is_returned_for_a_point_which_the_unit_finds_marked(browser, url):
    chen, sun = browser.as_("chen"), browser.as_("sun")
    chen.post(f"{url}/reply", via=url, **DONE, **LATER)
    back = {"reason": "第2项日期太晚", "due": "2025-12-05"}

    sun.post(f"{url}/return_reply", 422, via=url, **back, points=["9"])
    sun.post(f"{url}/return_reply", via=url, **back, points=["2"])

    review = db.session.scalars(select(ReplyReview)).one()
    assert (review.points, len(review.reply_points)) == ([2], 2)
    page = chen.get(url)
    assert "已退回：第2项日期太晚" in page.text
    assert page.text.count("已退回：") == 1
    assert page.tree.one("textarea", name="points-0-text").text == "已查明原因"
    assert "退回后未答复" in sun.get(url).text
    assert "退回第2项" in sun.get(url).text
    chen.post(f"{url}/reply", via=url, **DONE, **LATER | {"points-1-by": "2025-12-01"})
    assert "2025年12月1日前完成" in notice().reply


def test_a_clerk_begins_what_the_leader_answers(browser, people):
    url = signed_on(browser, planned(people), "N3", "zhou")
    chen = browser.as_("chen")
    page = chen.get(url)
    assert page.has_form(f"{url}/reply/draft")
    assert not page.has_form(f"{url}/reply")
    assert "起草答复" in page.text
    said = {f"points-{n}-no": str(n + 1) for n in range(3)}
    said |= {f"points-{n}-state": "done" for n in range(3)} | {"points-0-text": ANSWER}
    chen.send(f"{url}/reply", 403, **chen.bare(said))
    chen.post(f"{url}/reply/draft", via=url, **said, **PLAN_FORM)
    for name, status in (("wu", 404), ("sun", 403), ("zhao", 403)):
        browser.as_(name).send(f"{url}/reply/draft", status, **browser.as_(name).bare(said))

    lead = browser.as_("chenlead")
    assert ANSWER in lead.get(url).text
    page = lead.post(f"{url}/reply", 422, via=url, **said, **PLAN_FORM)
    assert "请附反馈表" in page.text


def test_the_same_draft_sent_twice_is_one(browser, url):
    chen = browser.as_("chen")
    said = chen.bare(DONE) | {"once": "a" * 24}
    chen.send(f"{url}/reply/draft", **said)
    version = draft().version
    chen.send(f"{url}/reply/draft", **said)
    assert draft().version == version


def test_the_office_is_told_at_home_which_point_is_late(browser, url):
    browser.as_("chen").post(f"{url}/reply/draft", via=url, **DONE)
    sun = browser.as_("sun")
    assert "逾期未答复的文书" not in sun.get("/").text

    with transaction():
        db.session.get(Notice, notice().id).reply_due = date(2025, 11, 20)

    page = sun.get("/")
    assert "逾期未答复的文书" in page.text
    assert "第1项已填写未提交，第2项未答复" in page.text
    assert "逾期未答复的文书" not in browser.as_("lin").get("/").text


def test_what_is_typed_is_kept_by_itself_and_never_over_a_colleagues(browser, url):
    chen = browser.as_("chen")
    page = chen.get(url)
    assert f'data-answer="{url}/reply/draft"' in page.html
    asked = {"headers": {"Accept": "application/json"}}

    kept = chen.send(f"{url}/reply/draft", **chen.bare(DONE), **asked).answer
    assert kept.get_json()["begun"] == draft().version == 1
    assert draft().words["points"][0]["text"] == "已查明原因"
    more = DONE | {"points-0-text": "已查明原因，正在修"}
    kept = chen.send(f"{url}/reply/draft", **chen.bare(more | {"begun": "1"}), **asked).answer
    assert kept.get_json() == {"at": kept.get_json()["at"], "begun": 2}
    for begun in ("1", ""):
        late = DONE | {"points-0-text": "另一人写的", "begun": begun}
        assert chen.send(f"{url}/reply/draft", 409, **chen.bare(late), **asked)
    assert draft().words["points"][0]["text"] == "已查明原因，正在修"
    assert notice().replied_at is None
