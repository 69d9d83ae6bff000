"""New accounts and resets: the link and the slip, and that no administrator learns a password."""

import re
from io import BytesIO

import pytest
from people import PASSWORD, add_device
from pypdf import PdfReader
from sqlalchemy import select

from auth import signin
from auth.models import User
from auth.proofs.models import PasswordLink
from extensions import db
from issues.models import Event

NEW = "Shan-Shui-Nr-yi-9"


def reset(browser, people, name="chen", way="link"):
    url = f"/admin/accounts/{people[name].id}"
    return browser.as_("sysadmin").post(f"{url}/password", via=url, way=way)


def address(page):
    """The path of the link the page shows."""
    said = page.tree.all("output")[0].text
    assert said.startswith("http://127.0.0.1:")
    return "/" + said.partition("://")[2].partition("/")[2]


def opened(browser, link, expect=200, visitor=None, **form):
    visitor = visitor or browser.stranger
    page = visitor.get(link, 302, follow=False)
    assert page.location == "/opening"
    return visitor.post("/opening", expect, **({"new": NEW, "again": NEW} | form))


@pytest.mark.both
def test_a_new_account_is_opened_by_its_owner_alone(browser, people):
    page = browser.as_("sysadmin").post(
        "/admin/accounts/new", name="gao", display_name="高经办", unit="511902", phone="0827-1",
        way="link",
    )  # fmt: skip
    link = address(page)
    shown = browser.as_("sysadmin").get(f"/admin/accounts/{people['gao'].id}")
    assert link not in shown.html
    assert "未授权" in shown.text
    page = opened(browser, link)
    assert page.heading == "登录"
    assert "密码已设定" in page.text

    assert signin.user_of("gao", NEW) == people["gao"].id
    browser.stranger.post("/login", username="gao", password=NEW)
    assert browser.stranger.get(link, 404, follow=True).heading == "没有找到"


@pytest.mark.both
def test_a_reset_is_known_to_its_owner_alone_who_is_told(browser, people):
    page = reset(browser, people)
    link = address(page)
    browser.stranger.post("/login", 422, username="chen", password=PASSWORD)
    other = browser.stranger
    other.get(link, 302)
    assert "@chen" in other.get("/opening").text
    for form, field in (({"new": "short", "again": "short"}, "new"), ({"again": "x"}, "again")):
        assert opened(browser, link, 422, **form).error(field)
    opened(browser, link)
    page = browser.stranger.post("/login", username="chen", password=NEW)

    assert "变动" not in page.text  # a first visit has none before it to tell since
    reset(browser, people)
    link = address(reset(browser, people))
    opened(browser, link, new=f"{NEW}-x", again=f"{NEW}-x")
    page = browser.stranger.post("/login", username="chen", password=f"{NEW}-x")
    assert "系统管理员甲重置密码" in page.text
    assert "用一次性链接设定密码（来自 127.0.0.1）" in page.text


def test_who_made_a_link_does_not_open_it(browser, people):
    link = address(reset(browser, people))
    maker = browser.as_("sysadmin")
    page = maker.get(link, follow=True)
    assert "只能由本人打开" in page.text
    assert not page.has_form("/opening")
    maker.send("/opening", 403, **maker.bare({"new": NEW, "again": NEW}))

    assert signin.user_of("chen", NEW) is None
    opened(browser, link)


def test_the_second_factor_outlives_a_reset(browser, people):
    add_device()
    opened(browser, address(reset(browser, people)))
    page = browser.stranger.post("/login", username="chen", password=NEW)

    assert page.heading == "请填写动态口令"


def test_looking_at_a_link_uses_nothing_up_and_no_key_stays_in_an_address(browser, people, caplog):
    link = address(reset(browser, people))
    key = link.partition("key=")[2]
    for _ in range(3):
        browser.stranger.get(link, 302)
    with caplog.at_level("INFO"):
        opened(browser, link, 422, new="x", again="x")
        opened(browser, link)

    assert key not in caplog.text
    assert db.session.scalars(select(PasswordLink.used_at)).one() is not None
    assert key not in str(db.session.execute(select(PasswordLink)).all())


@pytest.mark.parametrize("key", ["", "nothing", "x" * 5000, "' OR 1=1 --"])
def test_a_key_that_is_none_is_not_found(browser, key):
    browser.stranger.get("/opening", 404, key=key, follow=True)
    browser.stranger.get("/opening", 404)


@pytest.mark.both
def test_a_slip_is_printed_with_its_secret_inside(browser, people):
    answer = reset(browser, people, way="slip").answer
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    (sheet,) = PdfReader(BytesIO(answer.data)).pages
    places = {}
    sheet.extract_text(
        visitor_text=lambda text, _cm, tm, *_: places.setdefault(text.strip(), tm[5])
    )
    third = float(sheet.mediabox.height) / 3
    text = sheet.extract_text()
    assert "陈经办" in text
    assert "仅限本人拆开" in text
    secret = [y for said, y in places.items() if "key=" in said or "/opening" in said]
    assert secret
    assert all(third < y < 2 * third for y in secret)
    said = re.sub(r"\s", "", text)
    key = re.search(r"/opening\?key=([\w-]{43})", said)[1]
    opened(browser, f"/opening?key={key}")

    assert signin.user_of("chen", NEW) == people.chen.id


def test_a_reset_by_no_known_way_changes_nothing(browser, people):
    url = f"/admin/accounts/{people.chen.id}"
    browser.as_("sysadmin").post(f"{url}/password", 422, via=url, way="owl")

    assert signin.user_of("chen", PASSWORD) == people.chen.id
    browser.as_("sysadmin").post(f"/admin/accounts/{people.auditor.id}/password", 403, way="link")
    told = select(Event.action).where(Event.subject_id == people.auditor.id)
    assert "reset_password" not in db.session.scalars(told).all()


def test_a_disabled_account_is_given_no_link(browser, people):
    link = address(reset(browser, people))
    url = f"/admin/accounts/{people.chen.id}"
    browser.as_("sysadmin").post(f"{url}/disable", via=url)

    assert browser.stranger.get(link, 404, follow=True).heading == "没有找到"
    browser.as_("sysadmin").post(f"{url}/password", 409, via=url, way="link")
    assert db.session.scalars(select(User.password_hash).where(User.name == "chen")).one() == ""
