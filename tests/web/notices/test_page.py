"""Notices in the browser: list, draft, sign, PDF, sign for, answer, void."""

import hashlib
from io import BytesIO

import pytest
from pressed import ANSWER, PLAN_FORM, overdue, planned
from pypdf import PdfReader
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Issue, Notice
from issues.notices import signing
from issues.notices.ofd.looking import Sealed
from issues.vocabulary import NoticeStatus


@pytest.fixture
def issue(people):
    return planned(people)


def drafted(browser, issue, kind="N3", by="sun"):
    page = browser.as_(by).post("/notices", via="/notices/new", kind=kind, issues=issue.number)
    notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert notice is not None, page.text
    return notice.id


def signed(browser, issue, kind="N3", by="zhou"):
    notice = drafted(browser, issue, kind)
    browser.as_(by).sign(f"/notices/{notice}")
    return notice


def row(notice):
    db.session.rollback()
    return db.session.get(Notice, notice)


def by_hand():
    return db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).all()


def text_of(page):
    reader = PdfReader(BytesIO(page.answer.get_data()))
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def test_the_whole_line_draft_edit_sign_pdf_acknowledge_reply(browser, issue, make_issue):
    notice = drafted(browser, issue)
    url = f"/notices/{notice}"
    preview = browser.as_("sun").get(f"{url}.pdf")
    assert "草稿" in text_of(preview)

    browser.as_("sun").post(
        f"{url}/edit", via=url, consequence="逾期不改的，提请约谈", contact_phone="0827-1234567"
    )
    page = browser.as_("zhou").sign(url)
    assert "巴环委办督〔2025〕1号" in page.text

    pdf = browser.as_("chen").get(f"{url}.pdf")
    assert hashlib.sha256(pdf.answer.get_data()).hexdigest() == row(notice).sha256
    told = text_of(pdf)
    for word in ("巴环委办督〔2025〕1号", "提请约谈", "0827-1234567", issue.number, "逾期"):
        assert word in told
    assert "草稿" not in told

    browser.as_("chen").post(f"{url}/acknowledge", via=url, name="陈某", phone="13900000000")
    kept = make_issue.evidence(issue).id
    answer = {"text": f"已制定追赶计划。{ANSWER}", "evidence": [str(kept)], **PLAN_FORM}
    page = browser.as_("chenlead").post(f"{url}/reply", via=url, **answer)
    assert "已制定追赶计划。" in page.text
    story = browser.as_("sun").get(url).text
    for word in ("起草", "修改", "签发", "签收", "答复"):
        assert word in story


def test_evidence_of_the_ticket_goes_with_the_answer(browser, issue, make_issue):
    notice = signed(browser, issue)
    url = f"/notices/{notice}"
    chen = browser.as_("chen")
    chen.post(f"{url}/acknowledge", via=url, name="陈某", phone="13900000000")
    chen = browser.as_("chenlead")
    kept = make_issue.evidence(issue).id
    other = make_issue.evidence(overdue(make_issue.people), name="sun").id

    said = {"text": ANSWER, "evidence": [str(kept), str(other)], **PLAN_FORM}
    page = chen.send(f"{url}/reply", 422, **chen.bare(said))
    assert "已上传的材料" in page.text
    assert row(notice).replied_at is None
    chen.post(f"{url}/reply", via=url, text=ANSWER, evidence=[str(kept)], **PLAN_FORM)

    assert row(notice).reply_evidence == [kept]
    assert f"/issues/{issue.number}/evidence/{kept}" in chen.get(url).links


@pytest.mark.parametrize("kind", [f"N{n}" for n in range(9)])
def test_every_kind_can_be_drafted_and_previewed(browser, issue, kind):
    by = "zhou" if kind == "N7" else "sun"
    notice = drafted(browser, issue, kind, by)

    page = browser.as_(by).get(f"/notices/{notice}")
    wanted = {
        "N4": "尚未确定约谈地点",
        "N5": "没有已结束的调度",
        "N6": "没有挂满60天的红牌",
        "N7": "尚未写明移交的线索",
        "N8": "没有退回验收申请的记录",
    }
    assert wanted.get(kind, "可以签发") in page.text
    assert browser.as_(by).get(f"/notices/{notice}.pdf").answer.mimetype == "application/pdf"


def test_the_list_filters_and_says_what_is_owed(browser, issue):
    notice = signed(browser, issue)
    drafted(browser, issue, "N1")
    sun = browser.as_("sun")

    assert len(sun.get("/notices", kind="N3").rows()) == 1
    assert len(sun.get("/notices", status="draft", kind="N1").rows()) == 1
    assert len(sun.get("/notices", kind="N3", state="unsigned").rows()) == 1
    assert "待签收" in sun.get("/notices", issue=issue.number, status="signed").text
    assert "没有符合这些条件的文书" in sun.get("/notices", state="overdue").text
    assert "没有符合这些条件的文书" in sun.get("/notices", kind="N99").text
    assert [r[0] for r in browser.as_("chen").get("/notices").rows()] == [row(notice).number]


def test_an_empty_list_says_what_comes(browser):
    assert "还没有您能查看的督办文书" in browser.as_("chen").get("/notices").text


def test_another_unit_and_who_has_no_business_find_nothing(browser, issue):
    notice = signed(browser, issue)

    for name in ("wu", "liu"):
        browser.as_(name).get(f"/notices/{notice}", expect=404)
        browser.as_(name).get(f"/notices/{notice}.pdf", expect=404)
        browser.as_(name).post(f"/notices/{notice}/acknowledge", 404, name="某", phone="1")
    for name in ("sysadmin", "secadmin"):
        browser.as_(name).get(f"/notices/{notice}", expect=403)
    browser.stranger.get(f"/notices/{notice}", expect=302)


def test_a_draft_is_out_of_the_units_sight(browser, issue):
    notice = drafted(browser, issue)

    browser.as_("chen").get(f"/notices/{notice}", expect=404)
    browser.as_("chen").get(f"/notices/{notice}.pdf", expect=404)


def test_the_wrong_role_signs_nothing(browser, issue):
    notice = drafted(browser, issue)

    for name in ("sun", "zhao", "lin", "he"):
        browser.as_(name).post(f"/notices/{notice}/sign", 403, via=f"/notices/{notice}")
    assert row(notice).status is NoticeStatus.DRAFT


def test_only_the_office_drafts_and_only_the_head_a_referral(browser, issue):
    for name, kind in (("lin", "N3"), ("chen", "N1"), ("sun", "N7"), ("zhou", "N3")):
        browser.as_(name).send(
            "/notices", 403, **browser.as_(name).bare({"kind": kind, "issues": issue.number})
        )
    assert by_hand() == []


def test_what_cannot_be_drafted_is_said_at_its_field(browser, people, issue):
    sun = browser.as_("sun")
    theirs = overdue(people, unit="511903")

    page = sun.post("/notices", 422, via="/notices/new", kind="", issues=issue.number)
    assert "请选择文书种类" in page.error("kind")
    page = sun.post("/notices", 422, via="/notices/new", kind="N3", issues="")
    assert "请选择事项" in page.error("issues")
    both = f"{issue.number}、{theirs.number}"
    page = sun.post("/notices", 422, via="/notices/new", kind="N3", issues=both)
    assert "主责单位不同" in page.error("issues")
    sun.post("/notices", 404, via="/notices/new", kind="N3", issues="BZ-AF-2025-999")
    assert by_hand() == []


def test_a_signed_notice_is_not_edited_or_signed_again(browser, issue):
    notice = signed(browser, issue)
    before = row(notice).sha256

    browser.as_("zhou").post(f"/notices/{notice}/sign", 409)
    browser.as_("sun").post(f"/notices/{notice}/edit", 409, title="另一个标题")
    assert row(notice).sha256 == before


def test_the_same_form_sent_twice_signs_once(browser, issue):
    notice = drafted(browser, issue)
    zhou = browser.as_("zhou")
    edit = zhou.get(f"/notices/{notice}").form(f"/notices/{notice}/edit").drawn()
    paper = zhou.send(f"/notices/{notice}/sign/confirm", **edit)
    form = paper.form(f"/notices/{notice}/sign").drawn()

    zhou.send(f"/notices/{notice}/sign", **form)
    zhou.send(f"/notices/{notice}/sign", **form)

    assert row(notice).number.endswith("1号")


def test_a_stale_draft_is_not_overwritten(browser, issue):
    notice = drafted(browser, issue)
    url = f"/notices/{notice}"
    sun = browser.as_("sun")
    old = sun.get(url).form(f"{url}/edit").drawn()
    sun.post(f"{url}/edit", via=url, consequence="先改的")

    page = sun.send(f"{url}/edit", 409, **(old | {"consequence": "后改的"}))

    assert "已被他人更新" in page.text
    assert "后改的" in page.html, "what was typed is kept"
    assert row(notice).facts["consequence"] == "先改的"


def test_bad_words_are_told_at_their_field_and_nothing_changes(browser, issue):
    notice = drafted(browser, issue)
    url = f"/notices/{notice}"
    sun = browser.as_("sun")

    page = sun.post(f"{url}/edit", 422, via=url, **{"demands-0-due": "2025-02-30"})
    assert "第1行" in page.text
    page = sun.post(f"{url}/edit", 422, via=url, basis="依\x07据")
    assert "控制字符" in page.error("basis")
    assert row(notice).facts == {}


def test_a_document_with_a_fault_shows_it_and_offers_no_signing(browser, issue):
    notice = drafted(browser, issue)
    url = f"/notices/{notice}"
    browser.as_("sun").post(f"{url}/edit", via=url, basis="依\U0001f600据")

    page = browser.as_("zhou").get(url)
    assert "没有可用字形" in page.text
    zhou, edit = browser.as_("zhou"), page.form(f"{url}/edit").drawn()
    assert not zhou.send(f"{url}/sign/confirm", 422, **edit).has_form(f"{url}/sign")
    zhou.post(f"{url}/sign", 422)
    assert row(notice).number is None


def test_markup_in_a_ticket_is_only_text(browser, people):
    hostile = planned(
        people, title="<b>粗</b>{{7*7}}排污", problem="<img src=x onerror=alert(1)>直排"
    )
    notice = signed(browser, hostile)

    page = browser.as_("zhou").get(f"/notices/{notice}")
    assert "<b>粗</b>" not in page.html
    assert "{{7*7}}" in text_of(browser.as_("chen").get(f"/notices/{notice}.pdf"))


def test_a_notice_is_voided_on_a_page_of_its_own_with_a_reason(browser, issue):
    notice = signed(browser, issue)
    url = f"/notices/{notice}"
    assert f"{url}/void" in browser.as_("zhou").get(url).links

    page = browser.as_("zhou").post(f"{url}/void", 422, reason="")
    assert "请填写理由" in page.error("reason")
    browser.as_("sun").post(f"{url}/void", 403, reason="误发")
    page = browser.as_("zhou").post(f"{url}/void", reason="误发")

    assert "误发" in page.text
    assert row(notice).status is NoticeStatus.VOID
    assert row(notice).number == "巴环委办督〔2025〕1号"


@pytest.mark.parametrize("act", ["edit", "sign", "acknowledge", "reply"])
def test_acts_are_not_done_by_reading(browser, issue, act):
    notice = drafted(browser, issue)

    browser.as_("zhou").get(f"/notices/{notice}/{act}", expect=405)


def test_a_notice_signed_for_late_says_so(browser, people, issue):
    notice = signed(browser, issue)
    from datetime import date  # noqa: PLC0415 - this test alone moves the day

    from issues.ground import clock  # noqa: PLC0415

    clock.stand_still(date(2025, 12, 2))
    page = browser.as_("sun").get(f"/notices/{notice}")
    assert "未签收，逾期5天" in page.text
    assert len(browser.as_("sun").get("/notices", state="overdue").rows()) == 1
    fresh = db.session.get(Issue, issue.id)
    assert any(firing["rule"] == "Y6" for firing in fresh.firings)


def test_the_ticket_leads_to_a_notice_on_it(browser, issue):
    links = browser.as_("sun").get(f"/issues/{issue.number}").links
    wanted = f"/notices/new?issue={issue.number}"
    assert wanted in links
    assert f'value="{issue.number}"' in browser.as_("sun").get(wanted).html
    assert wanted not in browser.as_("chen").get(f"/issues/{issue.number}").links


def test_a_kept_paper_says_whether_its_ofd_is_sealed_and_by_which_certificate(
    browser, issue, monkeypatch
):
    url = f"/notices/{drafted(browser, issue, 'N1')}"
    assert "OFD 电子印章" not in browser.as_("sun").get(url).text
    browser.as_("sun").sign(url)
    assert "没有加盖电子印章" in browser.as_("chen").get(url).text

    seal = Sealed("示范市生态环境局", "示范市环委办", "某机构", clock.now(), is_good=True)
    for found, said in ((seal, seal.sentence), (seal._replace(is_good=False), "与文件不符")):
        monkeypatch.setattr(signing, "copy_seal", lambda _notice, _press, found=found: found)
        text = browser.as_("chen").get(url).text
        assert said in text
        assert "证书持有者 示范市环委办，颁发者 某机构" in text
    monkeypatch.setattr(signing, "copy_seal", _unreadable)
    assert "印章读不出" in browser.as_("chen").get(url).text


def _unreadable(_notice, _press):
    raise ValueError
