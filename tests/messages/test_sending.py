"""How a message reaches an address: proven first, at its hour, once, and to who still sees it."""

import re
import threading
from datetime import datetime, timedelta

import pytest
from far_side import Mail, allowed, proven, serving
from pressed import noon
from sqlalchemy import select

from auth import people as accounts
from extensions import db, transaction
from issues import acts
from issues.ground import clock, outward
from issues.ground.refusals import Incomplete, NotFound
from issues.jobs.runner import run_once, tools_for
from issues.jobs.steps.messages import send_messages
from issues.jobs.timetable import JOBS
from issues.messages import addresses, choices, sending
from issues.messages.choosing import Quiet
from issues.models import Address, IssueUnit, Outbox
from issues.vocabulary import Action, AddressKind, MessageEvent, Status, Timing

pytestmark = [
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),  # of apprise
]
NOON = noon("2025-11-25")
DIGEST = dict.fromkeys(MessageEvent, Timing.DIGEST)


@pytest.fixture
def mail(monkeypatch):
    """A mail server, at noon; `later` moves the clock."""
    at(monkeypatch, NOON)
    with serving(Mail) as server, allowed(mail_url=server.url, public_url=lambda: "https://d.cn"):
        yield server


def at(monkeypatch, moment):
    monkeypatch.setattr(clock, "real_now", lambda: moment)


def later(monkeypatch, **passed):
    moment = clock.real_now() + timedelta(**passed)
    at(monkeypatch, moment)
    return moment


def run(app):
    tools = tools_for(NOON.date(), app.extensions["evidence"], "secret")
    return run_once(JOBS["send-messages"], tools).done


def lines():
    db.session.rollback()
    rows = select(Outbox).where(Outbox.address_id.is_not(None)).order_by(Outbox.id)
    return db.session.scalars(rows).all()


def forget_codes():
    """What was written to prove an address is of no interest any more."""
    with transaction():
        for row in lines():
            db.session.delete(row)


def told(issue, people, **why):
    """A message to everybody of 巴州区."""
    with transaction():
        acts.do(Action.RETURN_PLAN, issue, people.liu, {"reason": "缺少责任人", **why})
    return issue.number


def test_an_address_is_used_once_the_code_that_came_to_it_was_typed(app, people, mail, browser):
    chen = browser.as_("chen")
    chen.post("/account/addresses", address="chen@example.cn")
    row = db.session.scalars(select(Address)).one()
    assert (row.shown, row.proven_at) == ("c***@example.cn", None)
    assert b"chen@example.cn" not in row.sealed

    assert run(app) == 1
    code = re.search(r"\d{6}", mail.letters[0].split("\n\n", 1)[-1] or mail.letters[0])
    typed = addresses.opened(db.session.get_one(Address, row.id)).code
    assert code
    assert all(typed not in f"{one.line}{one.about}{one.channel}" for one in lines())
    url = f"/account/addresses/{row.id}"
    wrong = chen.post(f"{url}/prove", 422, via="/account/addresses", code="000000")
    assert "验证码不正确" in wrong.text or typed == "000000"
    chen.post(f"{url}/prove", via="/account/addresses", code=typed)

    page = chen.get("/account/addresses")
    assert "验证" in page.rows()[0][2]
    assert "chen@example.cn" not in page.html


def test_a_code_is_guessed_at_a_few_times_and_no_more(people, mail, browser, monkeypatch):
    chen = browser.as_("chen")
    chen.post("/account/addresses", address="chen@example.cn")
    row = db.session.scalars(select(Address)).one()
    typed = addresses.opened(row).code
    other = f"{(int(typed) + 1) % 10**6:06}"
    url = f"/account/addresses/{row.id}/prove"
    seen = [
        chen.post(url, 422, via="/account/addresses", code=other).text
        for _ in range(addresses.MOST_TRIES)
    ]

    assert "已失效" in chen.post(url, 422, via="/account/addresses", code=typed).text
    assert all("不正确" in one for one in seen)
    later(monkeypatch, minutes=2)
    chen.post(f"/account/addresses/{row.id}/code", via="/account/addresses")
    new = addresses.opened(db.session.get_one(Address, row.id)).code
    later(monkeypatch, minutes=31)
    assert "已失效" in chen.post(url, 422, via="/account/addresses", code=new).text


def test_at_once_in_the_morning_or_not_as_it_was_chosen(app, people, mail, make_issue, monkeypatch):
    issue = make_issue(Status.PLAN_REVIEW)
    lead = proven(people.chenlead, "lead@example.cn")
    proven(people.chen)
    with transaction():
        choices.choose(people.chen, DIGEST, Quiet(), for_unit=False)
    forget_codes()
    number = told(issue, people)

    assert run(app) == 1, "the leader's at once"
    assert f"{number} https://d.cn/issues/{number}" in mail.letters[0]
    assert "缺少责任人" not in mail.letters[0]
    assert lines()[0].address_id == lead.id or lines()[1].address_id == lead.id
    later(monkeypatch, hours=20, minutes=25)
    assert run(app) == 0
    later(monkeypatch, minutes=10)
    assert run(app) == 1
    assert run(app) == 0
    with transaction():
        off = dict.fromkeys(MessageEvent, Timing.OFF)
        choices.choose(people.chen, off, Quiet(), for_unit=False)
    before = len(lines())
    with transaction():
        acts.do(
            Action.SUBMIT_PLAN,
            issue,
            people.chenlead,
            {"measures": [{"text": "整治", "deadline": "2026-03-01"}]},
        )
    told(issue, people)
    assert len(lines()) == before + 1


def test_nothing_is_sent_in_the_hours_of_quiet_and_all_of_it_later(
    app, people, mail, make_issue, monkeypatch
):
    issue = make_issue(Status.PLAN_REVIEW)
    proven(people.chen)
    forget_codes()
    at(monkeypatch, datetime(2025, 11, 25, 22, 10, tzinfo=clock.SHANGHAI))
    told(issue, people)
    assert run(app) == 0
    at(monkeypatch, datetime(2025, 11, 26, 7, 29, tzinfo=clock.SHANGHAI))
    assert run(app) == 0
    assert (mail.letters, [row.attempts for row in lines()]) == ([], [0])

    monkeypatch.setattr(Quiet, "holds", lambda *_: False)
    assert send_messages.find(None), "it is the quiet alone that holds it back"
    monkeypatch.undo()
    at(monkeypatch, datetime(2025, 11, 26, 7, 31, tzinfo=clock.SHANGHAI))
    assert run(app) == 1
    assert len(mail.letters) == 1


def test_what_is_not_taken_is_sent_again_and_given_up_at_last(
    app, people, mail, make_issue, monkeypatch, browser
):
    issue = make_issue(Status.PLAN_REVIEW)
    proven(people.chen)
    with transaction():
        never = Quiet("00:00", "00:00")
        choices.choose(people.chen, dict.fromkeys(MessageEvent, Timing.NOW), never, for_unit=False)
    forget_codes()
    told(issue, people)
    mail.takes = False
    for _ in range(sending.MOST_TRIES):
        assert run(app) == 0
        later(monkeypatch, hours=5)
    (row,) = lines()
    assert (row.attempts, row.ended_at is not None) == (sending.MOST_TRIES, True)
    assert run(app) == 0
    assert len(mail.letters) == sending.MOST_TRIES

    mail.takes = True
    office = browser.as_("sun")
    page = office.get("/admin/deliveries?state=ended")
    assert page.rows()[0][1:4] == ["陈经办", "c***@example.cn", "方案、填报或答复被退回"]
    assert issue.number not in page.html
    assert "chen@" not in page.html
    office.post(f"/admin/deliveries/{row.id}/retry", via="/admin/deliveries")
    assert run(app) == 1


@pytest.mark.both
def test_two_senders_at_once_deliver_once(app, people, mail, make_issue):
    issue = make_issue(Status.PLAN_REVIEW)
    proven(people.chen)
    forget_codes()
    told(issue, people)
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

    assert len(mail.letters) == 1


@pytest.mark.both
def test_one_that_dies_between_sending_and_marking_loses_nothing(
    app, people, mail, make_issue, monkeypatch
):
    issue = make_issue(Status.PLAN_REVIEW)
    proven(people.chen)
    forget_codes()
    told(issue, people)
    mark = sending.outbox.mark

    def die(*_args, **_more):
        raise SystemExit

    monkeypatch.setattr(sending.outbox, "mark", die)
    with pytest.raises(SystemExit):
        run(app)
    db.session.rollback()
    monkeypatch.setattr(sending.outbox, "mark", mark)
    assert run(app) == 0, "another waits until it is sure to be dead"
    later(monkeypatch, minutes=6)
    assert run(app) == 1


def test_who_lost_sight_or_their_account_is_sent_nothing(app, people, mail, make_issue):
    issue = make_issue(Status.PLAN_REVIEW)
    proven(people.chen)
    proven(people.chenlead, "lead@example.cn")
    forget_codes()
    told(issue, people)
    with transaction():
        which = IssueUnit.issue_id == issue.id, IssueUnit.unit_id == people.chen.unit_id
        for one in db.session.scalars(select(IssueUnit).where(*which)):
            db.session.delete(one)
        accounts.disable(people.sysadmin, people.chenlead.id)

    assert run(app) == 0
    assert mail.letters == []
    assert {row.fault for row in lines()} == {sending.OUT_OF_SIGHT, sending.GONE}


def test_the_group_of_a_unit_is_kept_by_its_leader(app, people, mail, make_issue, browser):
    issue = make_issue(Status.PLAN_REVIEW)
    with pytest.raises(NotFound), transaction():
        addresses.add(people.chen, "group@example.cn", for_unit=True)
    group = proven(people.chenlead, "group@example.cn", for_unit=True)
    forget_codes()
    told(issue, people)

    assert [row.address_id for row in lines()] == [group.id]
    assert run(app) == 1
    lead = browser.as_("chenlead")
    assert "g***@example.cn" in lead.get("/account/addresses/unit").text
    assert "g***@example.cn" not in lead.get("/account/addresses").text
    lead.post(f"/account/addresses/{group.id}/end", via="/account/addresses/unit", whose="unit")
    assert db.session.get_one(Address, group.id).sealed == b""


def test_where_the_gate_is_shut_nothing_leaves_and_nothing_is_counted(
    app, people, mail, make_issue, monkeypatch
):
    issue = make_issue(Status.PLAN_REVIEW)
    proven(people.chen)
    forget_codes()
    told(issue, people)
    with allowed(is_silent=lambda: True):
        assert run(app) == 0
        assert not outward.pass_out(lambda: pytest.fail("it was called"))
    assert [row.attempts for row in lines()] == [0]

    assert run(app) == 1, "opened again, nothing is lost"


def test_a_robot_is_taken_by_its_own_address_and_to_listed_hosts_alone(people, mail):
    url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4"
    with pytest.raises(Incomplete) as refused, transaction():
        addresses.add(people.chen, url, for_unit=False)
    assert "没有允许" in refused.value.errors["address"][0]
    with allowed(hosts=frozenset({"qyapi.weixin.qq.com"})):
        row = proven(people.chen, url)
        assert (row.kind, row.shown) == (AddressKind.WECOM, "企业微信群机器人 …4bc4")
        for wrong in (
            url.replace("https", "http"), url.replace("/send", "/other"), "https://127.0.0.1/x",
            url.replace("qyapi", "a@qyapi"), url.replace(".com", ".com:8443"), "chen", "a@b",
            url.replace("key=", "key=a%0d%0aX-"), "x@example.cn\nbcc:y@example.cn",
        ):  # fmt: skip
            with pytest.raises(Incomplete), transaction():
                addresses.add(people.chen, wrong, for_unit=False)
