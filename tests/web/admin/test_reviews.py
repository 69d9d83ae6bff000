"""双人复核 and locked accounts in the browser."""

import pytest
from people import PASSWORD, add_device
from sqlalchemy import select

from auth import people as acts
from auth.actor import SYSTEM
from auth.proofs import factors
from auth.proofs.models import PairRequest
from extensions import db, transaction
from issues.vocabulary import Role

PAGE = "/admin/reviews"


@pytest.fixture
def gao(people):
    with transaction():
        return acts.add(SYSTEM, "gao", "高某").id


def newest():
    return db.session.scalars(select(PairRequest.id).order_by(PairRequest.id.desc())).first()


def test_an_auditor_is_made_by_two_on_the_pages(browser, people, gao):
    page = browser.as_("secadmin").post(f"/admin/grants/{gao}", 422, role="auditor")
    assert "理由" in page.error("reason")
    page = browser.as_("secadmin").post(f"/admin/grants/{gao}", role="auditor", reason="接任审计")
    assert "另一位管理员复核" in page.text
    assert people["gao"].roles == frozenset()
    url = f"{PAGE}/{newest()}/confirm"
    own = browser.as_("secadmin").get(PAGE)
    assert "待办" not in own.tree.all("nav")[0].text
    assert "双人复核待办1" in browser.as_("auditor").get("/history").tree.all("nav")[0].text
    assert "接任审计" in own.text
    assert not own.has_form(url)
    browser.as_("secadmin").post(url, 403, via=PAGE)
    for name in ("sun", "zhou", "chen"):
        browser.as_(name).get(PAGE, 403)
        browser.as_(name).post(url, 403, via="/account")
    page = browser.as_("sysadmin").post(url, via=PAGE)

    assert "已同意并办理" in page.text
    assert people["gao"].roles == {Role.AUDITOR}
    browser.as_("auditor").post(url, 409, via=PAGE)
    history = browser.as_("auditor").get("/history", subject="account")
    assert {"提出双人复核申请", "同意双人复核申请", "授予角色"} <= {
        row[4] for row in history.rows()
    }


def test_a_lost_device_is_taken_off_by_two_and_its_owner_is_told(browser, people):
    browser.as_("chen").get("/account")
    add_device()
    url = f"/admin/accounts/{people.chen.id}"
    page = browser.as_("sysadmin").post(
        f"{PAGE}/ask/{people.chen.id}", via=url, act="reset_factor", reason="手机丢失"
    )
    assert "复核" in page.text
    assert factors.is_on(people.chen.id)
    browser.as_("secadmin").post(f"{PAGE}/{newest()}/confirm", via=PAGE)

    assert not factors.is_on(people.chen.id)
    page = browser.stranger.post("/login", username="chen", password=PASSWORD)
    assert "安全管理员乙重置动态口令" in page.text


def test_an_administrators_link_is_shown_to_the_second_person_only(browser, people):
    url = f"/admin/accounts/{people.auditor.id}"
    browser.as_("sysadmin").post(
        f"{PAGE}/ask/{people.auditor.id}", via=url, act="reset_password", reason="忘记密码"
    )
    confirm = f"{PAGE}/{newest()}/confirm"
    browser.as_("auditor").post(confirm, 403, via=PAGE, way="link")
    page = browser.as_("secadmin").post(confirm, via=PAGE, way="link")

    assert page.tree.all("output")[0].text.count("/opening?key=") == 1
    browser.stranger.post("/login", 422, username="auditor", password=PASSWORD)


@pytest.mark.both
def test_a_request_is_refused_or_taken_back_and_nothing_is_done(browser, people, gao):
    for name in ("sysadmin", "secadmin"):
        browser.as_("secadmin").post(f"/admin/grants/{gao}", role="sysadmin", reason="接任")
        page = browser.as_(name).post(f"{PAGE}/{newest()}/refuse", via=PAGE)
        assert "没有办理" in page.text
    assert "没有等待复核的申请" in page.text
    assert people["gao"].roles == frozenset()


def test_a_locked_account_is_shown_and_woken_by_another(browser, people):
    visitor = browser.stranger
    for _ in range(5):
        visitor.post("/login", 422, username="secadmin", password="wrong")
    visitor.post("/login", 429, username="secadmin", password=PASSWORD)
    page = browser.as_("auditor").get(PAGE)
    assert page.rows()[0][:3] == ["@secadmin", "安全管理员乙", "5"]
    browser.as_("sun").post(f"{PAGE}/unlock/{people.secadmin.id}", 403, via="/account")
    browser.as_("auditor").post(f"{PAGE}/unlock/{people.secadmin.id}", via=PAGE)

    visitor.post("/login", username="secadmin", password=PASSWORD)


def test_nobody_wakes_their_own_account(browser, people):
    here = browser.as_("secadmin")
    here.get(PAGE)
    for _ in range(5):
        browser.stranger.post("/login", 422, username="secadmin", password="wrong")
    assert "由另一位管理员解除" in here.get(PAGE).text
    here.post(f"{PAGE}/unlock/{people.secadmin.id}", 403, via=PAGE)


def test_what_is_not_there_is_not_found(browser):
    browser.as_("sysadmin").post(f"{PAGE}/999/confirm", 404, via=PAGE)
    browser.as_("sysadmin").post(f"{PAGE}/unlock/999", 404, via=PAGE)
