"""Leads on pages: told of by anybody at work, decided by the office and inspectors."""

import io
import re
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from samples import jpeg
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.leads import taking, triage
from issues.leads.fields import FORM
from issues.likeness.search import NO_LONGER
from issues.models import Event, Evidence, Issue, Lead, Lookback
from issues.vocabulary import AccessAct, LeadState, Status

TOLD = {
    "origin": "patrol", "at": "2025-11-25T08:10", "text": "河边堆放建筑垃圾\n约两车。",
    "region": "511902", "place": "某某村二组", "lon": "106.76", "lat": "31.85",
}  # fmt: skip


def report(browser, name="chen", expect=200, *, photo=None, **changes):
    visitor = browser.as_(name)
    form = visitor.get("/leads/new").form("/leads/new").filled(TOLD | changes)
    files = {"pictures": [(io.BytesIO(photo), "现场.jpg")]} if photo else {}
    return visitor.send("/leads/new", expect, **form | files)


def lead():
    return db.session.scalars(select(Lead).order_by(Lead.id.desc()).limit(1)).one()


def test_a_unit_tells_of_something_and_sees_only_its_own(browser):
    page = report(browser, photo=jpeg())

    assert "待研判" in page.text
    url = f"/leads/{lead().id}"
    picture = f"{url}/pictures/{lead().pictures[0].id}/file"
    assert browser.as_("chen").get(picture).answer.data == jpeg()
    told = db.session.scalars(select(Event).where(Event.action == AccessAct.DOWNLOAD.value)).all()
    assert [one.detail["route"] for one in told] == ["leads.original"]
    small = picture.replace("/file", "/preview")
    assert f'src="{small}"' in page.html
    assert browser.as_("lin").get(small).answer.mimetype == "image/jpeg"
    for name in ("wu", "zhao", "he", "sysadmin"):
        browser.as_(name).get(url, 404)
        browser.as_(name).get(picture, 404)
        browser.as_(name).get(small, 404)
        browser.as_(name).get("/leads", 403)
    browser.as_("chen").get(f"{url}/dismiss", 403)


def test_what_is_wrong_is_told_at_its_field_and_nothing_kept(browser):
    assert "请填写线索内容" in report(browser, expect=422, text="").text
    assert "请填写监测项目" in report(browser, expect=422, value="3").text
    assert "经度和纬度要一起填" in report(browser, expect=422, lat="").text
    assert db.session.scalars(select(Lead)).all() == []


def test_a_limit_of_hours_is_told_by_the_minute(browser):
    far_over = {"pollutant": "氨氮", "value": "9", "unit": "mg/L", "limit": "1.5"}
    page = report(browser, **far_over)

    assert re.search(r"研判时限\s*2025-11-2\d \d\d:\d\d", page.text)


def test_the_list_is_filtered_ordered_and_mapped(browser):
    assert "还没有线索" in browser.as_("sun").get("/leads").text, "nothing was asked for"
    report(browser)
    far = {"lon": "107.1", "lat": "32.2", "text": "远处冒烟", "origin": "media"}
    report(browser, **far)

    sun = browser.as_("sun")
    page = sun.get("/leads")
    assert page.text.index("远处冒烟") < page.text.index("河边堆放")
    assert "时限 2025-11-28 " in page.text, "a day that counts, not the midnight after it"
    assert "本页 2 条，其中 2 条有坐标" in page.text
    near = sun.get("/leads?sort=nearest&lon=106.76&lat=31.85").text
    assert near.index("河边堆放") < near.index("远处冒烟")
    assert "远处冒烟" not in sun.get("/leads?origin=patrol").text
    assert "没有符合条件的线索" in sun.get("/leads?state=dismissed").text
    browser.as_("zhou").get("/leads")


def test_it_becomes_one_ticket_with_its_fields_and_pictures(browser):
    report(browser, photo=jpeg())
    sun, url = browser.as_("sun"), f"/issues/new?lead={lead().id}"
    drawn = sun.get(url).form("/issues/new").drawn()

    assert (drawn["problem"], drawn["title"]) == ("河边堆放建筑垃圾\n约两车。", "河边堆放建筑垃圾")
    sun.send("/issues/new", **drawn)
    issue = db.session.scalars(select(Issue)).one()
    assert (issue.status, issue.place, issue.lon) == (Status.DRAFT, "某某村二组", 106.76)
    kept = db.session.scalars(select(Evidence)).one()
    assert (kept.sha256, kept.note) == (lead().pictures[0].sha256, "线索第1号，来源：日常巡查")
    assert (lead().state, lead().issue_id) == (LeadState.TICKET, issue.id)
    sun.send("/issues/new", 409, **drawn | {"once": "another", "title": "再登记一次"})
    assert len(db.session.scalars(select(Issue)).all()) == 1


def test_it_is_tied_or_dismissed_with_a_reason(browser, make_issue):
    issue = make_issue()
    report(browser)
    lin, url = browser.as_("lin"), f"/leads/{lead().id}"
    form = lin.get(f"{url}/link").form(f"{url}/link")

    page = lin.send(f"{url}/link", 422, **form.filled({"to": "NO-1", "reason": "同一处"}))
    assert "没有编号为“NO-1”的事项" in page.text
    tied = lin.send(f"{url}/link", **form.filled({"to": issue.number, "reason": "同一处"}))
    assert f"线索已并入{issue.number}。" in tied.text, "of pictures nothing is said without any"
    assert (lead().state, lead().reason) == (LeadState.LINKED, "同一处")
    address = f'href="/leads/{lead().id}"'
    assert address in lin.get(f"/issues/{issue.number}").html
    assert address not in browser.as_("chen").get(f"/issues/{issue.number}").html
    lin.get(f"{url}/dismiss", 409)

    report(browser, text="第二条")
    url = f"/leads/{lead().id}/dismiss"
    form = lin.get(url).form(url)
    assert "请填写理由" in lin.send(url, 422, **form.filled({"reason": ""})).text
    lin.send(url, **form.filled({"reason": "不属实"}))
    assert lead().state is LeadState.DISMISSED


@pytest.mark.parametrize("status", NO_LONGER)
def test_no_lead_is_tied_to_a_ticket_that_stands_no_longer(people, make_issue, monkeypatch, status):
    issue = make_issue()
    now, said = clock.now(), {one.name: "" for one in FORM} | TOLD
    with transaction():
        told = taking.take(people.sun, said | {"at": now}, [], now).lead.id
    standing = SimpleNamespace(status=status)
    monkeypatch.setattr(triage, "load", lambda *_, **__: standing)
    with pytest.raises(Incomplete), transaction():
        triage.link(told, {"to": issue.number, "reason": "同一处"}, people.sun, now)


@pytest.mark.parametrize(("days", "visits"), [(-1, 0), (0, 1), (1, 1)])
def test_what_was_seen_after_the_closing_sends_somebody_to_look(people, make_issue, days, visits):
    issue = make_issue(Status.CLOSED)
    sun, now = people.sun, clock.now()
    said = {one.name: "" for one in FORM} | TOLD | {"at": now}
    with transaction():
        told = taking.take(sun, said, [], now).lead
        told.at = datetime.combine(issue.closed_on + timedelta(days), time(12), clock.SHANGHAI)
        triage.link(told.id, {"to": issue.number, "reason": "同一处"}, sun, now)
    why = f"线索第{told.id}号并入"
    rows = select(Lookback).where(Lookback.issue_id == issue.id, Lookback.why == why)
    assert len(db.session.scalars(rows).all()) == visits


def test_the_board_and_its_workbook_count_them_for_who_sees_them(browser):
    report(browser)
    report(browser, text="第二条", origin="media")
    url = f"/leads/{lead().id}/dismiss"
    lin = browser.as_("lin")
    lin.send(url, **lin.get(url).form(url).filled({"reason": "不属实"}))

    shown = browser.as_("sun").get("/board")
    assert "线索按来源统计" in shown.text
    assert "日常巡查" in shown.text
    for name, is_told in (("sun", True), ("zhao", False), ("chen", False)):
        visitor = browser.as_(name)
        assert ("线索按来源统计" in visitor.get("/board").text) is is_told
        book = load_workbook(io.BytesIO(visitor.get("/board.xlsx").answer.data))
        assert ("线索" in book.sheetnames) is is_told
        if is_told:
            rows = [[cell.value for cell in row] for row in book["线索"].iter_rows(max_row=4)]
            assert [row[:6] for row in rows[1:]] == [
                ["媒体曝光", 1, 0, 0, 0, 1], ["日常巡查", 1, 1, 0, 0, 0], ["合计", 2, 1, 0, 0, 1],
            ]  # fmt: skip
    assert "线索按来源统计" not in browser.as_("sun").get("/board?on=2025-11-20").text


def test_the_board_tells_a_lead_that_turned_late_though_nobody_acted(browser):
    report(browser)
    sun = browser.as_("sun")
    page = sun.get("/board")
    tag = {"If-None-Match": page.answer.headers["ETag"]}
    sun.get("/board", 304, headers=tag)
    with transaction():
        lead().due_at = clock.now() - timedelta(hours=1)
    assert "合计 1 1000 0 —" in page.text
    assert "合计 1 1000 1 —" in sun.get("/board", headers=tag).text
