"""Whose account somebody else changed is told, on every page until they say that they know."""

import pytest
from people import PASSWORD, add_device
from sqlalchemy import select

from auth import changing, identities, pairs, people as accounts
from auth.actor import SYSTEM
from auth.models import SignIn
from auth.sessions import end_session
from auth.tokens import tokens_of
from extensions import db, transaction
from issues.queries.admin import told
from issues.vocabulary import DoorKind, PairAct, Role

pytestmark = pytest.mark.both
CHANGED, KNOW = "您的账号有变动", "/account/told"


def sign_in(browser, name="chen", password=PASSWORD):
    visitor = browser.stranger
    visitor.post("/login", 302, follow=False, username=name, password=password)
    return visitor


def reset(browser, people):
    """The one-time link of an administrator, opened; the new password."""
    with transaction():
        _, secret = changing.reset_by_link(people.sysadmin, people.chen.id)
    db.session.rollback()
    ready = changing.prepare(people.chen.id, "Tian-Qing-77", "gb")
    with transaction():
        changing.open_link(secret, ready, address="10.1.2.3", who=people.chen)
    return "Tian-Qing-77"


def test_a_reset_is_told_on_every_page_until_the_person_knows(browser, people):
    sign_in(browser)
    password = reset(browser, people)
    visitor = sign_in(browser, password=password)
    for url in ("/", "/issues", "/account"):
        page = visitor.get(url)
        assert f"由{people.sysadmin.display_name}重置密码" in page.text
        assert "用一次性链接设定密码（来自 10.1.2.3）" in page.text
        assert "如非您本人知情，请立即修改密码" in page.text
    assert CHANGED in sign_in(browser, password=password).get("/").text, "another session"
    assert CHANGED not in sign_in(browser, "wu").get("/").text

    page = visitor.post(KNOW, via="/issues")

    assert page.url == "/issues"
    assert CHANGED not in page.text
    again = sign_in(browser, password=password)
    assert CHANGED not in again.get("/").text
    assert "重置密码" in again.get("/account").text, "it stays in the account's history"


def test_what_came_after_the_page_was_drawn_is_not_read_with_it(browser, people):
    sign_in(browser)
    with transaction():
        accounts.grant(people.secadmin, people.chen.id, Role.UNIT_LEADER)
    visitor = sign_in(browser)
    form = visitor.get("/").form(KNOW).drawn()
    with transaction():
        accounts.revoke(people.secadmin, people.chen.id, Role.UNIT_LEADER)
    visitor = sign_in(browser)
    visitor.send(KNOW, **form | visitor.bare({}))

    page = visitor.get("/")
    assert "收回角色“单位负责人”" in page.text
    assert "授予角色“单位负责人”" not in page.text
    for up_to in ("", "x", "-1", "9" * 30):
        visitor.send(KNOW, **form | visitor.bare({}) | {"up_to": up_to, "next": "//evil.example"})
    assert "收回角色“单位负责人”" in visitor.get("/").text


def link(people, _session):
    identities.link_for(people.sysadmin, people.chen.id, DoorKind.OIDC, "https://id", "u-1")


def end(people, session):
    end_session(people.sysadmin, session)


def revoke_token(people, _session):
    accounts.revoke_token(people.sysadmin, tokens_of(people.chen.id)[0].id)


def drop_device(people, _session):
    asked = pairs.ask(people.sysadmin, PairAct.RESET_FACTOR, people.chen.id, "手机遗失", None)
    pairs.confirm(people.secadmin, asked.id)


OF_OTHERS = {
    "关联外部身份": link, "结束会话": end, "吊销接口令牌": revoke_token,
    "重置动态口令": drop_device,
}  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("label", OF_OTHERS)
def test_every_way_another_changes_or_ends_it_is_told(browser, people, monkeypatch, label):
    sign_in(browser)
    with transaction():
        accounts.issue_token(SYSTEM, people.chen.id)
    visitor = sign_in(browser)
    visitor.post(KNOW, via="/")
    if label == "重置动态口令":
        add_device("chen")
    session = db.session.scalar(select(SignIn.id).order_by(SignIn.id.desc()).limit(1))
    with transaction():
        OF_OTHERS[label](people, session)

    assert label in sign_in(browser).get("/").text
    monkeypatch.setattr(told, "OF_OTHERS", frozenset())
    assert label not in sign_in(browser).get("/").text, "the test sees the rule"


def test_what_the_person_did_is_not_told_and_nothing_at_the_first_visit(browser, people):
    with transaction():
        accounts.grant(people.secadmin, people.chen.id, Role.UNIT_LEADER)
    visitor = sign_in(browser)
    assert CHANGED not in visitor.get("/").text
    visitor.post("/account/sessions/end", via="/account")
    with transaction():
        accounts.add(SYSTEM, "new", "新人")
    sign_in(browser)

    assert CHANGED not in sign_in(browser).get("/").text
