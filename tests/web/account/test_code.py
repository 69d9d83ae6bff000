"""The second step of signing in, and for whom the second factor is asked."""

import threading
from datetime import timedelta

import pytest
from people import PASSWORD, add_device, with_settings
from sqlalchemy import select, update

from auth import changing, people as acts
from auth.actor import SYSTEM
from auth.models import SignIn, User
from auth.proofs import proof_tries
from auth.proofs.models import ProofTry
from extensions import db, transaction
from issues.evidence import clearances
from issues.ground import clock
from issues.models import Event
from issues.vocabulary import Role, Status


def half_way(browser, name="chen", after=None):
    visitor = browser.stranger
    page = visitor.post(f"/login?next={after}" if after else "/login", username=name,
                        password=PASSWORD)  # fmt: skip
    return visitor, page


@pytest.mark.both
def test_a_password_alone_opens_nothing_where_a_device_is(browser, people):
    device = add_device()
    visitor, page = half_way(browser, after="/account/password")
    assert page.heading == "请填写动态口令"
    assert visitor.get("/account", 302).location.startswith("/login")
    assert db.session.scalars(select(SignIn)).all() == []

    wrong = visitor.post("/login/code", 422, code="000000" if device.now() != "000000" else "1" * 6)
    assert "动态口令不正确" in wrong.error("code")
    code = device.now()
    assert visitor.post("/login/code", code=code).heading == "修改密码"
    second, _ = half_way(browser)
    second.post("/login/code", 422, code=code)
    page = second.post("/login/code", code=device.codes[0])
    assert page.status == 200
    acts_told = db.session.scalars(select(Event.action).order_by(Event.id)).all()
    assert acts_told == [
        "set_factor", "proof_failed", "sign_in", "proof_failed", "use_recovery_code", "sign_in",
    ]  # fmt: skip


def test_a_recovery_code_used_is_told_to_its_owner(browser, people):
    device = add_device()
    visitor, _ = half_way(browser)
    visitor.post("/login/code", code=device.now())
    page = visitor.get("/account")
    assert "恢复码还有 10 个" in page.text
    second, _ = half_way(browser)
    second.post("/login/code", code=device.codes[0])
    assert "恢复码还有 9 个" in second.get("/account").text
    assert "使用恢复码" in second.get("/account").text


@pytest.mark.parametrize("ended", ["time", "password", "disabled"])
def test_between_the_steps_nothing_old_is_good(browser, people, monkeypatch, ended):
    device = add_device()
    visitor, asked = half_way(browser)
    form = asked.form("/login/code").filled({"code": device.codes[0]})
    if ended == "time":
        late = clock.real_now() + timedelta(minutes=6)
        monkeypatch.setattr(clock, "real_now", lambda: late)
    with transaction():
        if ended == "password":
            changing.once_password(db.session.get(User, people.chen.id))
        elif ended == "disabled":
            acts.disable(people.sysadmin, people.chen.id)
    page = visitor.send("/login/code", **form)

    assert page.heading == "登录"
    assert "登录已超时" in page.text
    assert db.session.scalars(select(SignIn)).all() == []


@pytest.mark.both
def test_parallel_guesses_of_a_code_are_judged_no_more_often_than_allowed(
    app, browser, monkeypatch
):
    add_device()
    visitor, page = half_way(browser)
    form = page.form("/login/code").drawn() | {"code": "not a code"}
    cookie = visitor.client.get_cookie("session").value
    judged, answers = [], []
    real = proof_tries.refuse_too_many
    monkeypatch.setattr(
        proof_tries, "refuse_too_many", lambda attempt: real(attempt) or judged.append(attempt)
    )
    db.session.rollback()

    def guess():
        client = app.test_client()
        client.set_cookie("session", cookie)
        answers.append(client.post("/login/code", data=form).status_code)

    guessers = [threading.Thread(target=guess) for _ in range(20)]
    for one in guessers:
        one.start()
    for one in guessers:
        one.join()

    assert len(answers) == 20
    assert set(answers) <= {422, 429}
    assert len(judged) <= 5


def test_five_wrong_codes_rest_the_account_and_another_administrator_wakes_it(browser, people):
    device = add_device("auditor")
    visitor, _ = half_way(browser, "auditor")
    for _ in range(5):
        visitor.post("/login/code", 422, code="not a code")
    page = visitor.post("/login/code", 429, code=device.codes[0])
    assert "暂停验证" in page.text
    assert int(page.answer.headers["Retry-After"]) > 0
    shown = browser.as_("secadmin").get("/admin/reviews")
    assert "@auditor" in shown.text
    url = f"/admin/reviews/unlock/{people.auditor.id}"
    browser.as_("sun").post(url, 403)
    browser.as_("secadmin").post(url, via="/admin/reviews")

    visitor.post("/login/code", code=device.codes[0])
    assert db.session.scalars(select(ProofTry)).all() == []


def test_without_the_count_a_guesser_goes_on(browser, monkeypatch):
    add_device()
    visitor, _ = half_way(browser)
    monkeypatch.setattr(proof_tries, "refuse_too_many", lambda _attempt: None)
    for _ in range(7):
        visitor.post("/login/code", 422, code="not a code")


def test_the_example_asks_nobody_who_has_no_device(browser):
    for name in ("sysadmin", "zhou", "zhao", "chen"):
        assert browser.as_(name).get("/account").heading == "我的账号"


@pytest.mark.parametrize(
    ("name", "setting", "is_asked"),
    [
        ("sysadmin", "roles", True), ("secadmin", "roles", True), ("auditor", "roles", True),
        ("zhou", "roles", True), ("zhao", "roles", True), ("sun", "roles", False),
        ("chen", "roles", False), ("chen", "all", True), ("sysadmin", "off", False),
    ],
)  # fmt: skip
def test_the_setting_says_who_must_have_a_device(
    app, browser, monkeypatch, name, setting, is_asked
):
    with_settings(app, monkeypatch, second_factor=setting)
    visitor = browser.as_(name)
    for url in ("/account", "/admin"):
        asked = visitor.get(url, 302 if is_asked or url == "/admin" else 200)
        assert (asked.location == "/account/factor") is is_asked
    page = visitor.get("/account/factor")
    assert ("必须启用" in page.text) is is_asked
    assert visitor.get("/account/password").heading == "修改密码"


def test_who_is_cleared_must_have_a_device_from_then_on(
    app, browser, people, make_issue, monkeypatch
):
    with_settings(app, monkeypatch, second_factor="roles")
    issue = make_issue(Status.ASSIGNED)
    visitor = browser.as_("lin")
    visitor.get("/account")
    with transaction():
        lin = db.session.get(User, people.lin.id)
        clearances.grant(issue, people.zhou, lin, "核实", clock.today(), clock.now())

    assert visitor.get("/account", 302).location == "/account/factor"


def test_the_wall_is_no_way_round_the_device(app, browser, monkeypatch):
    visitor = browser.as_("zhao")
    visitor.get("/board/wall")
    with_settings(app, monkeypatch, second_factor="roles")

    visitor.get("/board/wall", 302)


def test_a_call_with_a_token_is_not_asked_for_a_device(app, browser, people, monkeypatch):
    with_settings(app, monkeypatch, second_factor="all")
    with transaction():
        secret = acts.issue_token(SYSTEM, people.sun.id)
    bearer = {"Authorization": f"Bearer {secret}"}
    browser.stranger.get("/api/v1/units", headers=bearer)
    browser.as_("sun").get("/api/v1/units", 403)


@pytest.mark.both
def test_a_device_is_added_and_then_everything_opens(app, browser, monkeypatch):
    with_settings(app, monkeypatch, second_factor="all")
    visitor = browser.as_("chen")
    page = visitor.post("/account/factor/begin", via="/account/factor")
    assert page.tree.all("img", alt="动态口令二维码")
    secret = page.tree.all("output")[0].text
    import pyotp  # noqa: PLC0415 - the device

    visitor.post(
        "/account/factor", 422, code="000000" if pyotp.TOTP(secret).now() != "0" * 6 else "1" * 6
    )
    done = visitor.post("/account/factor", code=pyotp.TOTP(secret).now())
    codes = [node.text for node in done.tree.all("output")]

    assert len(codes) == 10
    assert visitor.get("/account").heading == "我的账号"
    shown = visitor.get("/account/factor")
    assert secret not in shown.html
    assert not any(code in shown.html for code in codes)
    wrong = visitor.post("/account/factor/codes", 422, code="not a code")
    assert "不正确" in wrong.error("code")
    fresh = visitor.post("/account/factor/codes", code=codes[0])
    assert "已全部作废" in fresh.text
    visitor.post("/account/factor/end", 422, via="/account/factor", code=codes[1])
    ended = visitor.post(
        "/account/factor/end", via="/account/factor", code=fresh.tree.all("output")[0].text
    )
    assert "必须启用" in ended.text


@pytest.mark.both
@pytest.mark.parametrize("act", ["taken", "given"])
def test_a_change_of_role_ends_what_was_open(browser, people, act):
    visitor = browser.as_("sun")
    visitor.get("/account")
    with transaction():
        if act == "taken":
            acts.revoke(people.secadmin, people.sun.id, Role.OFFICE)
        else:
            acts.grant(people.secadmin, people.sun.id, Role.HEAD)

    assert visitor.get("/account", 302).location.startswith("/login")


def test_without_that_end_the_old_session_would_go_on(browser, people, monkeypatch):
    visitor = browser.as_("sun")
    visitor.get("/account")
    monkeypatch.setattr(acts, "end_sessions", lambda _user_id: 0)
    with transaction():
        acts.grant(people.secadmin, people.sun.id, Role.HEAD)

    visitor.get("/account")


def test_all_other_devices_are_signed_out_at_once(browser):
    here, there = browser.as_("chen"), browser.stranger
    there.post("/login", username="chen", password=PASSWORD)
    assert "本次登录（这一台）" in here.get("/account").text
    page = here.post("/account/sessions/end", via="/account")

    assert "1 个登录已全部结束" in page.text
    there.get("/account", 302)
    here.get("/account")


def test_an_old_password_is_changed_first_and_locks_nobody_out(app, browser, people, monkeypatch):
    with_settings(app, monkeypatch, password_days=90)
    visitor = browser.as_("sysadmin")
    page = visitor.get("/account/password", follow=True)
    assert "超过 90 天" in page.text
    assert visitor.get("/admin/accounts", 302).location.startswith("/account/password?")
    new = "Shan-Shui-Nr-yi-9"
    visitor.post("/account/password", current=PASSWORD, new=new, again=new)

    visitor.get("/admin/accounts")


@pytest.mark.parametrize(
    ("age", "is_warned", "is_asked"), [(75, False, False), (77, True, False), (91, False, True)]
)
def test_fourteen_days_before_it_is_told(
    app, browser, people, monkeypatch, age, is_warned, is_asked
):
    with_settings(app, monkeypatch, password_days=90)
    with transaction():
        changed = clock.real_now() - timedelta(days=age)
        db.session.execute(
            update(User).where(User.name == "chen").values(password_changed_at=changed)
        )
    visitor = browser.stranger
    page = visitor.post("/login", username="chen", password=PASSWORD)

    assert ("天到期" in page.text) is is_warned
    assert (page.heading == "修改密码") is is_asked


def test_a_password_that_grows_old_over_midnight_loses_nobodys_form(app, browser, monkeypatch):
    """The day ends within a session: judged at its start, the person goes on until they leave."""
    with_settings(app, monkeypatch, password_days=90)
    with transaction():
        nearly = clock.real_now() - timedelta(days=90) + timedelta(minutes=5)
        db.session.execute(
            update(User).where(User.name == "chen").values(password_changed_at=nearly)
        )
    visitor = browser.as_("chen")
    later = clock.real_now() + timedelta(minutes=10)
    monkeypatch.setattr(clock, "real_now", lambda: later)

    visitor.get("/account")
    assert browser.stranger.post("/login", username="chen", password=PASSWORD).heading == "修改密码"
