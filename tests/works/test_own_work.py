"""Long work is its asker's alone, with the rights they have as it is done and as it is fetched."""

import sys
from datetime import timedelta

import pytest
from people import BAZHOU
from sqlalchemy import select, update

from auth.models import Grant, Unit, User
from extensions import db, transaction
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Event, LongWork
from issues.vocabulary import AccessAct, Status, WorkKind, WorkState
from issues.web.works import export, page as pages
from issues.works import asking, piece
from issues.works.kinds import RUN
from issues.works.worker import run_all


@pytest.fixture
def asked(browser, make_issue, monkeypatch):
    """The address of an export that sun has asked for, as of a long ledger."""
    monkeypatch.setattr(export, "LONG", 0)
    number = make_issue(Status.RECTIFYING).number
    sun = browser.as_("sun")
    led = sun.get("/issues/export.xlsx", follow=True, q=number)
    assert led.heading == "导出台账"
    return sun.post("/works/export", via=led.url).url


@pytest.fixture
def done(app, asked):
    run(app)
    return asked


def run(app):
    run_all(app, app.extensions["evidence"])
    db.session.rollback()


def the_piece():
    db.session.rollback()
    return db.session.scalars(select(LongWork)).one()


def test_the_file_is_what_a_short_ledger_gives_at_once_and_the_history_tells(
    browser, done, monkeypatch
):
    sun = browser.as_("sun")
    at_once = monkeypatch.setattr(export, "LONG", 99) or sun.get("/issues/export.xlsx")
    file = sun.post(f"{done}/open", via=done)

    assert file.answer.data[:2] == b"PK"
    assert len(file.answer.data) == pytest.approx(len(at_once.answer.data), abs=200)
    assert "attachment" in file.answer.headers["Content-Disposition"]
    told = select(Event.id).where(Event.action == AccessAct.EXPORT.value)
    assert len(db.session.scalars(told).all()) == 2
    assert "1个问题" in sun.get(done).text


def test_nobody_else_is_told_of_it(browser, done, monkeypatch):
    zhou = browser.as_("zhou")

    for url in (done, f"{done}/state", f"{done}/file"):
        zhou.get(url, 404)
    for act in ("cancel", "again", "open"):
        zhou.send(f"{done}/{act}", 404, **zhou.bare({}))
    assert done not in zhou.get("/works").text
    assert done not in browser.as_("sysadmin").get("/works").text
    monkeypatch.setattr(asking, "find", lambda work_id, _actor: db.session.get(LongWork, work_id))
    zhou.get(done)  # the guard was what kept it


def test_who_has_lost_the_right_by_then_gets_nothing_done(app, people, asked, monkeypatch):
    with transaction():
        own = update(Grant).where(Grant.user_id == people.sun.id)
        db.session.execute(own.values(revoked_at=clock.now()))
    run(app)

    refused = the_piece()
    assert (refused.state, refused.sha256) == (WorkState.FAILED, None)
    assert "没有办理此事的权限" in refused.error
    monkeypatch.setattr(piece, "holds", lambda _actor, _power: True)
    with transaction():
        anew = asking.again(refused, people.sun).id
    run(app)
    assert db.session.get_one(LongWork, anew).state is WorkState.DONE  # the guard kept it


def test_a_file_made_in_another_sight_is_not_given_out(browser, done, monkeypatch):
    sun = browser.as_("sun")
    with transaction():
        unit = db.session.scalar(select(Unit.id).where(Unit.code == BAZHOU))
        db.session.execute(update(User).where(User.name == "sun").values(unit_id=unit))

    assert "重新导出" in sun.get(f"{done}/file", 403).text
    monkeypatch.setattr(pages, "sight_of", lambda _actor: the_piece().key)
    sun.get(f"{done}/file")  # the guard was what kept it


def test_what_waits_can_be_called_off_and_begun_anew(app, browser, asked):
    sun = browser.as_("sun")
    told = sun.get(f"{asked}/state").answer.json
    assert (told["state"], told["is_over"]) == ("queued", False)

    off = sun.post(f"{asked}/cancel", via=asked)

    assert "没有写入任何内容" in off.text
    assert "后台工作" not in sun.get("/issues").text
    sun.send(f"{asked}/cancel", 409, **sun.bare({}))
    anew = sun.post(f"{asked}/again", via=asked).url
    assert anew != asked
    run(app)
    assert "下载文件" in sun.get(anew).text
    assert "已结束" in sun.get("/works").text
    sun.post("/works/told", via="/works")
    assert "项已结束" not in sun.get("/works").text
    sun.send(f"{anew}/again", 409, **sun.bare({}))


def test_a_result_is_gone_after_its_days(app, browser, done):
    store, kept = app.extensions["evidence"], the_piece().sha256
    tools = tools_for(clock.today(), store, "secret")
    old = clock.real_now() - timedelta(days=asking.KEPT_DAYS + 1)
    assert kept not in set(JOBS["sweep-orphans"].find(tools))
    with transaction():
        db.session.execute(update(LongWork).values(ended_at=old))

    browser.as_("sun").get(f"{done}/file", 404)
    assert kept in set(JOBS["sweep-orphans"].find(tools))
    assert run_once(JOBS["forget-keys"], tools).done == 1
    assert db.session.scalars(select(LongWork)).all() == []


def test_a_worker_that_is_told_to_stop_gives_its_piece_back(app, asked, monkeypatch):
    with monkeypatch.context() as stopped:
        stopped.setitem(RUN, WorkKind.EXPORT, lambda _piece: sys.exit(0))
        with pytest.raises(SystemExit):
            run(app)

    assert (the_piece().state, the_piece().tries) == (WorkState.QUEUED, 0)
    run(app)
    assert the_piece().state is WorkState.DONE
