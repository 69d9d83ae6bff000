"""A form sent without a session, with another one, or by somebody else: kept for its person."""

import pytest
from itsdangerous import URLSafeTimedSerializer
from people import PASSWORD
from sqlalchemy import select, update

from auth.models import SignIn, User
from extensions import db, transaction
from issues.ground import clock
from issues.kept import keeping
from issues.models import KeptForm

NEW = "/issues/new"
TYPED = "巴河右岸排口水色发黑，附近居民多次反映。"
FROM = {"Referer": f"http://localhost{NEW}?from=x"}


def rows():
    return db.session.scalars(select(KeptForm)).all()


def form_of(visitor, **typed):
    return visitor.get(NEW).form(NEW).filled({"problem": TYPED, **typed})


def lapse():
    """All sessions end, as after an hour without use."""
    with transaction():
        db.session.execute(update(SignIn).values(ended_at=clock.real_now()))


def sign_in_again(visitor, name, location):
    said = visitor.get(location).form("/login").filled({"username": name, "password": PASSWORD})
    return visitor.send("/login", 302, follow=False, **said).location


@pytest.mark.parametrize("is_deleted", [True, False])
def test_after_signing_in_again_the_typed_text_is_there(browser, people, is_deleted):
    lin = browser.as_("lin")
    sent = form_of(lin)
    lapse()
    if is_deleted:
        lin.client.delete_cookie("session")

    asked = lin.send(NEW, 302, follow=False, headers=FROM, **sent)
    assert asked.location.startswith("/login?next=/issues/new")
    assert "内容没有提交，已替您留存" in lin.get(asked.location).text
    page = lin.get(sign_in_again(lin, "lin", asked.location))

    assert page.form(NEW).drawn()["problem"] == TYPED
    assert "已恢复" in page.text
    assert "from=x" in page.url


def test_who_signs_in_instead_sees_nothing_of_it(browser, people):
    lin = browser.as_("lin")
    sent = form_of(lin)
    lapse()
    asked = lin.send(NEW, 302, follow=False, headers=FROM, **sent)

    page = lin.get(sign_in_again(lin, "sun", asked.location))
    assert TYPED not in page.html
    assert page.form(NEW).drawn()["problem"] == ""
    assert TYPED not in lin.get("/kept").html
    assert [row.user_id for row in rows()] == [people.lin.id]


def test_a_form_of_a_session_before_comes_back_with_its_text_and_a_fresh_token(browser, people):
    lin = browser.as_("lin")
    sent = form_of(lin)
    sign_in_again(lin, "lin", "/login")

    page = lin.send(NEW, headers=FROM, **sent)
    assert page.form(NEW).drawn()["problem"] == TYPED
    assert "登录更换过" in page.text
    assert page.form(NEW).drawn()["csrf_token"] != sent["csrf_token"]


def test_a_form_of_somebody_else_is_kept_for_them_and_shown_to_nobody(browser, people):
    lin = browser.as_("lin")
    sent = form_of(lin)
    sign_in_again(lin, "sun", "/login")

    page = lin.send(NEW, 400, headers=FROM, **sent)
    assert TYPED not in page.html
    assert [row.user_id for row in rows()] == [people.lin.id]


def forged(app, said, secret=None):
    return URLSafeTimedSerializer(secret or app.secret_key, salt="wtf-csrf-token").dumps(said)


def test_nobody_plants_a_text_for_another(app, browser, people):
    stranger = browser.stranger
    mine = stranger.get("/login").form("/login").drawn()["csrf_token"]
    by_another = forged(app, f"{people.lin.id}-x", "another secret")
    guessed = (mine, "", "x", by_another, forged(app, ["1-x"]))
    for token in guessed:
        asked = stranger.send(NEW, 302, follow=False, problem=TYPED, csrf_token=token)
        assert asked.location == "/login"

    assert rows() == []


def test_a_stranger_fills_no_disk(browser, people):
    lin = browser.as_("lin")
    sent = form_of(lin)
    stranger = browser.stranger
    for number in range(2 * keeping.MOST_OF_ONE):
        said = sent | {"problem": f"{TYPED}{number}", "once": ""}
        stranger.send(NEW, 302, follow=False, headers=FROM, **said)
    assert len(rows()) == keeping.MOST_OF_ONE
    too_long = sent | {"problem": "长" * 400_000, "once": ""}
    stranger.send(NEW, 302, follow=False, headers=FROM, **too_long)

    assert sum(row.size for row in rows()) < keeping.LARGEST


def test_what_looks_marked_as_secret_and_what_is_secret_is_kept_nowhere(browser, people):
    lin = browser.as_("lin")
    sent = form_of(lin, problem="机密★ 关于某事的通知")
    lapse()
    lin.send(NEW, 302, follow=False, headers=FROM, **sent)
    assert rows() == []

    token = sent["csrf_token"]
    said = {"current": "旧的密码123", "new": "新的密码123", "csrf_token": token}
    lin.send("/account/password", 302, follow=False, **said)
    assert rows() == []


def test_a_person_who_is_led_elsewhere_first_finds_the_text_after_it(app, browser, people):
    lin = browser.as_("lin")
    sent = form_of(lin)
    with transaction():
        db.session.execute(
            update(User).where(User.id == people.lin.id).values(must_change_password=True)
        )

    asked = lin.send(NEW, 302, follow=False, headers=FROM, **sent)
    assert asked.location.startswith("/account/password?next=/issues/new")
    assert len(rows()) == 1
