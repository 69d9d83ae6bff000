"""基层减负 of papers: receipts and answers come filled with the record, are counted, given back."""

import io

import pytest
from make import PDF
from people import BAZHOU, ENYANG
from pressed import PLAN_FORM, planned
from sqlalchemy import select, update

from auth.models import User
from extensions import db, transaction
from issues import acts, workflow
from issues.burden import forms, papers
from issues.models import Event, Notice, ProgressReport
from issues.queries.burden import figures
from issues.rights.table import TABLE
from issues.vocabulary import UNIT_ROLES, Action, NoticeAct
from issues.web.papers import reply as answering

HOME = "/burden"
REPORT = "已抢修破损管网1.2公里，其余1.2公里增加两个班组施工，明确陈某专人负责。"


@pytest.fixture
def url(browser, people):
    """An N3 on a ticket of 巴州区, signed."""
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one().id
    browser.as_("zhou").sign(f"/notices/{notice}")
    return f"/notices/{notice}"


def report(people, url, text):
    notice = db.session.get(Notice, int(url.rpartition("/")[2]))
    number = notice.issues[0].number
    with transaction():
        issue = workflow.load(number, people.chen, for_change=True)
        acts.do(Action.REPORT_PROGRESS, issue, people.chen, {"text": text})


def sign_for(browser, url):
    """By the page's own form; what it came filled with."""
    chen = browser.as_("chen")
    form = chen.get(url).form(f"{url}/acknowledge").drawn()
    chen.post(f"{url}/acknowledge", via=url, **form | {"phone": form["phone"] or "0827-1"})
    return form


def answer(browser, url, **changes):
    lead = browser.as_("chenlead")
    form = lead.get(url).form(f"{url}/reply").drawn()
    paper = (io.BytesIO(PDF % form["text"].encode()), "反馈表.pdf")
    said = {"text": form["text"] or REPORT, **PLAN_FORM, "file": [paper], **changes}
    lead.post(f"{url}/reply", via=url, **said)
    return form


def give_back(browser, url, ground):
    said = {"reason": "反馈表没有盖章", "due": "2025-12-05", "ground": ground}
    browser.as_("sun").post(f"{url}/return_reply", via=url, **said)


def of(actor, code=""):
    db.session.rollback()
    return figures.figures(actor, 2025, code)


def kept(action):
    db.session.rollback()
    rows = select(Event.detail).where(Event.subject == "notice", Event.action == action)
    return db.session.scalars(rows.order_by(Event.id.desc())).first()


def test_an_answer_comes_filled_with_what_was_reported_since_the_paper(browser, people, url):
    sign_for(browser, url)
    page = browser.as_("chenlead").get(url)
    assert page.form(f"{url}/reply").drawn()["text"] == ""  # nothing was reported since
    assert "填报的进展填好" not in page.text
    report(people, url, REPORT)

    assert (
        "已按2025年11月25日填报的进展填好，请核对、补充。" in browser.as_("chenlead").get(url).text
    )
    assert answer(browser, url)["text"] == REPORT
    told = kept("reply")
    assert (told["asked"], told["filled"]) == ([], ["text"])
    assert told["text"] == REPORT


def test_the_words_of_another_unit_or_before_the_paper_fill_nothing(people, url):
    notice = db.session.get(Notice, int(url.rpartition("/")[2]))
    report(people, url, REPORT)

    assert papers.said(NoticeAct.REPLY, notice, people.chenlead)["text"].value == REPORT
    assert papers.said(NoticeAct.REPLY, notice, people.wulead) == {}
    with transaction():
        signed = select(Event).where(Event.subject == "notice", Event.action == "sign")
        earlier = db.session.scalars(signed).one().at.replace(year=2024)
        db.session.execute(update(ProgressReport).values(at=earlier))
    assert papers.said(NoticeAct.REPLY, notice, people.chenlead) == {}


def test_an_answer_given_back_comes_filled_with_itself_plan_and_files_too(browser, people, url):
    sign_for(browser, url)
    report(people, url, "已抢修1.2公里。")
    answer(browser, url, text=REPORT)
    give_back(browser, url, "form")

    page = browser.as_("chenlead").get(url)
    drawn = page.form(f"{url}/reply").drawn()
    assert drawn["text"] == REPORT
    assert drawn["plan-0-text"] == PLAN_FORM["plan-0-text"]
    assert drawn["evidence"]
    assert "已按2025年11月25日被退回的答复填好" in page.text
    assert "退回属于：形式" in page.text
    answer(browser, url, evidence=drawn["evidence"])
    assert kept("reply")["filled"] == ["evidence", "plan", "text"]
    told = browser.as_("sun").get(f"{HOME}/events", what="filled", year=2025)
    total = of(people.sun).total
    assert f"共{total.filled}项，在{len(told.rows())}次办理中。" in told.text
    assert total.filled > len(told.rows())


@pytest.mark.postgresql
def test_receipts_answers_and_returns_are_counted_for_the_unit_and_month(browser, people, url):
    sign_for(browser, url)
    report(people, url, REPORT)
    answer(browser, url)
    give_back(browser, url, "form")
    answer(browser, url, evidence=[])

    for code in ("", BAZHOU):
        found = of(people.sun, code)
        by_form = {one.key: (one.forms, one.form, one.substance) for one in found.by_action}
        assert by_form["notice.reply"] == (2, 1, 0)
        assert by_form["notice.acknowledge"] == (1, 0, 0)
        november = next(one for one in found.by_month if one.key == "11")
        assert (november.forms, november.form) == (4, 1)  # receipt, report, two answers
    assert of(people.sun, ENYANG).total[2:] == (0, 0, 0, 0, 0, 0)
    assert of(people.chenlead).total == of(people.sun, BAZHOU).total
    assert of(people.zhao).total == of(people.sun).total
    assert of(people.wulead).total.forms == 0

    page = browser.as_("sun").get(f"{HOME}/events", what="form", year=2025, act="notice.reply")
    assert "反馈表没有盖章" in page.text
    event = db.session.scalars(select(Event).where(Event.action == "return_reply")).one()
    assert f"{url}#event-{event.id}" in page.links
    assert f'id="event-{event.id}"' in browser.as_("sun").get(url).html


def test_a_known_field_that_is_asked_for_is_counted_by_its_name(browser, people, url, monkeypatch):
    sign_for(browser, url)
    report(people, url, REPORT)
    monkeypatch.setattr(answering, "standing", lambda *_: {})
    answer(browser, url)

    assert kept("reply")["asked"] == ["text"]
    assert of(people.sun).total.asked == 1
    listed = browser.as_("sun").get(f"{HOME}/events", what="asked", year=2025)
    assert "答复内容" in listed.text


def test_an_answer_of_a_program_fills_no_form_and_is_counted_as_one(browser, people, url):
    sign_for(browser, url)
    notice = db.session.get(Notice, int(url.rpartition("/")[2]))
    assert papers.kept(NoticeAct.REPLY, notice, people.chenlead, None) == {}
    assert papers.kept(NoticeAct.VOID, notice, people.sun, frozenset()) == {}


def test_every_act_a_unit_may_do_is_a_form_or_is_said_to_be_none():
    """A new act of units has to be put into FORMS or into LEFT_OUT of issues/burden/forms.py."""
    counted = {form.act for form in forms.FORMS if isinstance(form.act, Action)}
    left = [act for one in forms.LEFT_OUT for act in one.acts if isinstance(act, Action)]
    theirs = {
        act for act, cells in TABLE.items()
        if isinstance(act, Action) and any(cells[role] for role in UNIT_ROLES)
    }  # fmt: skip
    assert theirs <= counted.union(left)
    assert counted.isdisjoint(left)
    assert len(left) == len(set(left))


def test_a_phone_of_the_account_goes_before_that_of_the_last_receipt(browser, people, url):
    notice = db.session.get(Notice, int(url.rpartition("/")[2]))
    form = sign_for(browser, url)
    assert (form["name"], form["phone"]) == ("陈经办", "")
    assert kept("acknowledge")["filled"] == ["name"]
    again = papers.said(NoticeAct.ACKNOWLEDGE, notice, people.chen)["phone"]
    assert (again.value, again.source) == (
        "0827-1", "已按您2025年11月25日签收文书时所留的填好，请核对。"
    )  # fmt: skip
    with transaction():
        db.session.execute(update(User).where(User.name == "chen").values(phone="0827-2"))
    assert papers.said(NoticeAct.ACKNOWLEDGE, notice, people.chen)["phone"].value == "0827-2"
