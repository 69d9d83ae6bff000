"""The public page a QR code leads to."""

from dataclasses import replace
from io import BytesIO

import pytest
from pressed import planned
from sqlalchemy import select

from extensions import db, transaction
from issues.models import Notice
from issues.notices.receipts import openly


@pytest.fixture
def notice(browser, people):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one().id
    browser.as_("zhou").sign(f"/notices/{notice}")
    return db.session.get(Notice, notice)


def test_a_stranger_sees_what_the_paper_says_and_nothing_else(browser, notice):
    page = browser.stranger.get(f"/verify/{notice.token}")

    asked = notice.facts["asked"]
    told = (notice.number, notice.title, "2025-11-25", "已签发", notice.sha256)
    due = (notice.facts["sign_due"], notice.facts["reply_due"], "巴州区人民政府")
    for word in (*told, *due, asked[0]["text"], asked[-1]["text"], asked[0]["due"]):
        assert word in page.text
    for word in ("BZ-AF", "陈", "赵", notice.facts["contact"].get("phone") or "无电话"):
        assert word not in page.text.replace(notice.title, "")


def with_facts(notice, **facts):
    with transaction():
        found = db.session.get(Notice, notice.id)
        found.facts = {**found.facts, **facts}


def test_a_telephone_in_a_requirement_is_masked(browser, notice):
    with_facts(notice, asked=[{"text": "请与13881234567联系", "due": None}])

    page = browser.stranger.get(f"/verify/{notice.token}")

    assert "请与" in page.text
    assert "13881234567" not in page.text


def test_of_a_paper_with_a_secrecy_mark_only_number_day_and_digest(browser, notice, monkeypatch):
    marked = replace(openly.compose(notice.facts), secrecy="机密")
    monkeypatch.setattr(openly, "compose", lambda _facts: marked)

    page = browser.stranger.get(f"/verify/{notice.token}")

    assert "标有密级" in page.text
    for word in (notice.title, "巴州区人民政府", notice.facts["asked"][0]["text"]):
        assert word not in page.text
    assert notice.number in page.text
    assert notice.sha256 in page.text


def test_the_file_in_hand_is_compared(browser, notice):
    original = browser.as_("zhou").get(f"/notices/{notice.id}.pdf").answer.get_data()
    url = f"/verify/{notice.token}"
    stranger = browser.stranger

    page = stranger.post(url, file=(BytesIO(original), "文书.pdf"))
    assert "逐字节相同" in page.text
    page = stranger.post(url, file=(BytesIO(original[:-1] + b"\n\n"), "文书.pdf"))
    assert "不一致" in page.text
    page = stranger.post(url, 422)
    assert "请选择" in page.text


def test_a_void_notice_says_so(browser, notice):
    browser.as_("zhou").post(f"/notices/{notice.id}/void", reason="误发，应为另一单位")

    page = browser.stranger.get(f"/verify/{notice.token}")
    assert "已作废" in page.text
    assert "误发" not in page.text


@pytest.mark.parametrize("token", ["x", "a" * 43, "%E4%B8%AD", "../login"])
def test_an_unknown_token_is_not_found(browser, token):
    browser.stranger.get(f"/verify/{token}", expect=404)
