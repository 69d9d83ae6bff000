"""Who may open a view: deny by default, sessions, tokens, forged requests, acts sent twice."""

import threading

import pytest
from flask import redirect, request
from planted import planted
from sqlalchemy import func, select

from auth import changing, people as acts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit, once
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Event, OnceKey
from issues.rights.table import Right
from issues.vocabulary import Role, Subject, WallAct
from issues.web.door.guards import acting, actor, public, requires, signed_in


def undeclared():
    return "open to all"


def test_a_view_that_declares_nothing_is_refused_to_everybody(place, app):
    with planted(place, ("/forgotten", ["GET"], undeclared)) as visitor:
        visitor().get("/forgotten", 403)
        visitor("sun").get("/forgotten", 403)


@public
def said_to_be_public():
    return "open to all"


def test_a_view_that_says_public_but_is_not_on_the_list_is_refused(place, app):
    with planted(place, ("/sly", ["GET"], said_to_be_public)) as visitor:
        visitor("sun").get("/sly", 403)


@requires(Right.ACCOUNTS)
def held():
    return "accounts"


def test_a_view_that_requires_a_right_opens_to_who_holds_it(place, app):
    with planted(place, ("/held", ["GET"], held)) as visitor:
        visitor("sysadmin").get("/held")
        page = visitor("sun").get("/held", 403)

    assert page.heading == "没有权限"


def test_a_right_taken_away_is_gone_with_the_next_request(place, app, people):
    with planted(place, ("/held", ["GET"], held)) as visitor:
        visitor("wu").get("/held", 403)
        with transaction():
            acts.revoke(people.secadmin, people.wu.id, Role.REPORTER)
            acts.grant(SYSTEM, people.wu.id, Role.SYSADMIN)
        second = visitor("wu")
        second.get("/held")
        with transaction():
            acts.revoke(people.secadmin, people.wu.id, Role.SYSADMIN)
        assert second.get("/held", 302).location.startswith("/login")
        visitor("wu").get("/held", 403)


def test_knowing_the_person_takes_one_statement(browser):
    page = browser.as_("chen").get("/account/password")

    assert len([sql for sql in page.statements if "account.name" in sql]) == 1


@signed_in
def change():
    return "changed"


def test_a_form_without_its_token_is_refused(place, app):
    with planted(place, ("/change", ["POST"], change)) as visitor:
        chen = visitor("chen")
        page = chen.send("/change", 400)
        assert "表单已失效" in page.text
        chen.send("/change", 400, csrf_token="forged")
        chen.send("/change", **chen.bare({}))


def test_the_token_of_one_session_is_no_token_of_another(place, app):
    with planted(place, ("/change", ["POST"], change)) as visitor:
        taken = visitor("wu").bare({})

        visitor("chen").send("/change", 400, **taken)


def test_a_form_that_another_site_sends_is_refused(place, app):
    with planted(place, ("/change", ["POST"], change)) as visitor:
        chen = visitor("chen")
        for origin in ("https://example.org", "null", "http://localhost.example.org"):
            chen.send("/change", 403, headers={"Origin": origin}, **chen.bare({}))
        chen.send("/change", headers={"Origin": "http://localhost"}, **chen.bare({}))


def test_a_token_acts_as_its_account_and_needs_no_form_token(place, app, people):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id)
    bearer = {"Authorization": f"Bearer {secret}"}
    who = ("/api/v1/who", ["GET", "POST"], signed_in(lambda: actor().name))
    with planted(place, who) as visitor:
        assert visitor().get("/api/v1/who", headers=bearer).html == "chen"
        assert visitor().send("/api/v1/who", headers=bearer).html == "chen"
        assert visitor("sun").get("/api/v1/who", headers=bearer).html == "chen"
        wrong = visitor("sun").get("/api/v1/who", 401, headers={"Authorization": "Bearer x"})
        visitor("sun").send("/api/v1/who", 400)

    assert wrong.answer.mimetype == "application/problem+json"
    assert wrong.answer.headers["WWW-Authenticate"] == "Bearer"
    assert {"type", "title", "status", "detail", "errors"} <= wrong.json.keys()


def test_a_password_for_once_opens_nothing_but_its_change(place, app, browser, people):
    with transaction():
        _, password = changing.reset_password(SYSTEM, people.chen.id)
        token = acts.issue_token(SYSTEM, people.chen.id)
    visitor = browser.stranger
    visitor.post("/login", username="chen", password=password, follow=False, expect=302)

    assert visitor.get("/account", 302).location == "/account/password?next=/account"
    with planted(place, ("/api/v1/who", ["GET"], signed_in(lambda: actor().name))) as another:
        another().get("/api/v1/who", headers={"Authorization": f"Bearer {token}"})
    page = visitor.post(
        "/account/password", current=password, new="Tian-Qing-77", again="Tian-Qing-77"
    )
    assert page.heading == "我的工作"


def test_who_must_change_the_password_goes_on_where_they_wanted_to(browser, people):
    """The page asked for, one of this site alone; who changes it unasked stays with the account."""

    def change(current, new, after):
        said = {"current": current, "new": new, "again": new, "next": after}
        form = visitor.get("/account/password").form("/account/password").drawn()
        return visitor.send("/account/password", **form | said)

    with transaction():
        _, password = changing.reset_password(SYSTEM, people.chen.id)
    visitor = browser.stranger
    visitor.post("/login", username="chen", password=password, follow=False, expect=302)
    page = visitor.get("/issues?status=closed", follow=True)
    wanted = page.form("/account/password").drawn()["next"]
    assert wanted == "/issues?status=closed"

    assert change(password, "Tian-Qing-77", wanted).url == wanted
    assert change("Tian-Qing-77", "Tian-Qing-78", wanted).heading == "我的账号"
    with transaction():
        _, password = changing.reset_password(SYSTEM, people.chen.id)
    visitor = browser.stranger
    visitor.post("/login", username="chen", password=password, follow=False, expect=302)
    assert change(password, "Tian-Qing-79", "//far.example/").url == "/"


def draw(refusal, number):
    return f"{number} {request.form['word']} {refusal.errors}"


@signed_in
@acting(draw)
def say(number):
    if request.form["word"] == "wrong":
        raise Incomplete({"word": ["写错了。"]})
    people_say()
    if request.form["word"] == "break":
        raise RuntimeError
    return redirect("/account?said=1")


def people_say():
    audit.record(Subject.WALL, 1, WallAct.OPEN, actor(), at=clock.now())


SAY = ("/say/<int:number>", ["POST"], say)


def said():
    return db.session.scalar(select(func.count()).where(Event.subject == Subject.WALL.value))


@pytest.mark.both
def test_a_form_sent_twice_has_one_effect_and_one_answer(place, app):
    with planted(place, SAY) as visitor:
        chen = visitor("chen")
        form = chen.bare({"word": "yes", "once": once.new_key()})
        first = chen.send("/say/1", 302, follow=False, **form)
        second = chen.send("/say/1", 302, follow=False, **form)

    assert first.location == second.location == "/account?said=1"
    assert said() == 1


@pytest.mark.both
def test_forms_sent_at_the_same_moment_have_one_effect(place, app):
    answers = []
    with planted(place, SAY) as visitor:
        chen = visitor("chen")
        form = chen.bare({"word": "yes", "once": once.new_key()})
        cookie = chen.client.get_cookie("session").value
        db.session.rollback()

        def send():
            client = chen.app.test_client()
            client.set_cookie("session", cookie)
            answers.append(client.post("/say/1", data=form).status_code)

        senders = [threading.Thread(target=send) for _ in range(8)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

    assert answers == [302] * 8
    assert said() == 1


@pytest.mark.both
def test_a_refused_form_is_drawn_again_and_its_key_stays_good(place, app):
    with planted(place, SAY) as visitor:
        chen = visitor("chen")
        form = chen.bare({"once": once.new_key()})
        refused = chen.send("/say/7", 422, **form | {"word": "wrong"})
        assert refused.html == "7 wrong {'word': ['写错了。']}"
        chen.send("/say/7", 500, **form | {"word": "break"})
        assert said() == 0

        chen.send("/say/7", 302, follow=False, **form | {"word": "right"})

    assert said() == 1


def test_one_key_is_not_good_for_another_form(place, app):
    with planted(place, SAY) as visitor:
        chen = visitor("chen")
        form = chen.bare({"once": once.new_key()})
        chen.send("/say/1", 302, follow=False, **form | {"word": "yes"})
        chen.send("/say/1", 422, **form | {"word": "no"})
        chen.send("/say/2", 422, **form | {"word": "yes"})
        wu = visitor("wu")
        wu.send("/say/2", 302, follow=False, **wu.bare({"once": form["once"], "word": "yes"}))

    assert said() == 2


def test_keys_are_forgotten_after_a_day(place, app, people):
    with transaction():
        assert once.replay(people.chen.id, "k", "one") is None
        once.remember(people.chen.id, "k", 302, "/first")
    with transaction():
        assert once.replay(people.chen.id, "k", "one") == once.Answer(302, "/first")
        db.session.get(OnceKey, (people.chen.id, "k")).at -= once.LIFE
    with transaction():
        assert once.replay(people.chen.id, "k", "another") is None
    with transaction():
        assert once.forget_old() == 0
        db.session.get(OnceKey, (people.chen.id, "k")).at -= once.LIFE
    with transaction():
        assert once.forget_old() == 1


def test_ids_no_database_can_hold_and_zero_bytes_are_not_found(browser):
    keeper = browser.as_("sysadmin")

    for url in (f"/admin/accounts/{2**31}", "/admin/accounts/0", "/admin/accounts/1%00"):
        keeper.get(url, 404)
    keeper.get("/admin/accounts?q=%00", 404)
