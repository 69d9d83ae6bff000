"""Signing in by OpenID Connect, against a provider that really listens and may lie."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from coming_back import gone_and_back, sessions
from oidc_provider import CLIENT, a_key

from auth import identities
from auth.doors import oidc
from auth.models import User
from extensions import db, transaction
from issues.vocabulary import DoorKind

DOOR = "/login/doors/oidc"


@pytest.fixture
def chen(provider, linked):
    linked("chen", DoorKind.OIDC, "u-1001")
    return provider


def refused(visitor, url, expect=403):
    page = visitor.get(url, expect)
    assert page.heading == "登录"
    assert sessions() == []
    return page


@pytest.mark.both
def test_a_linked_person_signs_in_and_lands_where_they_wanted(browser, chen):
    visitor = browser.stranger
    shown = visitor.get("/login", next="/account")
    assert "统一身份认证登录" in shown.text
    back = gone_and_back(visitor, DOOR, next="/account")

    page = visitor.get(back, follow=True)

    assert page.heading == "我的账号"
    assert sessions() == [("chen", "oidc")]


def test_no_button_and_no_door_where_none_is_set(browser):
    assert "统一身份认证" not in browser.stranger.get("/login").text
    for door in ("oidc", "cas", "ldap", "nothing"):
        browser.stranger.get(f"/login/doors/{door}", 404)
    browser.stranger.get("/login/doors/oidc/back", 404)


def test_the_request_carries_state_nonce_and_the_challenge(browser, chen):
    asked = parse_qs(urlsplit(browser.stranger.get(DOOR, 302).location).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"][0].endswith("/login/doors/oidc/back")
    again = parse_qs(urlsplit(browser.stranger.get(DOOR, 302).location).query)
    assert again["state"] != asked["state"]


def test_nothing_of_the_session_before_lives_on(browser, chen, people):
    visitor = browser.stranger
    back = gone_and_back(visitor, DOOR)
    before = visitor.client.get_cookie("session").value
    visitor.get(back, 302)

    assert visitor.client.get_cookie("session").value != before
    with visitor.client.session_transaction() as held:
        assert set(held) == {"sign_in", "by", "csrf_token"}
        assert held["csrf_token"].startswith(f"{people.chen.id}-"), "drawn for who came in"


LIES = {
    "nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "issuer": {"claims": {"iss": "https://other.example.org"}},
    "audience": {"claims": {"aud": "another-client"}},
    "two audiences": {"claims": {"aud": [CLIENT, "another"]}},
    "authorised party": {"claims": {"azp": "another-client"}},
    "expired": {"claims": {"exp": int(time.time()) - 3600}},
    "no end": {"claims": {"exp": None}},
    "not yet": {"claims": {"nbf": int(time.time()) + 3600}},
    "no subject": {"claims": {"sub": None}},
    "subject of no text": {"claims": {"sub": 1001}},
    "unsigned": {"header": {"alg": "none"}},
    "signed by the public key": {"header": {"alg": "HS256"}},
    "another algorithm": {"header": {"alg": "PS256"}},
    "another key": {"signing": a_key("first-forged"), "header": {"kid": "first"}},
    "a key nobody knows": {"signing": a_key("second")},
}


def answers_to(browser, provider, monkeypatch, lies):
    """The status of coming back with each lie."""
    found = {}
    for lie in lies:
        with monkeypatch.context() as lying:
            for name, value in LIES[lie].items():
                lying.setattr(provider, name, value)
            visitor = browser.stranger
            back = gone_and_back(visitor, DOOR)
            found[lie] = visitor.client.get(back).status_code
    return found


def test_an_id_token_that_does_not_hold_opens_nothing(browser, chen, monkeypatch):
    assert answers_to(browser, chen, monkeypatch, LIES) == dict.fromkeys(LIES, 403)
    assert sessions() == []


def test_the_checks_of_claims_are_what_refuses(browser, chen, monkeypatch):
    """The control: without them the same lies open the account, with them the truth does."""
    visitor = browser.stranger
    visitor.get(gone_and_back(visitor, DOOR), 302)
    monkeypatch.setattr(oidc.CodeIDToken, "validate", lambda *_given, **_named: None)
    lies = ["nonce", "no nonce", "issuer", "audience", "two audiences", "expired", "no end"]

    assert answers_to(browser, chen, monkeypatch, lies) == dict.fromkeys(lies, 302)


def test_the_one_algorithm_is_what_refuses_a_public_key_as_a_secret(browser, chen, monkeypatch):
    """The control: who takes whatever algorithm the token names is let in by it."""
    monkeypatch.setattr(oidc, "SIGNED_BY", ("RS256", "PS256"))

    found = answers_to(browser, chen, monkeypatch, ["another algorithm", "unsigned"])

    assert found == {"another algorithm": 302, "unsigned": 403}


def test_a_key_that_the_provider_changed_is_asked_for_again(browser, chen, monkeypatch):
    first = browser.stranger
    first.get(gone_and_back(first, DOOR), 302)
    chen.signing, chen.published = a_key("second"), [a_key("second")]
    monkeypatch.setattr(oidc, "ASKED_AGAIN_SECONDS", 0.0)

    second = browser.stranger
    second.get(gone_and_back(second, DOOR), 302)

    assert sessions() == [("chen", "oidc")] * 2
    assert [path for _, path in chen.asked].count("/jwks") == 2


def test_who_comes_back_with_another_state_or_from_another_browser_is_nobody(browser, chen):
    visitor = browser.stranger
    back = gone_and_back(visitor, DOOR)
    refused(browser.stranger, back)
    forged = back.replace("state=", "state=x")
    refused(visitor, forged)
    refused(visitor, back)  # the state was for one return, whatever it brought


@pytest.mark.both
def test_a_code_is_taken_once_even_by_a_forgetful_provider(browser, chen):
    chen.is_forgetful = True
    visitor = browser.stranger
    back = gone_and_back(visitor, DOOR)
    kept = visitor.client.get_cookie("session").value
    visitor.get(back, 302)
    thief = browser.stranger
    thief.client.set_cookie("session", kept)

    thief.get(back, 403)

    assert sessions() == [("chen", "oidc")]


def test_only_the_memory_of_proofs_stops_the_forgetful_provider(browser, chen, monkeypatch):
    """The control to the test before."""
    monkeypatch.setattr(identities, "spend", lambda _who: None)
    chen.is_forgetful = True
    visitor, thief = browser.stranger, browser.stranger
    back = gone_and_back(visitor, DOOR)
    thief.client.set_cookie("session", visitor.client.get_cookie("session").value)
    visitor.get(back, 302)
    thief.get(back, 302)


def test_a_code_that_was_used_over_there_opens_nothing(browser, chen):
    visitor = browser.stranger
    back = gone_and_back(visitor, DOOR)
    chen.codes.clear()

    refused(visitor, back)


def test_the_verifier_binds_the_code_to_the_browser_that_asked(browser, chen):
    victim, thief = browser.stranger, browser.stranger
    stolen = parse_qs(urlsplit(gone_and_back(victim, DOOR)).query)["code"][0]
    own = gone_and_back(thief, DOOR)
    code = parse_qs(urlsplit(own).query)["code"][0]

    refused(thief, own.replace(code, stolen))


def test_nobody_is_sent_to_another_site_afterwards(browser, chen):
    for elsewhere in ("https://example.org/", "//example.org", "/\\example.org", "javascript:a"):
        visitor = browser.stranger
        sent = visitor.get(gone_and_back(visitor, DOOR, next=elsewhere), 302)
        assert sent.location.startswith("/")
        assert "example" not in sent.location


def test_an_unknown_identity_is_told_whom_to_ask_and_makes_no_account(browser, provider):
    """Though it bears the very name of an account."""
    provider.claims = {"preferred_username": "chen", "email": "chen@example.org", "name": "chen"}
    before = db.session.query(User).count()
    visitor = browser.stranger

    page = refused(visitor, gone_and_back(visitor, DOOR))

    assert "u-1001" in page.text
    assert "系统管理员" in page.text
    assert db.session.query(User).count() == before


def test_a_disabled_account_stays_closed_and_opens_again(browser, chen):
    for is_active, expect in ((False, 403), (True, 302)):
        with transaction():
            db.session.query(User).filter_by(name="chen").update({"is_active": is_active})
        visitor = browser.stranger
        page = visitor.get(gone_and_back(visitor, DOOR), expect)
        assert ("已停用" in page.text) is not is_active


def test_no_address_but_the_issuer_s_own_is_called(browser, chen, monkeypatch):
    """Without an answer to be believed nobody is sent anywhere."""
    for name in ("authorization_endpoint", "issuer"):
        for told in (
            "http://127.0.0.1:1/x",
            "https://elsewhere.example.org",
            None,
            7,
            f"{chen.url}/x\r\nSet-Cookie: a=b",
            f"{chen.url}@elsewhere.example.org/",
        ):
            chen.metadata = {name: told}
            chen.renew()
            browser.stranger.get(DOOR, 503)
    for name in ("token_endpoint", "jwks_uri"):
        for told in ("http://127.0.0.1:1/x", "https://elsewhere.example.org", None):
            chen.metadata = {name: told}
            chen.renew()
            visitor = browser.stranger
            refused(visitor, gone_and_back(visitor, DOOR), 503)


def test_a_provider_that_fails_is_not_asked_by_each_who_waits(browser, chen, monkeypatch):
    monkeypatch.setattr(chen, "_discovery", lambda: (500, {}, b""))
    chen.renew()
    for _ in range(3):
        browser.stranger.get(DOOR, 503)
    assert len(chen.asked) == 1

    monkeypatch.setattr(oidc, "FAILED_SECONDS", 0.0)
    browser.stranger.get(DOOR, 503)
    assert len(chen.asked) == 2


def test_the_way_out_leads_through_the_provider(browser, chen):
    visitor = browser.stranger
    visitor.get(gone_and_back(visitor, DOOR), 302)
    page = visitor.post("/logout", via="/account")

    assert page.heading == "已退出登录"
    refresh = page.answer.headers["Refresh"]
    assert refresh.startswith(f"2; url={chen.url}/logout?client_id={CLIENT}")
    assert "id_token" not in refresh
    visitor.get("/account", 302)
    visitor.get("/login/left", 302)
