"""Linking an account with who its person is outside: by oneself, by administrators, at once."""

import threading
from datetime import timedelta

import pytest
from coming_back import gone_and_back, sessions
from people import PASSWORD, with_settings
from sqlalchemy import select

from auth import identities
from auth.doors.door import Proven
from auth.models import OutsideIdentity, SignIn
from extensions import db, transaction
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import Event
from issues.vocabulary import DoorKind, Role

DOOR, LINK, CONFIRM = "/login/doors/oidc", "/account/identities/oidc", "/account/identities/confirm"


def live():
    rows = select(OutsideIdentity).where(OutsideIdentity.ended_at.is_(None))
    return [(row.user_id, row.subject) for row in db.session.scalars(rows)]


def acts(user_id):
    rows = select(Event.action).where(Event.subject == "account", Event.subject_id == user_id)
    return [act for act in db.session.scalars(rows.order_by(Event.seq)) if "identity" in act]


@pytest.mark.both
def test_a_person_links_themselves_once_the_password_is_typed_again(browser, provider, people):
    visitor = browser.as_("chen")
    assert LINK in visitor.get("/account").links
    page = visitor.get(gone_and_back(visitor, LINK), follow=True)
    assert page.heading == "关联统一身份认证"
    assert "u-1001" in page.text
    assert "@chen" in page.text
    assert live() == [], "coming back links nothing"
    assert "不正确" in visitor.post(CONFIRM, 422, proof="wrong").error("proof")
    assert live() == []

    page = visitor.post(CONFIRM, proof=PASSWORD)

    assert "u-1001" in page.text
    assert live() == [(people.chen.id, "u-1001")]
    visitor.post(CONFIRM, 409, proof=PASSWORD)
    other = browser.stranger
    other.get(gone_and_back(other, DOOR), 302)
    assert sessions()[-1] == ("chen", "oidc")
    assert acts(people.chen.id) == ["link_identity"]


def test_what_was_proven_in_one_session_links_nothing_in_another(browser, provider):
    """Nor does a return that another browser, or somebody else's, began."""
    chen, wu = browser.as_("chen"), browser.as_("wu")
    back = gone_and_back(chen, LINK)
    wu.get(back, 403)
    chen.post("/logout", via="/account")
    chen.post("/login", username="chen", password=PASSWORD)
    chen.get(back, 403)
    chen.get(CONFIRM, 409)
    proof = gone_and_back(chen, LINK)
    chen.get(proof, 302)
    with chen.client.session_transaction() as held:
        kept = held["linking"]
    with wu.client.session_transaction() as held:
        held["linking"] = kept
    wu.get(CONFIRM, 409)
    wu.post(CONFIRM, 409, proof=PASSWORD)

    assert live() == []


def test_of_two_who_link_one_identity_at_once_one_does(app, people):
    """The database decides: what each saw before was free."""
    who = Proven(DoorKind.OIDC, "https://id.example.org", "u-1")
    persons, starting, told = [people.chen, people.wu], threading.Barrier(2), []
    db.session.rollback()

    def link(person):
        with app.app_context():
            starting.wait()
            try:
                with transaction():
                    identities.link_own(person, who)
                told.append("linked")
            except WrongStatus as refusal:
                told.append(refusal.sentence)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=link, args=(person,)) for person in persons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == sorted(["linked", identities.TAKEN])
    assert len(live()) == 1


def test_an_identity_that_is_linked_is_nobody_else_s(browser, provider, linked):
    linked("wu", DoorKind.OIDC, "u-1001")
    visitor = browser.as_("chen")
    visitor.get(gone_and_back(visitor, LINK), follow=True)

    page = visitor.post(CONFIRM, 409, proof=PASSWORD)

    assert "已关联其他账号" in page.text
    assert len(live()) == 1


def test_an_account_has_one_identity_of_a_kind_at_a_time(people):
    who = [Proven(DoorKind.OIDC, "https://id.example.org", subject) for subject in ("u-1", "u-2")]
    with transaction():
        identities.link_own(people.chen, who[0])
    with pytest.raises(WrongStatus), transaction():
        identities.link_own(people.chen, who[1])
    with transaction():
        identities.link_own(people.chen, Proven(DoorKind.CAS, "https://cas.example.org", "u-2"))
        identities.unlink(
            people.chen, people.chen.id, identities.identities_of(people.chen.id)[0].id
        )
        identities.link_own(people.chen, who[1])

    assert [subject for _, subject in live()] == ["u-2", "u-2"]


def test_an_administrator_s_link_waits_for_the_other_administrator(browser, provider, people):
    chen = people.chen.id
    access = f"/admin/accounts/{chen}/access"
    assert access in browser.as_("sysadmin").get(f"/admin/accounts/{chen}").links
    page = browser.as_("sysadmin").post(
        f"/admin/accounts/{chen}/access/identities", via=access, door="oidc", subject="u-1001"
    )
    assert "待安全管理员确认" in page.text
    visitor = browser.stranger
    assert "尚待安全管理员确认" in visitor.get(gone_and_back(visitor, DOOR), 403).text

    assert "@chen" in browser.as_("secadmin").get("/admin/grants").text
    (identity,) = db.session.scalars(select(OutsideIdentity.id)).all()
    confirm = f"/admin/grants/{chen}/identities/{identity}/confirm"
    browser.as_("sysadmin").post(confirm, 403, via="/account")
    browser.as_("secadmin").post(confirm, via=f"/admin/grants/{chen}")

    visitor.get(gone_and_back(visitor, DOOR), 302)
    assert acts(chen) == ["link_identity", "confirm_identity"]


def test_who_links_an_identity_of_another_proves_again_who_they_are(
    app, browser, provider, people, monkeypatch
):
    """Both of the two: an open browser of either lets nobody in."""
    with_settings(app, monkeypatch, proof_minutes=10)
    chen = people.chen.id
    access, grants = f"/admin/accounts/{chen}/access", f"/admin/grants/{chen}"
    browser.as_("sysadmin"), browser.as_("secadmin")
    with transaction():
        for row in db.session.scalars(select(SignIn)):
            row.started_at -= timedelta(minutes=11)
    url, named = f"{access}/identities", {"door": "oidc", "subject": "u-1001"}
    page = browser.as_("sysadmin").post(url, 403, via=access, **named)
    assert live() == []
    browser.as_("sysadmin").send(url, **page.form(url).filled({"proof": PASSWORD}))
    ((_, subject),) = live()
    (row,) = db.session.scalars(select(OutsideIdentity.id)).all()
    confirm = f"{grants}/identities/{row}/confirm"
    page = browser.as_("secadmin").post(confirm, 403, via=grants)
    assert db.session.get(OutsideIdentity, row).confirmed_at is None
    browser.as_("secadmin").send(confirm, **page.form(confirm).filled({"proof": PASSWORD}))

    assert subject == "u-1001"
    assert db.session.get(OutsideIdentity, row).confirmed_at is not None


def test_linking_oneself_asks_however_fresh_the_last_proof(browser, provider, monkeypatch):
    visitor = browser.as_("chen")
    visitor.get(gone_and_back(visitor, LINK), follow=True)
    visitor.post(CONFIRM, 422, proof="")
    assert live() == []
    monkeypatch.setattr("issues.web.account.proof.take", lambda *_: None)
    visitor.post(CONFIRM, proof="anything")

    assert len(live()) == 1, "without the guard it is linked: the test sees the guard"


def test_no_administrator_links_an_administrator_or_confirms_alone(browser, provider, people):
    for name in ("secadmin", "auditor"):
        with pytest.raises(NotAllowed), transaction():
            identities.link_for(people.sysadmin, people[name].id, DoorKind.OIDC, "i", "s")
    with pytest.raises(NotAllowed), transaction():
        identities.link_for(people.sysadmin, people.sysadmin.id, DoorKind.OIDC, "i", "s")
    for person in people:
        if not person.has(Role.SYSADMIN):
            with pytest.raises(NotAllowed), transaction():
                identities.link_for(person, people.chen.id, DoorKind.OIDC, "i", "s")
    with transaction():
        identities.link_for(people.sysadmin, people.chen.id, DoorKind.OIDC, "i", "s")
    (row,) = db.session.scalars(select(OutsideIdentity.id)).all()
    for person in people:
        if not person.has(Role.SECADMIN):
            with pytest.raises(NotAllowed), transaction():
                identities.confirm(person, people.chen.id, row)


def test_a_malformed_number_is_told_at_its_field(browser, provider, people):
    access = f"/admin/accounts/{people.chen.id}/access"
    url = f"/admin/accounts/{people.chen.id}/access/identities"
    page = browser.as_("sysadmin").post(url, 422, via=access, door="oidc", subject="")

    assert page.error("subject") == "请填写编号。"
    assert live() == []


def test_who_unlinks_is_out_where_the_identity_had_let_them_in(browser, provider, linked):
    linked("chen", DoorKind.OIDC, "u-1001")
    outside, here = browser.stranger, browser.as_("chen")
    outside.get(gone_and_back(outside, DOOR), 302)
    outside.get("/account")
    (row,) = db.session.scalars(select(OutsideIdentity.id)).all()
    browser.as_("wu").post(f"/account/identities/{row}/end", 404, via="/account")

    page = here.post(f"/account/identities/{row}/end", via="/account")

    assert "已解除关联" in page.text
    outside.get("/account", 302)
    outside.get(gone_and_back(outside, DOOR), 403)
    linked("chen", DoorKind.OIDC, "u-1001")
    assert len(live()) == 1


def run(app, *words):
    return app.test_cli_runner().invoke(args=["users", *words])


def test_the_command_line_links_and_unlinks_at_once(app, browser, provider):
    for words in (("nobody", "u-1001"), ("chen", "")):
        assert run(app, "link", words[0], "--door", "oidc", "--subject", words[1]).exit_code == 1
    assert run(app, "link", "chen", "--door", "cas", "--subject", "x").exit_code == 1
    assert run(app, "link", "chen", "--door", "oidc", "--subject", "u-1001").exit_code == 0
    visitor = browser.stranger
    visitor.get(gone_and_back(visitor, DOOR), 302)
    assert run(app, "unlink", "chen", "--door", "oidc").exit_code == 0
    assert run(app, "unlink", "chen", "--door", "oidc").exit_code == 1

    visitor.get("/account", 302)
