"""The record is held every day: rows against imprints, anchors against their copies outside."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from auth.models import Grant
from extensions import db, transaction
from issues import anchors, audit
from issues.ground import clock
from issues.heads import heads
from issues.imprints import checking
from issues.jobs.job import Outside
from issues.jobs.runner import run_once, tools_for
from issues.jobs.steps import send_anchor
from issues.jobs.timetable import JOBS
from issues.models import (
    Anchor,
    Event,
    Evidence,
    Imprint,
    ImprintRow,
    Measure,
    Notice,
    RecordFault,
)
from issues.queries.ground.record import DOUBTED
from issues.vocabulary import Action, Status, Subject

pytestmark = pytest.mark.both
SECRET = "known to every test and to nobody else"


@pytest.fixture
def run(app):
    def once(name, **given):
        store = app.extensions["evidence"]
        tools = tools_for(clock.today(), store, SECRET, anchors=Outside(**given))
        return run_once(JOBS[name], tools)

    return once


def beside_the_product(*statements):
    """Plain SQL of somebody who owns the database: no guard and no key holds them."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.scalars(text(names)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(statement)
    db.session.rollback()
    db.session.expire_all()


def verify(app, *arguments):
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["audit", "verify", *arguments])


@pytest.mark.postgresql
def test_a_page_whose_rows_do_not_verify_says_so_to_who_leads_the_case(
    app, browser, make_issue, people, run
):
    issue, other = make_issue(Status.FIRST_ACCEPTANCE), make_issue(Status.DRAFT)
    file = db.session.scalars(select(Evidence)).first()
    grant = db.session.scalars(select(Grant).where(Grant.user_id == people.wu.id)).one()
    pages = [
        ("sun", f"/issues/{issue.number}"), ("lin", f"/issues/{issue.number}/evidence/{file.id}"),
        ("secadmin", f"/admin/grants/{people.wu.id}"),
    ]  # fmt: skip
    assert run("check-record").done == 0
    assert all(DOUBTED not in browser.as_(who).get(url).text for who, url in pages)
    assert verify(app).exit_code == 0

    beside_the_product(
        update(Measure).where(Measure.issue_id == issue.id).values(text="改过的措施"),
        update(Evidence).where(Evidence.id == file.id).values(sha256="0" * 64),
        update(Grant).where(Grant.id == grant.id).values(role="head"),
    )
    assert run("check-record").done == 4
    assert run("check-record").done == 0, "once found, it is not found again"

    assert all(DOUBTED in browser.as_(who).get(url).text for who, url in pages)
    assert DOUBTED not in browser.as_("chen").get(f"/issues/{issue.number}").text
    assert DOUBTED not in browser.as_("sun").get(f"/issues/{other.number}").text
    told = browser.as_("auditor").get("/history").text
    assert f"问题 {issue.number}：3行" in told
    assert "账号、角色、设置等：1行" in told
    assert verify(app).exit_code == 1

    beside_the_product(update(Grant).where(Grant.id == grant.id).values(role="reporter"))
    run("check-record")
    assert DOUBTED not in browser.as_("secadmin").get(f"/admin/grants/{people.wu.id}").text


def test_a_notice_that_does_not_verify_says_so(browser, make_issue, people, run):
    issue = make_issue(Status.RECTIFYING)
    with transaction():
        db.session.add(Notice(
            kind="N1", status="draft", unit_id=issue.primary_unit_id, issue_id=issue.id,
            trigger="hand", occurrence="1", title="提示函", facts={}, drafted_at=clock.now(),
        ))  # fmt: skip
    row = db.session.scalars(select(Notice).where(Notice.trigger == "hand")).one()
    beside_the_product(update(Notice).where(Notice.id == row.id).values(title="改过"))
    assert run("check-record").done == 1
    assert db.session.scalars(select(RecordFault)).one().issue_id == issue.id
    assert DOUBTED in browser.as_("sun").get(f"/issues/{issue.number}").text


def test_the_anchor_of_each_day_is_kept_in_the_folder_and_holds(app, run, tmp_path, make_issue):
    make_issue(Status.DRAFT)
    assert run("anchor", folder=tmp_path).done == 2
    assert run("anchor", folder=tmp_path).done == 0
    (file,) = tmp_path.iterdir()
    assert file.name == f"anchor-{clock.today()}.json"
    assert json.loads(file.read_text())["on"] == clock.today().isoformat()
    make_issue(Status.DRAFT)

    assert verify(app, "--against", str(file)).exit_code == 0

    for name, value in (("digest", "0" * 64), ("imprints", 1), ("on", "2025-11-24")):
        forged = tmp_path / "forged"
        forged.write_text(json.dumps(json.loads(file.read_text()) | {name: value}))
        told = verify(app, "--against", str(forged))
        assert (told.exit_code, "签名不符" in told.output) == (1, True), name
    for wrong in ("", "[]", "{}", "not json"):
        forged.write_text(wrong)
        assert anchors.UNREADABLE in verify(app, "--against", str(forged)).output
    assert verify(app, "--against", str(tmp_path / "nothing")).exit_code == 1


def test_a_tail_cut_with_its_anchor_is_found_inside_and_a_whole_step_back_outside(
    app, run, tmp_path, make_issue
):
    """Event, anchor, rows and imprints all taken back at once is what only a copy outside tells."""
    issue = make_issue(Status.DRAFT)
    last, seq = (db.session.scalar(select(column).order_by(column.desc()).limit(1))
                 for column in (Event.id, Imprint.seq))  # fmt: skip
    with transaction():
        audit.record_beside(issue, Action.COMMENT, make_issue.people.sun, at=clock.now())
    run("anchor", folder=tmp_path)
    kept = next(iter(tmp_path.iterdir()))
    assert verify(app, "--against", str(kept)).exit_code == 0

    beside_the_product(delete(Event).where(Event.id > last), delete(Anchor))
    told = verify(app)
    assert told.exit_code == 1
    assert "anchor" in told.output

    beside_the_product(
        delete(ImprintRow).where(ImprintRow.seq > seq),
        delete(Imprint).where(Imprint.seq > seq),
    )
    assert verify(app).exit_code == 0, "nothing inside can tell"
    told = verify(app, "--against", str(kept))
    assert told.exit_code == 1
    assert f"库中没有{clock.today()}的锚点" in told.output
    assert "与锚点文件" in told.output


def test_days_without_an_anchor_are_named(app, run, make_issue):
    make_issue(Status.RECTIFYING)
    run("anchor")
    told = verify(app)
    first, last = (db.session.scalar(select(Event.on).order_by(order).limit(1))
                   for order in (Event.on, Event.on.desc()))  # fmt: skip

    assert told.exit_code == 0
    assert f"没有锚点：{first}" in told.output
    assert str(clock.today()) not in told.output
    assert len(anchors.missing_days()) == (last - first).days + 1


def test_acts_dated_before_an_anchor_made_earlier_leave_it_whole(app, run, people):
    """A business date that stands still for days: the clock of the second day is before the first's
    anchor; a night made up for is dated on its own day."""
    at = clock.now()
    with transaction():
        audit.record(Subject.TICKET, 1, Action.COMMENT, people.sun, at=at)
    run("anchor")
    for earlier in (timedelta(hours=5), timedelta(days=1)):
        with transaction():
            audit.record(Subject.TICKET, 1, Action.COMMENT, people.sun, at=at - earlier)
        assert verify(app).exit_code == 0
    clock.stand_still(clock.today() + timedelta(days=1))
    run("anchor")
    assert verify(app).exit_code == 0


def test_an_anchor_from_before_imprints_holds_by_its_first_acts(app, people):
    at = clock.now()
    with transaction():
        audit.record(Subject.TICKET, 1, Action.COMMENT, people.sun, at=at)
        row = Anchor(on=date(2025, 11, 20), at=at, imprints=None, algorithm="hmac-sha256")
        row.chains, row.events, row.digest = heads(Event.at <= at)
        row.signature = audit.sign(SECRET, row)
        db.session.add(row)
    with transaction():
        earlier = at - timedelta(hours=5)
        audit.record(Subject.TICKET, 2, Action.COMMENT, people.sun, at=earlier)
    assert list(audit.faults(SECRET)) == []
    beside_the_product(delete(Event).where(Event.subject_id == 1))
    assert any("锚点" in one for one in audit.faults(SECRET))


def test_an_anchor_is_sent_once_to_each_address_and_again_until_it_is_taken(
    run, monkeypatch, make_issue
):
    taken, works = [], {"json://a": False, "json://b": True}

    def deliver(url, title, text):
        taken.append((url, json.loads(text)["on"]))
        return works[url]

    monkeypatch.setattr(send_anchor, "deliver", deliver)
    run("send-anchor", urls=tuple(works))
    assert taken == [], "there is no anchor yet"
    run("anchor")
    assert run("send-anchor", urls=tuple(works)).done == 1
    works["json://a"] = True
    assert run("send-anchor", urls=tuple(works)).done == 1
    assert run("send-anchor", urls=tuple(works)).done == 0
    today = clock.today().isoformat()
    assert sorted(taken) == [("json://a", today), ("json://a", today), ("json://b", today)]
    assert list(checking.faults()) == []
