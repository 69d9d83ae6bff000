"""Signing in, wrong tries, sessions: what a stranger, a guesser and a person meet."""

import contextvars
import threading
import time
from datetime import timedelta
from statistics import median

import pytest
import tally
from people import PASSWORD
from sqlalchemy import func, select, update

from auth import signin
from auth.models import LoginAttempt, SignIn, User
from auth.passwords import hash_password, keep_cheaply
from extensions import db, transaction
from issues.models import Event

ALLOWED = 5
TIMED, APART = 60, 0.1
"""Tries of each kind; the share by which their medians may differ."""


def tries(visitor, password, count=1, name="chen"):
    """The statuses of so many tries from one page."""
    form = visitor.get("/login").form("/login").filled({"username": name, "password": password})
    alone = contextvars.Context()
    return [alone.run(visitor.client.post, "/login", data=form).status_code for _ in range(count)]


def earlier(by):
    """Let the wrong tries lie further back than they do."""
    with transaction():
        for row in db.session.scalars(select(LoginAttempt)):
            row.at -= by


def test_the_right_password_opens_the_page_that_was_asked_for(browser):
    visitor = browser.stranger
    asked = visitor.get("/account", follow=False, expect=302)
    assert asked.location == "/login?next=/account"

    page = visitor.post("/login?next=/account", username="chen", password=PASSWORD)

    assert page.heading == "我的账号"
    assert "陈经办" in page.text


def test_wrong_password_and_unknown_account_answer_alike(browser):
    wrong = browser.stranger.post("/login", 422, username="chen", password="wrong")
    unknown = browser.stranger.post("/login", 422, username="nobody", password="wrong")

    assert "账号或密码不正确" in wrong.text
    assert wrong.text == unknown.text


def test_an_unknown_account_is_compared_as_long_as_a_known_one(app, monkeypatch):
    compared = []
    real = signin.is_password
    monkeypatch.setattr(
        signin, "is_password", lambda *given: compared.append(given) or real(*given)
    )

    assert signin.user_of("nobody", "wrong") is None
    assert compared == [(None, "wrong")]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "board"],
)
def test_after_sign_in_nobody_is_sent_to_another_site(browser, elsewhere):
    visitor = browser.stranger
    shown = visitor.get("/login", next=elsewhere)
    form = shown.form("/login").filled({"username": "chen", "password": PASSWORD})

    sent = visitor.send("/login", 302, follow=False, **form | {"next": elsewhere})

    assert sent.location.startswith("/")
    assert "example" not in sent.location


def test_five_wrong_tries_close_the_account_to_the_right_password_too(browser):
    visitor = browser.stranger
    assert tries(visitor, "wrong", 5) == [422] * 5

    page = visitor.post("/login", 429, username="chen", password=PASSWORD)

    assert "暂停登录" in page.text
    assert int(page.answer.headers["Retry-After"]) <= 15 * 60


def test_the_lock_counts_whatever_address_the_client_claims(browser):
    for number in range(5):
        address = {"X-Forwarded-For": f"203.0.113.{number}"}
        visitor = browser.stranger
        visitor.post("/login", 422, username="chen", password="wrong", headers=address)

    browser.stranger.post("/login", 429, username="chen", password=PASSWORD)


def test_being_refused_does_not_make_the_lock_longer(browser):
    visitor = browser.stranger
    tries(visitor, "wrong", 5)
    assert tries(visitor, PASSWORD, 6) == [429] * 6
    assert db.session.scalar(select(func.count()).select_from(LoginAttempt)) == 5

    earlier(timedelta(seconds=61))
    assert tries(visitor, "wrong") == [422]
    assert tries(visitor, PASSWORD) == [429]
    earlier(timedelta(minutes=5, seconds=1))
    assert tries(visitor, "wrong") == [422]
    earlier(timedelta(minutes=8))
    assert tries(visitor, PASSWORD) == [429]
    earlier(timedelta(minutes=1))
    assert tries(visitor, PASSWORD) == [302]


def test_another_account_is_not_locked_with_it(browser):
    tries(browser.stranger, "wrong", 5)

    assert tries(browser.stranger, PASSWORD, name="wu") == [302]


GUESSERS = 200 if tally.FULL else 40


def guesses(app, monkeypatch):
    """How many of so many guesses at once were compared, and how each was answered."""
    compared = []
    real = signin.is_password
    monkeypatch.setattr(signin, "is_password", lambda *given: compared.append(1) or real(*given))
    page = app.test_client()
    token = page.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    cookie = page.get_cookie("session").value
    answers = []
    db.session.rollback()

    def guess():
        client = app.test_client()
        client.set_cookie("session", cookie)
        form = {"username": "chen", "password": "wrong", "csrf_token": token}
        answers.append(client.post("/login", data=form).status_code)

    guessers = [threading.Thread(target=guess) for _ in range(GUESSERS)]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join()
    return len(compared), answers


@pytest.mark.both
def test_parallel_guesses_are_compared_no_more_often_than_the_count_allows(
    app, monkeypatch, database
):
    compared, answers = guesses(app, monkeypatch)

    assert len(answers) == GUESSERS
    assert set(answers) <= {422, 429}
    over = [f"{compared} compared"] if compared > ALLOWED else []
    tally.tell(26, f"并发猜口令（比对 {compared} 次，至多 {ALLOWED} 次）", GUESSERS, over, database)


@pytest.mark.measured
def test_an_unknown_account_takes_as_long_as_a_known_one(app, database):
    """At full strength, by turns; each pair of times was taken in the same moment."""
    keep_cheaply(cheaply=False)
    try:
        with transaction():
            db.session.execute(update(User).values(password_hash=hash_password(PASSWORD)))
        times = {"chen": [], "nobody": []}
        for name in ("chen", "nobody") * TIMED:
            db.session.rollback()
            began = time.perf_counter()
            assert signin.user_of(name, "wrong") is None
            times[name].append(time.perf_counter() - began)
    finally:
        keep_cheaply(cheaply=True)
    ratio = median(times["nobody"]) / median(times["chen"])

    apart = [f"{ratio:.3f}"] if abs(ratio - 1) > APART else []
    tally.tell(26, f"登录耗时（未知比已知账号 {ratio:.3f}）", 2 * TIMED, apart, database)


def test_the_database_keeps_no_secret_of_a_session(browser):
    browser.as_("chen").get("/account")
    client = browser.as_("chen").client
    row = db.session.scalars(select(SignIn)).one()

    assert len(row.digest) == 64
    assert row.digest not in client.get_cookie("session").value


def test_signing_out_ends_the_session_for_a_kept_cookie_too(browser, app):
    visitor = browser.as_("chen")
    kept = visitor.client.get_cookie("session").value
    visitor.post("/logout", via="/account")
    thief = app.test_client()
    thief.set_cookie("session", kept)

    assert thief.get("/account").location == "/login?next=/account"


def test_signing_in_leaves_nothing_of_the_session_before(browser):
    visitor = browser.stranger
    visitor.get("/login")
    before = visitor.client.get_cookie("session").value
    visitor.post("/login", username="chen", password=PASSWORD)
    first = visitor.client.get_cookie("session").value
    visitor.post("/login", username="wu", password=PASSWORD)

    assert before != first != visitor.client.get_cookie("session").value
    ended = db.session.scalars(select(SignIn.ended_at).order_by(SignIn.id)).all()
    assert ended[0] is not None
    assert ended[1] is None


@pytest.mark.parametrize(
    ("column", "age"), [("seen_at", signin.IDLE), ("started_at", signin.LONGEST)]
)
def test_a_session_ends_by_itself(browser, column, age):
    browser.as_("chen").get("/account")
    row = db.session.scalars(select(SignIn)).one()
    was = getattr(row, column)
    with transaction():
        db.session.execute(update(SignIn).values({column: was - age}))

    browser.as_("chen").get("/account", 302)


def test_a_session_in_use_is_written_down_once_a_minute(browser):
    visitor = browser.as_("chen")
    first = visitor.get("/account")
    with transaction():
        db.session.execute(update(SignIn).values(seen_at=SignIn.seen_at))
        row = db.session.scalars(select(SignIn)).one()
        row.seen_at -= timedelta(minutes=2)
    later = visitor.get("/account")
    again = visitor.get("/account")

    assert [len(page.statements.of_use) for page in (first, later, again)] == [0, 1, 0]


@pytest.mark.both
def test_a_person_ends_a_session_on_another_device(browser):
    here, there = browser.as_("chen"), browser.stranger
    there.post("/login", username="chen", password=PASSWORD)
    other = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()

    here.post(f"/account/sessions/{other}/end", via="/account")

    there.get("/account", 302)
    here.get("/account")


def test_nobody_ends_the_session_of_another(browser):
    browser.as_("wu").get("/account")
    other = db.session.scalars(select(SignIn.id)).one()

    browser.as_("chen").post(f"/account/sessions/{other}/end", 404, via="/account")

    browser.as_("wu").get("/account")


def test_a_disabled_account_is_out_at_once_and_cannot_return(browser):
    visitor = browser.as_("chen")
    visitor.get("/account")
    user = db.session.scalar(select(User.id).where(User.name == "chen"))
    browser.as_("sysadmin").post(f"/admin/accounts/{user}/disable", via=f"/admin/accounts/{user}")

    visitor.get("/account", 302)
    assert tries(browser.stranger, PASSWORD) == [422]


def test_the_history_of_an_account_names_its_sign_ins_and_failures(browser, people):
    browser.stranger.post("/login", 422, username="chen", password="wrong")
    browser.stranger.post("/login", username="chen", password=PASSWORD)

    acts = db.session.scalars(
        select(Event.action)
        .where(Event.subject == "account", Event.subject_id == people.chen.id)
        .order_by(Event.seq)
    ).all()
    assert acts == ["sign_in_failed", "sign_in"]
