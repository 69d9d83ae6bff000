"""A device after another system's word: what vouched opens nothing where a code is still due."""

from datetime import timedelta

import pytest
from coming_back import gone_and_back, sessions
from people import PASSWORD, add_device, with_settings
from sqlalchemy import func, select, update

from auth import identities, tries
from auth.actor import SYSTEM
from auth.models import LoginAttempt, SignIn, User
from auth.proofs import factors, proof_tries
from extensions import db, transaction
from issues.ground import clock
from issues.models import Event
from issues.vocabulary import DoorKind

DOOR, LINK, CONFIRM = "/login/doors/oidc", "/account/identities/oidc", "/account/identities/confirm"


def failures():
    return db.session.scalar(select(func.count()).select_from(LoginAttempt))


def test_who_has_a_device_is_asked_for_its_code_at_every_door(browser, provider, linked):
    device = add_device()
    linked("chen", DoorKind.OIDC, "u-1001")
    visitor = browser.stranger
    asked = visitor.get(gone_and_back(visitor, DOOR, next="/account/password"), follow=True)
    assert asked.heading == "请填写动态口令"
    assert visitor.get("/account", 302).location.startswith("/login")
    assert sessions() == []

    page = visitor.post("/login/code", code=device.now())

    assert page.heading == "修改密码"
    assert sessions() == [("chen", "oidc")]
    with visitor.client.session_transaction() as held:
        assert held["by"] == "oidc", "signing out leads on over there"


def test_were_no_device_looked_for_the_door_alone_would_open(
    browser, provider, linked, monkeypatch
):
    """The control."""
    add_device()
    linked("chen", DoorKind.OIDC, "u-1001")
    monkeypatch.setattr(factors, "is_on", lambda _user_id: False)
    visitor = browser.stranger
    visitor.get(gone_and_back(visitor, DOOR), 302)

    assert sessions() == [("chen", "oidc")]


def test_a_link_that_ended_meanwhile_takes_the_code_no_more(browser, provider, linked, people):
    device = add_device()
    user_id = linked("chen", DoorKind.OIDC, "u-1001")
    visitor = browser.stranger
    asked = visitor.get(gone_and_back(visitor, DOOR), follow=True)
    form = asked.form("/login/code").filled({"code": device.now()})
    with transaction():
        identities.unlink(SYSTEM, user_id, identities.identities_of(user_id)[0].id)

    page = visitor.send("/login/code", **form)

    assert "登录已超时" in page.text
    assert sessions() == []


@pytest.mark.both
def test_a_code_links_too_and_one_just_signed_in_is_asked_all_the_same(browser, provider, people):
    device = add_device()
    visitor = browser.stranger
    visitor.post("/login", username="chen", password=PASSWORD)
    visitor.post("/login/code", code=device.codes[0])
    visitor.get(gone_and_back(visitor, LINK), follow=True)
    assert visitor.post(CONFIRM, 422, proof="").error("proof")
    assert visitor.post(CONFIRM, 422, proof=device.codes[0]).error("proof")
    assert identities.identities_of(people.chen.id) == []

    visitor.post(CONFIRM, proof=device.now())

    assert len(identities.identities_of(people.chen.id)) == 1
    told = db.session.scalars(select(Event.action).order_by(Event.id)).all()
    assert told[-3:] == ["proof_failed", "prove_again", "link_identity"]


def test_the_age_of_a_password_is_nothing_to_who_came_without_it(
    app, browser, provider, linked, monkeypatch
):
    linked("chen", DoorKind.OIDC, "u-1001")
    with_settings(app, monkeypatch, password_days=90)
    with transaction():
        old = clock.real_now() - timedelta(days=91)
        db.session.execute(update(User).values(password_changed_at=old))
    outside, typed = browser.stranger, browser.stranger
    outside.get(gone_and_back(outside, DOOR), 302)
    typed.post("/login", username="chen", password=PASSWORD)

    assert outside.get("/account").heading == "我的账号"
    assert typed.get("/account", 302).location == "/account/password?next=/account"


def test_a_link_made_by_another_is_told_at_the_next_sign_in(browser, provider, linked, people):
    browser.stranger.post("/login", username="chen", password=PASSWORD)
    linked("chen", DoorKind.OIDC, "u-1001")

    page = browser.stranger.post("/login", username="chen", password=PASSWORD)

    assert "账号有变动" in page.text
    assert "关联外部身份" in page.text


def test_a_right_password_counts_as_no_failure_while_the_code_is_due(browser, people):
    device = add_device()
    visitor = browser.stranger
    visitor.post("/login", 422, username="chen", password="wrong")
    for _ in range(tries.FREE_TRIES):
        visitor = browser.stranger
        visitor.post("/login", username="chen", password=PASSWORD)
    assert failures() == 1, "the account is not open yet"

    visitor.post("/login/code", code=device.now())

    assert failures() == 0
    assert db.session.scalars(select(SignIn.door)).all() == [""]


def test_an_account_set_free_leaves_the_count_of_the_address(app, people):
    with transaction():
        for _ in range(tries.FREE_TRIES):
            tries.note_try("chen", "203.0.113.9")
    assert [one.name for one in proof_tries.locked_out()] == ["chen"]

    with transaction():
        proof_tries.unlock(people.secadmin, people.chen.id)

    assert proof_tries.locked_out() == []
    tries.refuse_if_too_many("chen", "203.0.113.9", tries.FREE_TRIES + 1)
    with pytest.raises(tries.TooManyFromHere):
        tries.refuse_if_too_many("chen", "203.0.113.9", tries.FREE_TRIES)
