"""OIDC_ONLY: no password signs in, but that of an account opened for an emergency."""

from datetime import timedelta

import pytest
from coming_back import gone_and_back, sessions
from people import PASSWORD
from sqlalchemy import update

from auth.models import OutsideIdentity, User
from extensions import db, transaction
from issues.ground import clock
from issues.vocabulary import DoorKind

pytestmark = pytest.mark.both


@pytest.fixture
def off(provider):
    provider.renew(is_oidc_only=True)
    return provider


def type_in(visitor, expect, password=PASSWORD, name="chen"):
    page = visitor.get("/login", password="1")
    form = page.form("/login").filled({"username": name, "password": password})
    return visitor.send("/login", expect, follow=False, **form)


def test_only_the_button_is_offered_and_every_password_is_told_the_same(browser, off):
    page = browser.stranger.get("/login")
    assert "统一身份认证登录" in page.text
    assert not page.has_form("/login")

    told = {
        type_in(browser.stranger, 422, *typed).text
        for typed in ((PASSWORD, "chen"), ("wrong", "chen"), (PASSWORD, "lin"), ("x", "lin"))
    }

    assert len({one.replace("lin", "chen") for one in told}) == 1
    assert sessions() == []


def test_an_emergency_opens_one_account_for_a_while(app, browser, off):
    ran = app.test_cli_runner().invoke(args=["users", "open-password", "chen", "--minutes", "10"])
    assert ran.exit_code == 0, ran.output
    type_in(browser.stranger, 422, name="wu")
    type_in(browser.stranger, 422, "wrong")
    type_in(browser.stranger, 302)
    assert sessions() == [("chen", "")]
    with transaction():
        past = clock.real_now() - timedelta(seconds=1)
        db.session.execute(update(User).where(User.name == "chen").values(password_until=past))

    type_in(browser.stranger, 422)


def test_nobody_cuts_off_the_branch_they_sit_on(browser, off, linked):
    linked("chen", DoorKind.OIDC, "u-1001")
    visitor = browser.stranger
    visitor.get(gone_and_back(visitor, "/login/doors/oidc"), 302)
    row = db.session.query(OutsideIdentity.id).scalar()

    page = visitor.post(f"/account/identities/{row}/end", 403, via="/account")

    assert "系统管理员" in page.text


def test_a_password_for_once_is_not_asked_of_who_came_by_the_door(browser, off, linked):
    linked("chen", DoorKind.OIDC, "u-1001")
    with transaction():
        db.session.execute(
            update(User).where(User.name == "chen").values(must_change_password=True)
        )
    visitor = browser.stranger

    visitor.get(gone_and_back(visitor, "/login/doors/oidc"), 302)

    visitor.get("/account")
