"""The leader's week: written once, told to them alone, read, and switched off by each."""

from datetime import date

import pytest
from sqlalchemy import select

from extensions import db
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Digest
from issues.vocabulary import Action

TODAY = date(2025, 11, 25)


@pytest.fixture
def write(app):
    def run(on=TODAY):
        tools = tools_for(on, app.extensions["evidence"], app.config["SECRET_KEY"])
        return run_once(JOBS["write-digests"], tools).done

    return run


@pytest.fixture
def red(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=late,
                      sponsor_account="zhao")  # fmt: skip


@pytest.mark.postgresql
def test_each_leader_has_one_a_week_however_often_the_job_runs(red, write):
    assert (write(), write(), write(date(2025, 11, 26))) == (1, 0, 0)
    assert write(date(2025, 12, 1)) == 1
    weeks = db.session.scalars(select(Digest.week_on).order_by(Digest.id)).all()
    assert weeks == [date(2025, 11, 24), date(2025, 12, 1)]


def test_it_tells_what_changed_what_turns_and_what_waits(red, make_issue, browser, write):
    make_issue(title="将红的事项", deadline="2025-11-28",
               measures=[{"text": "完成整治", "deadline": "2025-11-28"}])  # fmt: skip
    make_issue.act(Action.INSTRUCT, red, "zhao", text="请抓紧整改。", due_on="2025-12-05")
    write()

    page = browser.as_("zhao").get("/digests")

    assert "2025-11-18 至 2025-11-25" in page.text
    assert "这一周新增红色 1 件" in page.text
    assert "下一周将转红 1 件" in page.text
    assert "将红的事项" in page.text
    assert "我包案的红黄绿事项" in page.text
    assert "请抓紧整改。" in page.text
    assert "限 2025-12-05 前答复，待答复" in page.text


def test_it_stays_as_it_was_written(red, make_issue, browser, write):
    write()
    make_issue.act(Action.WITHDRAW, red, "zhou", reason="登记有误")

    assert "逾期的事项" in browser.as_("zhao").get("/digests").text


def test_the_badge_counts_what_is_not_read_yet(red, browser, write):
    zhao = browser.as_("zhao")
    assert "新的每周提要" not in zhao.get("/").text
    write()
    assert "新的每周提要 1 份" in zhao.get("/").text

    row = db.session.scalar(select(Digest))
    zhao.post(f"/digests/{row.id}/read", via="/digests")

    assert "新的每周提要" not in zhao.get("/").text
    assert "已阅" in zhao.get("/digests").text


def test_who_switches_it_off_gets_none_until_switching_it_on(red, browser, write):
    zhao = browser.as_("zhao")
    zhao.post("/digests/switch", via="/digests", wanted="0")
    assert write() == 0

    zhao.post("/digests/switch", via="/digests", wanted="1")
    assert write() == 1


def test_nobody_elses_can_be_read(red, browser, write):
    write()
    row = db.session.scalar(select(Digest))

    for name in ("sun", "zhou", "chen", "auditor"):
        browser.as_(name).get("/digests", expect=403)
        browser.as_(name).post(f"/digests/{row.id}/read", 403, via="/account")
    browser.as_("zhao").get("/digests?week=2025-01-06", expect=404)
    browser.as_("zhao").post("/digests/999/read", 404, via="/digests")


def test_an_empty_week_says_so(browser):
    assert "还没有每周提要" in browser.as_("zhao").get("/digests").text
