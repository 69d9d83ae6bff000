"""Whoever takes something out, or is refused, stands in the history: GET included, once each."""

import io
from datetime import timedelta

import pytest
import samples
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from extensions import db, transaction
from issues import access
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import CovertNote, Event, Issue, RefusalTally
from issues.queries.ground.remembered import moment
from issues.vocabulary import AccessAct, Status, Subject
from issues.web.door.answers import leaving

pytestmark = pytest.mark.both
ACCESS = tuple(act.value for act in AccessAct)


def told():
    """The rows of access, in the order they came."""
    db.session.rollback()
    rows = select(Event).where(Event.action.in_(ACCESS)).order_by(Event.id)
    return db.session.scalars(rows).all()


def said():
    return [(row.action, row.actor, row.reason) for row in told()]


@pytest.mark.sqlite
def test_an_export_and_a_download_are_events_and_pages_are_none(browser, make_issue, people, api):
    issue = make_issue(Status.RECTIFYING)
    number = issue.number
    stored = api.chen.upload(number, samples.jpeg(), "岸边.jpg", "during")
    sun = browser.as_("sun")
    for page in ("/", "/board", "/issues", f"/issues/{number}", f"/issues/{number}/evidence"):
        sun.get(page)
    sun.get(f"/issues/{number}/evidence/{stored['id']}/preview/320")
    assert said() == [], "a page that is read is no event"

    sun.get("/issues/export.xlsx")
    file = f"/issues/{number}/evidence/{stored['id']}/file"
    before = moment()
    sun.get(file)
    assert moment()[:4] == before[:4], "what is taken out makes no figure old"
    sun.get(file)
    api.chen.get(file)

    assert said() == [
        ("export", "孙经办", "GET /issues/export.xlsx"),
        ("download", "孙经办", f"GET {file}"),
        ("download", "孙经办", f"GET {file}"),
        ("download", "陈经办", f"GET /api/v1{file}"),
    ]
    assert {(row.subject, row.subject_id) for row in told()} == {
        ("account", people.sun.id), ("account", people.chen.id),
    }  # fmt: skip
    assert db.session.get_one(Issue, issue.id).version == issue.version


def test_a_refusal_is_an_event_and_a_minute_of_them_is_one(browser, make_issue, people, api):
    """Out of sight and not there at all are written alike: the record tells no stranger more."""
    hidden = make_issue(Status.RECTIFYING).number
    wu = browser.as_("wu")
    wu.get(f"/issues/{hidden}", 404)
    for n in range(30):
        wu.get(f"/issues/BZ-AF-2025-9{n:02}", 404)
    wu.get("/history", 403)
    wu.get("/no/such/page", 404)
    api.stranger.get(f"/issues/{hidden}", 401)

    assert said() == [
        ("refused", "吴经办", f"GET /issues/{hidden}"), ("refused", "吴经办", "GET /history"),
    ]  # fmt: skip
    assert told()[0].detail == {
        "route": "ticket.page", "status": 404, "method": "GET", "folded": 0,
    }  # fmt: skip
    with transaction():
        for tally in db.session.scalars(select(RefusalTally)):
            tally.since -= access.MINUTE
    wu.get(f"/issues/{hidden}", 404)
    assert said()[-1][2] == f"GET /issues/{hidden}（此前一分钟内另有30次）"


def test_what_was_folded_and_never_told_is_told_by_the_jobs(app, browser):
    wu = browser.as_("wu")
    for _ in range(3):
        wu.get("/issues/BZ-AF-2025-999", 404)
    with transaction():
        db.session.scalars(select(RefusalTally)).one().since -= timedelta(minutes=5)
    tools = tools_for(clock.today(), app.extensions["evidence"], "secret")

    assert run_once(JOBS["forget-keys"], tools).done == 1
    assert said()[-1] == ("refused", "系统", "ticket.page（一分钟内另有2次）")
    assert db.session.scalars(select(RefusalTally)).all() == []
    assert run_once(JOBS["forget-keys"], tools).done == 0


def test_the_auditor_finds_them_by_their_act(browser):
    browser.as_("sun").get("/issues/export.xlsx")
    browser.as_("wu").get("/history", 403)
    auditor = browser.as_("auditor")

    page = auditor.get("/history?act=refused")
    assert "GET /history" in page.text
    assert "export.xlsx" not in page.text
    assert "GET /issues/export.xlsx" in auditor.get("/history?act=export").text
    assert "没有符合条件的记录" in auditor.get("/history?act=view_complainant").text


def full(*_given, **_named):
    raise OperationalError("INSERT", {}, Exception("database or disk is full"))


def test_a_full_database_gives_out_nothing_secret_and_still_gives_out_the_rest(
    browser, make_issue, api, monkeypatch
):
    number = make_issue(Status.RECTIFYING).number
    stored = api.chen.upload(number, samples.jpeg(), "岸边.jpg", "during")
    lin = browser.as_("lin")
    shown = lin.get("/covert/new").form("/covert/new").filled(
        {"title": "夜间偷排", "findings": "后门直排。", "at": "2025-11-24T22:10",
         "region": "511902", "place": "某村", "subject_firm": "某厂"}
    )  # fmt: skip
    lin.send("/covert/new", **shown, file=[(io.BytesIO(samples.png()), "沟渠.png")])
    note = db.session.scalars(select(CovertNote)).one()
    photo = f"/covert/{note.id}/photos/{note.photos[0].id}/file"
    file = f"/issues/{number}/evidence/{stored['id']}/file"
    assert lin.get(photo).answer.data == samples.png()

    monkeypatch.setattr(access.audit, "record", full)

    assert lin.get(file).answer.data == samples.jpeg()
    refused = lin.get(photo, 503)
    assert leaving.NOT_WRITTEN in refused.text
    assert samples.png() not in refused.answer.data


def test_two_downloads_of_one_person_at_once_are_two_rows_of_one_chain(people):
    with transaction():
        for _ in range(2):
            access.note(AccessAct.EXPORT, people.sun, "GET /x", at=clock.now(), detail={})
    own = select(Event.seq).where(Event.is_about(Subject.ACCOUNT, people.sun.id))
    assert list(db.session.scalars(own.order_by(Event.seq))) == [1, 2]
