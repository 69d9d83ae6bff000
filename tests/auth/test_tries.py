"""Wrong tries by address: an office behind one address gets in, a guesser from one does not."""

import dataclasses
import threading
from datetime import timedelta
from ipaddress import ip_network

import pytest
from people import PASSWORD
from planted import planted
from sqlalchemy import func, insert, select, update

from auth import signin, tries
from auth.models import LoginAttempt, User
from extensions import db, transaction
from issues.ground import clock
from issues.web.door.requests import BehindProxies

pytestmark = pytest.mark.both

FREE = 20


@pytest.fixture
def strict(app, monkeypatch):
    settings = dataclasses.replace(app.extensions["settings"], failures_each_address=FREE)
    monkeypatch.setitem(app.extensions, "settings", settings)


def failed(count, address="127.0.0.1", ago=timedelta(0)):
    """So many failures of names nobody has."""
    at = clock.real_now() - ago
    with transaction():
        rows = [{"name": f"nobody{one}", "address": address, "at": at} for one in range(count)]
        db.session.execute(insert(LoginAttempt), rows)


def type_in(browser, expect, password=PASSWORD, name="chen", headers=None):
    page = browser.stranger
    form = page.get("/login").form("/login").filled({"username": name, "password": password})
    return page.send("/login", expect, follow=False, headers=headers, **form)


def kept():
    return db.session.scalar(select(func.count()).select_from(LoginAttempt))


def test_an_address_of_many_failures_rests_though_each_account_is_fine(browser, strict):
    failed(FREE - 1)
    type_in(browser, 422, "wrong")
    before = kept()

    page = type_in(browser, 429)

    assert "从您所在的网络登录失败过多" in page.text
    assert "约 1 分钟后再试" in page.text
    assert 0 < int(page.answer.headers["Retry-After"]) <= 60
    assert kept() == before, "who is refused writes nothing"


def test_the_wait_grows_and_ends(browser, strict):
    for more, minutes in ((FREE, 1), (FREE, 5), (FREE, 15)):
        failed(more)
        assert f"约 {minutes} 分钟" in type_in(browser, 429).text
    with transaction():
        past = clock.real_now() - tries.WINDOW - timedelta(seconds=1)
        db.session.execute(update(LoginAttempt).values(at=past))

    type_in(browser, 302)
    assert kept() == 0, "what is over is not kept"


def test_without_the_count_by_address_the_guesser_goes_on(browser, strict, monkeypatch):
    """The control."""
    monkeypatch.setattr(tries, "counted", lambda _address: "")
    failed(5 * FREE)

    type_in(browser, 422, "wrong")


def an_office(count):
    """So many accounts, by id."""
    now = clock.real_now()
    alike = {
        "created_at": now, "phone": "", "password_hash": "", "must_change_password": False,
        "is_active": True,
    }  # fmt: skip
    rows = [{"name": f"office{one}", "display_name": "某人"} | alike for one in range(count)]
    with transaction():
        db.session.execute(insert(User), rows)
    found = select(User.id, User.name).where(User.name.startswith("office")).order_by(User.id)
    return db.session.execute(found).all()


def sign_in_from(address, rows):
    """Each of them; one in four mistypes first, and is then right."""
    for place, (user_id, name) in enumerate(rows):
        with transaction():
            for _ in range(1 + (place % 4 == 0)):
                tries.refuse_if_too_many(name, address, FREE)
                mine = tries.note_try(name, address)
                tries.refuse_if_too_many(name, address, FREE, mine)
            signin.begin(user_id, None, address=address, agent="")


def test_guesses_at_many_accounts_at_once_slip_past_no_count(app, strict, monkeypatch):
    compared = []
    monkeypatch.setattr(signin, "is_password", lambda *_given: compared.append(1) and False)
    page = app.test_client()
    token = page.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    cookie = page.get_cookie("session").value
    failed(FREE - 5)
    answers = []

    def guess(name):
        client = app.test_client()
        client.set_cookie("session", cookie)
        form = {"username": name, "password": "wrong", "csrf_token": token}
        answers.append(client.post("/login", data=form).status_code)

    guessers = [threading.Thread(target=guess, args=(f"name{one}",)) for one in range(30)]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join()

    assert len(answers) == 30
    assert set(answers) <= {422, 429}
    assert len(compared) <= 5


@pytest.mark.postgresql
def test_an_office_behind_one_address_signs_in(app):
    """Two hundred people at half past eight: failures count, successes do not."""
    sign_in_from("10.20.30.40", an_office(200))

    assert kept() == 0


def test_were_successes_counted_the_office_would_stand_outside(app, monkeypatch):
    """The control."""
    monkeypatch.setattr(signin, "forget_tries", lambda _name, _address: None)

    with pytest.raises(tries.TooManyFromHere):
        sign_in_from("10.20.30.40", an_office(30))


def test_a_success_elsewhere_does_not_wash_a_guesser_s_address(browser, strict):
    """Else guessing at everybody while they sign in would never add up."""
    with transaction():
        for _ in range(4):
            tries.note_try("chen", "203.0.113.9")
    type_in(browser, 302)
    rows = select(LoginAttempt.name, LoginAttempt.address)
    assert [tuple(row) for row in db.session.execute(rows)] == [("", "203.0.113.9")] * 4

    type_in(browser, 422, "wrong")
    type_in(browser, 302)


def test_a_claimed_address_counts_for_nothing_unless_a_known_proxy_says_it(browser, strict):
    failed(FREE)
    for claimed in ("198.51.100.7", "10.0.0.1, 198.51.100.7", "127.0.0.1", "unknown"):
        type_in(browser, 429, headers={"X-Forwarded-For": claimed})


def test_the_last_address_a_known_proxy_saw_is_the_one_that_counts(place, app):
    proxies = (ip_network("127.0.0.1"),)
    failed(FREE, "198.51.100.7")
    with planted(place, trusted_proxies=proxies, failures_each_address=FREE) as visitor:
        for claimed, expect in (
            ("198.51.100.7", 429),
            ("198.51.100.8", 422),
            ("198.51.100.8, 198.51.100.7", 429),
            ("198.51.100.7, 198.51.100.8", 422),
        ):
            page = visitor()
            drawn = page.get("/login").form("/login")
            form = drawn.filled({"username": "chen", "password": "wrong"})
            page.send("/login", expect, headers={"X-Forwarded-For": claimed}, **form)


def test_a_proxy_here_that_nobody_declared_is_told_of_once(app, caplog):
    told = []
    behind = BehindProxies(lambda environ, _start: told.append(environ["REMOTE_ADDR"]) or [], ())
    for peer in ("198.51.100.7", "127.0.0.1", "127.0.0.1"):
        behind({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": "203.0.113.1"}, None)

    assert told == ["198.51.100.7", "127.0.0.1", "127.0.0.1"]
    assert [one.getMessage()[:18] for one in caplog.records] == ["127.0.0.1 forwards"]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_who_has_many_addresses_of_one_home_has_one_count(app, address, counted):
    assert tries.counted(address) == counted


def test_the_table_is_bounded_whatever_is_sent(app, monkeypatch):
    monkeypatch.setattr(tries, "MOST_KEPT", 30)
    for number in range(40):
        with transaction():
            tries.note_try(f"name{number}", f"203.0.113.{number}")

    assert kept() == 30
