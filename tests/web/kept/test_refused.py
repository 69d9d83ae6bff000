"""A form that is refused is kept; one that is taken is forgotten, exactly that one."""

import pytest
from page import Visitor
from people import PASSWORD
from sqlalchemy import select

from extensions import db, transaction
from issues.kept import keeping
from issues.models import KeptForm
from issues.vocabulary import Status
from issues.web.door.kept import told

NEW = "/issues/new"
TYPED = "巴河右岸排口水色发黑，附近居民多次反映。"
FROM = {"Referer": f"http://localhost{NEW}"}


def rows():
    return db.session.scalars(select(KeptForm).order_by(KeptForm.id)).all()


@pytest.fixture
def lin(browser):
    return browser.as_("lin")


def refused(visitor, **typed):
    shown = visitor.get(NEW).form(NEW).filled({"problem": TYPED, **typed})
    return visitor.send(NEW, 422, headers=FROM, **shown)


def autosaved(visitor, expect=200, **typed):
    shown = visitor.get(NEW).form(NEW).filled({"problem": TYPED} | typed)
    own = {"kept_action": NEW, "kept_page": NEW, "kept_title": "登记问题"}
    return visitor.send("/kept", expect, **shown | own), shown


def test_a_refused_form_is_kept_and_going_back_leads_to_it(lin):
    page = refused(lin)

    row = rows()[0]
    assert f'<meta name="back-address" content="{NEW}?kept={row.token}">' in page.html
    assert f'url={NEW}?kept={row.token}"></noscript>' in page.html
    assert page.form(NEW).drawn()["kept"] == row.token
    again = lin.get(f"{NEW}?kept={row.token}")
    assert again.form(NEW).drawn()["problem"] == TYPED
    assert again.error("problem") == ""
    assert "已恢复" in again.text
    assert "标题" in again.text  # what was wrong is told there too


def test_refused_again_it_stays_one(lin):
    page = refused(lin)
    more = page.form(NEW).drawn() | {"problem": f"{TYPED}又加了一句。"}
    again = lin.send(NEW, 422, headers=FROM, **more)

    assert len(rows()) == 1
    assert lin.get(NEW).text.count("没有提交的内容还在") == 1
    assert again.form(NEW).drawn()["kept"] == rows()[0].token


def test_it_is_offered_and_never_put_in_unasked(lin):
    refused(lin)

    page = lin.get(NEW)
    assert page.form(NEW).drawn()["problem"] == ""
    assert "没有提交的内容还在" in page.text
    assert f"{NEW}?kept={rows()[0].token}" in page.links


def test_thrown_away_it_is_gone(lin, browser):
    refused(lin)
    drop = f"/kept/{rows()[0].token}/drop"
    browser.as_("sun").send(drop, **browser.as_("sun").bare({}))
    assert len(rows()) == 1

    page = lin.post(drop, via=NEW)
    assert rows() == []
    assert page.url == NEW
    assert "没有提交的内容还在" not in page.text


def test_an_act_forgets_what_it_sent_and_nothing_else(browser, make_issue):
    issue, chen = make_issue(Status.ASSIGNED), browser.as_("chen")
    url = f"/issues/{issue.number}/acts/decline"
    page = chen.get(url)
    sent = page.form(url).filled({"reason": ""})
    other = {"kept_action": url, "kept_page": url, "kept_title": "x"}
    earlier = {"reason": "先前写的另一种说法，没有提交", "once": "another"}
    chen.send("/kept", **sent | earlier | other)
    chen.send(url, 422, headers={"Referer": f"http://localhost{url}"}, **sent | {"reason": ""})
    typed = {"reason": "不属于本单位职责，请另行交办。"}
    saved = chen.send("/kept", **sent | typed | other).json["kept"]
    assert len(rows()) == 2

    chen.send(url, **sent | {"reason": "不属于本单位职责，请另行交办。", "kept": saved})
    assert [keeping.opened(row).said[0][1] for row in rows()] == ["先前写的另一种说法，没有提交"]


def test_typing_is_kept_and_offered_at_another_device(lin, app):
    page, _ = autosaved(lin)
    phone = Visitor(app)
    said = phone.get("/login").form("/login").filled({"username": "lin", "password": PASSWORD})
    phone.send("/login", **said)
    assert page.json["kept"] in phone.get(NEW).html
    assert phone.get(NEW, kept=page.json["kept"]).form(NEW).drawn()["problem"] == TYPED


def test_typing_goes_on_in_one_row_and_never_in_one_that_was_thrown_away(lin):
    first, shown = autosaved(lin)
    token = first.json["kept"]
    own = {"kept_action": NEW, "kept_page": NEW, "kept_title": "登记问题", "kept": token}
    assert lin.send("/kept", **shown | own | {"problem": "改过的内容"}).json["kept"] == token
    assert len(rows()) == 1
    with transaction():
        keeping.forget(rows()[0].user_id, [token])

    assert lin.send("/kept", **shown | own).json["kept"] == ""
    assert rows() == []


def test_a_page_left_late_brings_nothing_back_that_was_sent(lin, make_issue, browser):
    issue = make_issue(Status.ASSIGNED)
    url, chen = f"/issues/{issue.number}/acts/decline", browser.as_("chen")
    sent = chen.get(url).form(url).filled({"reason": "不属于本单位职责，请另行交办。"})
    chen.send(url, **sent)
    late = sent | {"kept_action": url, "kept_page": url, "kept_title": "x"}

    assert chen.send("/kept", **late).json["kept"] == ""
    assert rows() == []


@pytest.mark.parametrize(
    "action",
    ["/login", "/account/password", "/logout", "/nowhere", "//x", "/kept", "/api/v1/issues"],
)
def test_what_is_not_kept_is_not_kept_by_the_way_of_typing(lin, action):
    own = {"kept_action": action, "kept_page": NEW, "kept_title": "x"}
    assert lin.send("/kept", **lin.bare({"reason": TYPED} | own)).json["kept"] == ""

    assert rows() == []


def test_what_looks_marked_as_secret_is_not_kept_while_it_is_typed(lin):
    autosaved(lin, 422, problem="机密★ 关于某事的通知")

    assert rows() == []


def test_a_ticket_that_changed_meanwhile_is_told(browser, make_issue):
    issue = make_issue(Status.ASSIGNED)
    url, chen = f"/issues/{issue.number}/acts/decline", browser.as_("chen")
    sent = chen.get(url).form(url).filled({"reason": "不属于本单位职责，请另行交办。"})
    own = {"kept_action": url, "kept_page": url, "kept_title": "x"}
    token = chen.send("/kept", **sent | own | {"version": "0"}).json["kept"]

    assert "这里的内容已有变化" in chen.get(url, kept=token).text


def test_somebody_was_faster_and_the_text_is_not_lost(browser, make_issue):
    issue = make_issue(Status.ASSIGNED)
    url, chen = f"/issues/{issue.number}/acts/decline", browser.as_("chen")
    sent = chen.get(url).form(url).filled({"reason": "不属于本单位职责，请另行交办。"})
    chen.post(f"/issues/{issue.number}/acts/acknowledge")

    page = chen.send(url, 409, headers={"Referer": f"http://localhost{url}"}, **sent)
    assert "已留存" in page.text or page.form(url).drawn()["reason"]
    assert len(rows()) == 1


def test_one_row_more_asks_one_statement_more_at_most(lin):
    before = len(lin.get(NEW).statements)
    refused(lin)
    one = len(lin.get(NEW).statements)
    refused(lin, problem="另一段内容，与前一段不同。")

    assert len(lin.get(NEW).statements) == one == before + 1
    assert before < 30


def test_the_list_shows_ones_own_and_says_when_there_is_none(lin, browser):
    assert "没有留下未提交的填写" in lin.get("/kept").text
    refused(lin)

    page = lin.get("/kept")
    assert TYPED in page.text
    assert f"{NEW}?kept={rows()[0].token}" in page.links
    assert TYPED not in browser.as_("sun").get("/kept").text


def test_what_is_out_of_sight_is_listed_without_a_way_to_it(browser, make_issue, people):
    issue = make_issue(Status.ASSIGNED)
    url = f"/issues/{issue.number}/acts/decline"
    content = keeping.Content(page=url, action=url, said=(("reason", TYPED),), title="退回交办")
    with transaction():
        keeping.keep(people.chen.id, content, 7)
        keeping.keep(people.wu.id, content, 7)

    assert url in " ".join(browser.as_("chen").get("/kept").links)
    other = browser.as_("wu").get("/kept")
    assert "不能打开这个页面" in other.text
    assert TYPED not in other.html
    assert "退回交办" not in other.text
    assert url not in " ".join(other.links)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/issues/BZ-AF-2025-001/acts/decline", "申请改派 BZ-AF-2025-001"),
        ("/issues/BZ-AF-2025-001/leads/new?a=1", "BZ-AF-2025-001"),
        ("/issues?status=x", "台账"),
        ("/x/y", "填写的页面"),
    ],
)
def test_a_page_that_told_no_heading_is_named_by_its_address(app, page, said):
    assert told.named(page) == said
