"""Accounts, grants and the history: three administrators, each with one part of the power."""

import pytest
from sqlalchemy import select

from auth import people as acts
from auth.models import SignIn, User
from extensions import db, transaction
from issues import audit
from issues.ground import clock
from issues.models import Event
from issues.vocabulary import AccountAct, Role, Subject

PARTS = {"sysadmin": "/admin/accounts", "secadmin": "/admin/grants", "auditor": "/history"}
RUNNING = (
    "/admin/units", "/admin/regions", "/admin/calendar", "/admin/fonts", "/admin/running",
    "/admin/operations", "/admin/outbox", "/setup",
)  # fmt: skip
TOGETHER = "/admin/reviews"
BUSINESS = ("lin", "sun", "zhou", "chen", "chenlead", "liu", "zhao", "he")


@pytest.mark.parametrize("name", [*PARTS, *BUSINESS])
def test_each_administrator_opens_one_part_and_nobody_else_any(browser, name):
    for holder, url in PARTS.items():
        browser.as_(name).get(url, 200 if name == holder else 403)


@pytest.mark.parametrize("name", PARTS)
def test_an_administrator_is_led_to_their_part_and_sees_no_other(browser, name):
    page = browser.as_(name).get(PARTS[name])
    places = [node["href"] for node in page.tree.all("nav")[0].all("a")]
    own = [PARTS[name], TOGETHER, *(RUNNING if name == "sysadmin" else ())]

    assert sorted(set(places)) == sorted(own)
    assert browser.as_(name).get("/admin", 302).location == PARTS[name]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "chen"), ("name", "两字"), ("name", ""), ("display_name", ""), ("unit", "999")],
)
def test_a_wrong_new_account_is_drawn_again_with_the_error_at_its_field(browser, field, value):
    form = {"name": "gao", "display_name": "高经办", "unit": "511902", "way": "link"}
    form |= {field: value}
    page = browser.as_("sysadmin").post("/admin/accounts/new", 422, **form)

    assert page.error(field)
    assert db.session.scalar(select(User).where(User.name == "gao")) is None


def test_a_session_is_ended_by_the_keeper_of_accounts(browser, people):
    browser.as_("chen").get("/account")
    session = db.session.scalars(select(SignIn.id).where(SignIn.user_id == people.chen.id)).one()
    url = f"/admin/accounts/{people.chen.id}"
    browser.as_("sysadmin").post(f"{url}/sessions/{session}/end", via=url)

    browser.as_("chen").get("/account", 302)


@pytest.mark.both
def test_accounts_are_found_by_name_person_and_unit(browser):
    def found(wanted):
        return [row[0] for row in browser.as_("sysadmin").get("/admin/accounts", q=wanted).rows()]

    assert found("chen") == ["@chen", "@chenlead"]
    assert found("吴区长") == ["@wulead"]
    assert found("恩阳") == ["@wu", "@wulead"]
    page = browser.as_("sysadmin").get("/admin/accounts", q="%")
    assert "没有符合条件的账号" in page.text


@pytest.mark.both
def test_a_role_is_given_and_taken(browser, people):
    url = f"/admin/grants/{people.he.id}"
    page = browser.as_("secadmin").post(url, role="office")
    assert "已授予" in page.text
    assert people.he.roles == {Role.PERFORMANCE, Role.OFFICE}
    form = page.tree.all("form")
    taken = next(node for node in form if node["action"] == f"{url}/revoke")
    values = {field["name"]: field["value"] for field in taken.all("input")}
    browser.as_("secadmin").send(f"{url}/revoke", **values | {"role": "office"})

    assert people.he.roles == {Role.PERFORMANCE}


@pytest.mark.parametrize("role", ["", "king"])
def test_a_role_that_is_none_is_told_at_its_field(browser, people, role):
    page = browser.as_("secadmin").post(f"/admin/grants/{people.he.id}", 422, role=role)

    assert "请选择角色。" in page.text


def test_the_rules_of_the_three_hold_on_the_page(browser, people):
    secadmin = browser.as_("secadmin")
    secadmin.post(f"/admin/grants/{people.auditor.id}", 403, role="office")
    secadmin.post(f"/admin/grants/{people.sun.id}", 403, role="auditor", reason="接任")
    own = f"/admin/grants/{people.secadmin.id}"
    assert not secadmin.get(own).has_form(own)
    secadmin.post(own, 403, role="office")
    browser.as_("sysadmin").post(f"/admin/grants/{people.he.id}", 403, role="office")
    assert people.he.roles == {Role.PERFORMANCE}


def test_what_does_not_exist_is_not_found(browser):
    browser.as_("sysadmin").get("/admin/accounts/9999", 404)
    browser.as_("secadmin").get("/admin/grants/9999", 404)
    browser.as_("secadmin").post("/admin/grants/9999", 404, via="/admin/grants", role="office")


@pytest.mark.both
def test_the_auditor_reads_every_act_newest_first(browser, people):
    with transaction():
        acts.grant(people.secadmin, people.he.id, Role.OFFICE)
        acts.revoke(people.secadmin, people.he.id, Role.OFFICE)
    page = browser.as_("auditor").get("/history", subject="account", actor="安全管理员乙")

    assert [row[4] for row in page.rows()] == ["收回角色", "授予角色"]
    assert page.rows()[1][1:6] == [
        "安全管理员乙", "", "账号 @he 第1条", "授予角色", "无 → 市环委办经办"
    ]  # fmt: skip


@pytest.mark.both
def test_the_history_is_cut_into_pages_that_lose_no_row(browser, people):
    with transaction():
        for _ in range(120):
            audit.record(
                Subject.ACCOUNT, people.he.id, AccountAct.SIGN_IN, people.he, at=clock.now()
            )
    auditor = browser.as_("auditor")
    first = auditor.get("/history", actor="何绩效")
    older = next(link for link in first.links if "before=" in link)
    second = auditor.get(older)

    assert len(first.rows()) == 100
    assert len(second.rows()) == 20
    seen = [row[3] for row in first.rows() + second.rows()]
    assert len(set(seen)) == 120


def test_a_filter_that_cannot_be_read_is_no_failure(browser):
    for query in ({"since": "x"}, {"before": "x"}, {"before": "9" * 40}, {"until": "2025-13-01"}):
        browser.as_("auditor").get("/history", **query)


def test_only_the_filter_goes_on_to_the_older_page(browser, people):
    with transaction():
        for _ in range(101):
            audit.record(
                Subject.ACCOUNT, people.he.id, AccountAct.SIGN_IN, people.he, at=clock.now()
            )
    asked = {"actor": "何绩效", "endpoint": "login.sign_in", "_scheme": "ftp"}
    page = browser.as_("auditor").get("/history", **asked)

    (older,) = (link for link in page.links if "before=" in link)
    assert older.startswith("/history?actor=")
    assert "ftp" not in older


def test_nobody_changes_the_history_by_a_page(app):
    changing = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/history") and rule.methods & {"POST", "PUT", "PATCH", "DELETE"}
    ]

    assert changing == []
    assert db.session.scalar(select(Event.id).limit(1)) is None
