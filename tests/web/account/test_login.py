"""The pages of sign-in and of one's own account."""

from people import PASSWORD
from sqlalchemy import select

from auth import people as acts
from auth.actor import SYSTEM
from auth.models import ApiToken
from extensions import db, transaction


def test_the_form_asks_for_what_scripts_know(browser):
    form = browser.stranger.get("/login", next="/board").form("/login")

    assert {"username", "password", "csrf_token", "next"} <= form.names
    assert form.drawn()["next"] == "/board"


def test_empty_fields_are_told_at_their_place(browser):
    page = browser.stranger.post("/login", 422, username="", password="")

    assert page.error("username") == "请填写账号。"
    assert page.error("password") == "请填写密码。"


def test_a_password_is_never_sent_back(browser):
    page = browser.stranger.post("/login", 422, username="chen", password="wrong-pass")

    assert "wrong-pass" not in page.html
    assert page.form("/login").drawn()["username"] == "chen"


def test_names_no_account_can_have_are_only_wrong(browser):
    for name in ("' OR 1=1 --", "a\0b", "{{ 7 * 7 }}", "<script>"):
        page = browser.stranger.post("/login", 422, username=name, password="x")
        assert "<script>" not in page.html
    browser.stranger.post("/login", 422, username="x" * 81, password="x")


def test_every_page_of_a_person_has_the_way_out(browser):
    visitor = browser.as_("chen")
    for url in ("/account", "/account/password"):
        assert visitor.get(url).has_form("/logout")
    page = visitor.get("/nowhere", 404)
    assert page.has_form("/logout")
    assert page.heading == "没有找到"


def test_signing_out_is_a_form_and_not_a_link(browser):
    browser.as_("chen").get("/logout", 405)
    browser.as_("chen").get("/account")


def test_who_signs_out_lands_at_the_sign_in_and_is_told(browser):
    page = browser.as_("chen").post("/logout", via="/account")

    assert page.heading == "登录"
    assert "已退出登录" in page.text


def test_a_token_opens_no_page_and_signs_nobody_out(browser, people):
    with transaction():
        secret = acts.issue_token(SYSTEM, people.chen.id)
    bearer = {"Authorization": f"Bearer {secret}"}

    browser.stranger.get("/api/v1/units", headers=bearer)
    for page in ("/account", "/", "/board", "/issues", "/admin/accounts"):
        assert browser.stranger.get(page, 302, headers=bearer).location.startswith("/login")
    visitor = browser.as_("chen")
    visitor.get("/account", 302, headers=bearer)
    visitor.send("/logout", 302, follow=False, headers=bearer)
    visitor.get("/account")


def change(browser, expect=200, *, current=PASSWORD, new="Tian-Qing-77", again=None):
    return browser.as_("chen").post(
        "/account/password", expect, current=current, new=new, again=again or new
    )


def test_a_changed_password_is_the_only_one_and_other_devices_are_out(browser):
    other = browser.stranger
    other.post("/login", username="chen", password=PASSWORD)
    page = change(browser)
    assert "密码已修改" in page.text

    other.get("/account", 302)
    browser.stranger.post("/login", 422, username="chen", password=PASSWORD)
    browser.stranger.post("/login", username="chen", password="Tian-Qing-77")


def test_a_password_that_is_not_taken_changes_nothing(browser):
    assert change(browser, 422, current="wrong").error("current") == "现用密码不正确。"
    assert "10 个字符" in change(browser, 422, new="short").error("new")
    assert "不一致" in change(browser, 422, again="another").error("again")
    assert "相同" in change(browser, 422, new=PASSWORD).error("new")

    browser.stranger.post("/login", username="chen", password=PASSWORD)


def test_a_stolen_session_guesses_the_password_no_more_than_five_times(browser):
    for _ in range(5):
        change(browser, 422, current="wrong")
    assert "暂停验证" in change(browser, 429).text

    browser.stranger.post("/login", username="chen", password=PASSWORD)


def test_a_person_revokes_their_own_token(browser, people):
    with transaction():
        acts.issue_token(SYSTEM, people.chen.id, "每日汇总")
    token = db.session.scalars(select(ApiToken.id)).one()
    visitor = browser.as_("chen")
    assert "每日汇总" in visitor.get("/account").text
    browser.as_("wu").post(f"/account/tokens/{token}/revoke", 404, via="/account")

    page = visitor.post(f"/account/tokens/{token}/revoke", via="/account")

    assert "没有接口令牌" in page.text
