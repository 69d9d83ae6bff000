"""Other systems: told of events by number alone, signed, once, again until they take it."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta

import pytest
from far_side import HOST, Web, allowed, serving
from pressed import noon
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.messages import webhooks
from issues.models import Outbox, Webhook
from issues.vocabulary import Action, MessageEvent, Status

ALL = [event.value for event in webhooks.EVENTS]


@pytest.fixture
def web():
    with serving(Web) as server, allowed(hosts=frozenset({HOST})):
        yield server


def hooked(person, web, events=ALL):
    with transaction():
        return webhooks.add(person, "协同平台", web.url, events)


def run(app):
    tools = tools_for(noon("2025-11-25").date(), app.extensions["evidence"], "secret")
    return run_once(JOBS["send-messages"], tools).done


def later(monkeypatch, **passed):
    moment = clock.real_now() + timedelta(**passed)
    monkeypatch.setattr(clock, "real_now", lambda: moment)


def lines():
    db.session.rollback()
    rows = select(Outbox).where(Outbox.webhook_id.is_not(None)).order_by(Outbox.id)
    return db.session.scalars(rows).all()


def test_events_are_told_by_number_and_signed_with_the_secret(app, people, web, make_issue):
    _, secret = hooked(people.sysadmin, web, ["assigned", "decision"])
    number = make_issue(Status.PLAN_REVIEW, title="某砂石厂夜间偷排").number
    count = len(lines())

    assert count > 1
    assert run(app) == count
    assert run(app) == 0
    assert {(body["event"], body["number"]) for body in web.bodies} >= {("assigned", number)}
    for headers, body in web.sent:
        told = json.loads(body)
        assert set(told) == {"id", "event", "on", "number"}
        assert told["event"] in {"assigned", "decision"}
        mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-Signature"] == f"sha256={mac}"
    assert "砂石厂" not in json.dumps(web.bodies, ensure_ascii=False)
    assert len({body["id"] for body in web.bodies}) == count


def test_what_was_not_taken_waits_and_comes_again_with_the_same_id(
    app, people, web, make_issue, monkeypatch, browser
):
    row, _ = hooked(people.sysadmin, web, ["assigned"])
    make_issue(Status.ASSIGNED)
    web.status = 500
    assert run(app) == 0
    assert run(app) == 0, "not before its time"
    web.status = 200
    later(monkeypatch, minutes=2)
    assert run(app) == 1

    admin, url = browser.as_("sysadmin"), f"/admin/webhooks/{row.id}"
    admin.post(f"{url}/lines/{lines()[0].id}/replay", via=url)
    assert run(app) == 1
    first, second, third = web.bodies
    assert first == second == third
    history = browser.as_("auditor").get("/history?subject=webhook").text
    assert "重新推送" in history


def test_a_redirect_is_not_followed_and_counts_as_not_taken(app, people, web, make_issue):
    hooked(people.sysadmin, web, ["assigned"])
    make_issue(Status.ASSIGNED)
    with serving(Web) as other:
        web.status, web.elsewhere = 307, other.url
        assert run(app) == 0
        assert (len(web.sent), len(other.sent)) == (1, 0)
    assert lines()[0].fault == "未送达"


def test_only_listed_hosts_are_told_when_added_and_when_sent(app, people, web, make_issue):
    for url in (
        "http://example.cn/x", "https://example.cn/x", "https://a:b@127.0.0.1/x", "ftp://127.0.0.1",
        "https://127.0.0.1.example.cn/", "https://[::1]/", "file:///etc/passwd", "x",
    ):  # fmt: skip
        with pytest.raises(Incomplete) as refused, transaction():
            webhooks.add(people.sysadmin, "平台", url, ALL)
        assert "address" in refused.value.errors, url
    with pytest.raises(NotFound), transaction():
        webhooks.add(people.chen, "平台", web.url, ALL)
    hooked(people.sysadmin, web, ["assigned"])
    make_issue(Status.ASSIGNED)
    with allowed(hosts=frozenset()):
        assert run(app) == 0
    assert web.sent == []
    with allowed(is_silent=lambda: True):
        assert run(app) == 0
    assert web.sent == [], "nor where the gate is shut"


def test_own_matters_and_what_is_covert_go_to_no_system(app, people, web, make_issue):
    with pytest.raises(Incomplete), transaction():
        webhooks.add(people.sysadmin, "平台", web.url, [MessageEvent.ACCOUNT.value])
    issue = make_issue(Status.CLOSED)
    hooked(people.sysadmin, web)
    with transaction():
        detail = {"planned_on": "2025-12-20", "reason": "群众反映"}
        acts.do(Action.PLAN_LOOKBACK, issue, people.sun, detail)

    assert lines() == []


@pytest.mark.both
def test_two_senders_at_once_tell_once(app, people, web, make_issue):
    hooked(people.sysadmin, web)
    make_issue(Status.PLAN_REVIEW)
    count = len(lines())
    db.session.remove()
    start = threading.Barrier(3)

    def job():
        with app.app_context():
            start.wait()
            run(app)
            db.session.remove()

    threads = [threading.Thread(target=job) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(web.sent) == len({body["id"] for body in web.bodies}) == count


def test_the_pages_show_the_secret_once_and_end_the_address(app, people, web, browser, make_issue):
    admin = browser.as_("sysadmin")
    form = {"name": "协同平台", "address": web.url, "events": ["assigned"]}
    made = admin.post("/admin/webhooks", **form)
    row = db.session.scalars(select(Webhook)).one()
    secret = webhooks.opened(row).secret
    assert secret in made.html
    page = admin.get("/admin/webhooks")
    assert secret not in page.html
    assert web.url not in page.html
    assert secret.encode() not in row.sealed

    make_issue(Status.ASSIGNED)
    admin.post(f"/admin/webhooks/{row.id}/end", via="/admin/webhooks")
    assert run(app) == 0
    assert lines()[0].fault == webhooks.ENDED
    assert db.session.get_one(Webhook, row.id).sealed == b""
    wrong = admin.post("/admin/webhooks", 422, **form | {"address": "https://example.cn/"})
    assert "允许外发的名单" in wrong.text
