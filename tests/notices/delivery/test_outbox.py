"""What is told outside: with the act or not at all, number and link only, once."""

import dataclasses
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pressed import noon, planned, press
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.jobs.runner import Runner, run_once, tools_for
from issues.jobs.steps import send_outbox
from issues.jobs.timetable import JOBS
from issues.models import Outbox
from issues.notices import acts, drafting
from issues.notices.delivery import outbox
from issues.vocabulary import NoticeAct, NoticeKind

pytestmark = [
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),  # of apprise
]
TODAY = noon("2025-11-25")


class Sink(ThreadingHTTPServer):
    """The far side, on this machine: what it was sent, and whether it takes it."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taker)
        self.sent, self.status = [], 200

    @property
    def url(self):
        return f"json://127.0.0.1:{self.server_port}/hook"


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append(json.loads(body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def sink():
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def signed(people, urls, title="大茅坪镇场镇生活污水直排河道"):
    ticket = planned(people, title=title)
    made = press_with(urls)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, TODAY)
        return acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, made, at=TODAY)


def press_with(urls):
    keys = tuple(channel.key for channel in outbox.channels(urls))
    return dataclasses.replace(
        press(), channels=keys, page_url="https://example.cn/notices/{}".format
    )


def run(app, urls):
    tools = tools_for(TODAY.date(), app.extensions["evidence"], "secret", tuple(urls))
    return run_once(JOBS["send-outbox"], tools)


def rows():
    db.session.rollback()
    return db.session.scalars(select(Outbox).order_by(Outbox.id)).all()


def later(monkeypatch, minutes):
    now = clock.real_now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "real_now", lambda: now)


def test_number_and_link_go_out_as_one_digest_once(app, people, sink):
    first = signed(people, [sink.url])
    second = signed(people, [sink.url], title="另一处河道问题")

    assert run(app, [sink.url]).done == 2
    assert run(app, [sink.url]).done == 0

    (digest,) = sink.sent
    assert digest["message"].split("\n") == [
        f"{first.number} https://example.cn/notices/{first.id}",
        f"{second.number} https://example.cn/notices/{second.id}",
        "请登录系统签收办理。",
    ]
    assert "大茅坪" not in json.dumps(digest, ensure_ascii=False)
    assert all(row.sent_at and sink.url not in f"{row.line}{row.channel}" for row in rows())


def test_without_an_address_nothing_is_written_or_sent(app, people):
    signed(people, [])

    assert rows() == []
    assert run(app, []).done == 0


def test_an_act_that_fails_leaves_no_line(people, sink):
    ticket = planned(people)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, TODAY)
        acts.do(
            NoticeAct.EDIT, notice.id, people.sun, {"basis": "依\U0001f600据"}, press(), at=TODAY
        )
    with pytest.raises(Incomplete), transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press_with([sink.url]), at=TODAY)

    assert rows() == []


def test_what_was_not_taken_is_sent_again_later_and_then_once(app, people, sink, monkeypatch):
    signed(people, [sink.url])
    sink.status = 500

    assert run(app, [sink.url]).done == 0
    assert run(app, [sink.url]).done == 0, "not before its time"
    assert len(sink.sent) == 1
    (row,) = rows()
    assert (row.attempts, row.sent_at, row.fault) == (1, None, "未送达")

    sink.status = 200
    later(monkeypatch, 2)
    assert run(app, [sink.url]).done == 1
    later(monkeypatch, 600)
    assert run(app, [sink.url]).done == 0
    assert len(sink.sent) == 2
    assert rows()[0].fault == ""


def test_a_dead_far_side_holds_nothing_else_up(app, people, sink, monkeypatch):
    dead = "json://127.0.0.1:9/nobody"
    signed(people, [dead, sink.url])

    assert run(app, [dead, sink.url]).done == 1

    assert len(sink.sent) == 1
    states = {row.channel: row.sent_at is not None for row in rows()}
    assert states == {
        channel.key: channel.url == sink.url for channel in outbox.channels([dead, sink.url])
    }


@pytest.mark.both
def test_four_processes_at_once_deliver_once(app, people, sink):
    for number in range(3):
        signed(people, [sink.url], title=f"第{number}处河道问题")
    db.session.remove()
    start = threading.Barrier(4)

    def job():
        with app.app_context():
            start.wait()
            run(app, [sink.url])
            db.session.remove()

    threads = [threading.Thread(target=job) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = [line for digest in sink.sent for line in digest["message"].split("\n")[:-1]]
    assert len(lines) == len(set(lines)) == 3


@pytest.mark.both
def test_no_transaction_is_open_while_the_far_side_is_waited_for(app, people, monkeypatch):
    signed(people, ["json://127.0.0.1:9/x"])
    seen = []

    def deliver(_url, _title, _text):
        with transaction():
            seen.append(db.session.scalar(select(Outbox.attempts)))
        return True

    monkeypatch.setattr(send_outbox, "deliver", deliver)
    assert run(app, ["json://127.0.0.1:9/x"]).done == 1
    assert seen == [1]


def test_the_process_that_runs_the_jobs_speaks_at_every_look(app, people, sink):
    runner = Runner(app.extensions["evidence"], "secret", (sink.url,))
    assert runner.take_lease()
    assert runner.speak() == 0
    signed(people, [sink.url])

    assert runner.speak() == 1
    assert runner.speak() == 0


def test_the_page_tells_of_channels_without_their_address(app, people, browser, sink, monkeypatch):
    settings = dataclasses.replace(app.extensions["settings"], notify_urls=(sink.url,))
    monkeypatch.setitem(app.extensions, "settings", settings)
    number = signed(people, [sink.url]).number
    run(app, [sink.url])

    page = browser.as_("sysadmin").get("/admin/outbox")
    assert page.rows()[0][1:3] == ["0", "1"]
    assert "127.0.0.1" not in page.html
    assert number not in page.text
    browser.as_("chen").get("/admin/outbox", expect=403)
