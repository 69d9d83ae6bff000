"""签发: the paper is shown as it will be frozen, with what is typed; that very paper is signed."""

from io import BytesIO

import pytest
from pressed import planned
from pypdf import PdfReader
from sqlalchemy import select

from extensions import db, transaction
from issues.models import Event, Issue, Notice
from issues.vocabulary import NoticeStatus

TYPED = "逾期不改的，提请约谈主要负责同志"


@pytest.fixture
def issue(people):
    return planned(people)


def drafted(browser, issue, kind="N3", by="sun"):
    browser.as_(by).post("/notices", via="/notices/new", kind=kind, issues=issue.number)
    return f"/notices/{row().id}"


def row():
    db.session.rollback()
    return db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()


def edit_form(visitor, url, **typed):
    return visitor.get(url).form(f"{url}/edit").filled(typed)


def text_of(page):
    reader = PdfReader(BytesIO(page.answer.get_data()))
    return "".join(part.extract_text() for part in reader.pages).replace("\n", "")


def told():
    mine = (Event.subject == "notice", Event.subject_id == row().id)
    rows = select(Event.action).where(*mine).order_by(Event.seq)
    return db.session.scalars(rows).all()


def test_the_button_leads_to_the_whole_paper_with_what_was_typed_and_keeps_nothing(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")

    page = zhou.send(f"{url}/sign/confirm", **edit_form(zhou, url, consequence=TYPED))

    assert page.heading == "核对并签发"
    for said in (TYPED, row().title, issue.problem, "督办事项反馈表", "抄送：", "附件3"):
        assert said in page.text
    assert row().facts == {}
    assert (row().status, told()) == (NoticeStatus.DRAFT, ["draft"])
    assert "formtarget" in page.html
    layout = zhou.send(f"{url}/sign/layout", **page.form(f"{url}/sign").drawn())
    assert "提请约谈主要负责同志" in text_of(layout)
    assert row().status is NoticeStatus.DRAFT


def test_what_is_on_the_screen_is_signed_saved_or_not(browser, issue):
    url = drafted(browser, issue)

    browser.as_("zhou").sign(url, consequence=TYPED, contact_phone="0827-7654321")

    assert row().facts["consequence"] == TYPED
    assert row().facts["contact"]["phone"] == "0827-7654321"
    assert told() == ["draft", "edit", "sign"]
    assert TYPED in text_of(browser.as_("chen").get(f"{url}.pdf"))


def test_a_page_left_as_it_was_is_no_edit(browser, issue):
    url = drafted(browser, issue)

    browser.as_("zhou").sign(url)

    assert told() == ["draft", "sign"]
    assert row().facts["demands"] == []


def test_a_draft_saved_by_another_meanwhile_is_told_and_what_was_typed_kept(browser, issue):
    url, zhou, sun = drafted(browser, issue), browser.as_("zhou"), browser.as_("sun")
    typed = edit_form(zhou, url, consequence=TYPED)
    sign = zhou.send(f"{url}/sign/confirm", **typed).form(f"{url}/sign").drawn()
    sun.post(f"{url}/edit", via=url, contact_phone="0827-1111111")

    for address, form in ((f"{url}/sign/confirm", typed), (f"{url}/sign", sign)):
        page = zhou.send(address, 409, **form)
        assert "请核对最新内容" in page.text
        assert TYPED in page.html
        assert row().number is None
    zhou.sign(url, consequence=TYPED)
    assert row().facts["contact"]["phone"] == "0827-1111111"


def test_a_record_that_moved_meanwhile_is_told_and_what_was_typed_kept(browser, issue):
    """Nobody touched the draft; the paper would say something else than was shown."""
    url, zhou = drafted(browser, issue), browser.as_("zhou")
    typed = edit_form(zhou, url, consequence=TYPED)
    sign = zhou.send(f"{url}/sign/confirm", **typed).form(f"{url}/sign").drawn()
    with transaction():
        db.session.get(Issue, issue.id).goal = "完成破损管网修复3公里。"

    page = zhou.send(f"{url}/sign", 409, **sign)

    assert "已有变化" in page.text
    assert TYPED in page.html
    assert row().number is None
    assert row().facts == {}, "what was typed is not half kept"


def test_a_form_that_shows_no_paper_signs_none(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")

    page = zhou.post(f"{url}/sign", 409)

    assert "请核对" in page.text
    assert row().number is None


def test_a_summons_is_told_what_is_missing_at_each_field(browser, issue):
    url, zhao = drafted(browser, issue, "N4"), browser.as_("zhao")

    page = zhao.send(f"{url}/sign/confirm", 422, **edit_form(zhao, url, consequence=TYPED))

    assert TYPED in page.html
    for name, said in (
        ("meeting_place", "尚未确定约谈地点"),
        ("meeting_host", "尚未确定约谈人"),
        ("meeting_attendees", "尚未确定参加人员"),
    ):
        assert said in page.error(name)
    zhao.sign(
        url, meeting_place="三楼会议室", meeting_host="赵副市长", meeting_attendees="区长、局长"
    )
    assert "另行通知" not in text_of(browser.as_("chen").get(f"{url}.pdf"))


def test_a_false_sentence_is_told_at_its_field(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")

    typed = edit_form(zhou, url, consequence="该事项符合销号条件，予以销号。")
    page = zhou.send(f"{url}/sign/confirm", 422, **typed)

    assert "“销号”没有依据" in page.error("consequence")


@pytest.mark.parametrize("door", ["sign/confirm", "sign/layout", "sign/back", "sign"])
def test_only_who_may_sign_passes_and_only_a_draft(browser, issue, door):
    url = drafted(browser, issue)
    for name in ("sun", "zhao", "lin"):
        browser.as_(name).send(f"{url}/{door}", 403, **browser.as_(name).bare({}))
    browser.as_("chen").send(f"{url}/{door}", 404, **browser.as_("chen").bare({}))
    browser.as_("zhou").sign(url)
    browser.as_("zhou").send(f"{url}/{door}", 409, **browser.as_("zhou").bare({}))


READY, LACKING = "均已校对，可以签发", "有需要更正的地方"


def test_the_way_back_from_the_paper_brings_what_was_typed(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")
    rows = {"demands-0-text": "抢修管网", "demands-0-due": "2025-12-20"}
    paper = zhou.send(f"{url}/sign/confirm", **edit_form(zhou, url, consequence=TYPED, **rows))

    draft = zhou.send(f"{url}/sign/back", **paper.form(f"{url}/sign").drawn())

    assert draft.heading == row().title
    assert "未保存" in draft.text
    form = draft.form(f"{url}/edit").drawn()
    assert form["consequence"] == TYPED
    assert form["demands-0-text"] == "抢修管网"
    assert (row().facts, told()) == ({}, ["draft"]), "nothing is kept by looking"
    zhou.send(f"{url}/edit", **form)
    assert row().facts["consequence"] == TYPED
    same = zhou.send(f"{url}/sign/back", **edit_form(zhou, url))
    assert "未保存的修改，离开" not in same.text, "nothing was typed"


def test_no_confirming_page_that_carries_words_leaves_by_a_plain_link(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")

    page = zhou.send(f"{url}/sign/confirm", **edit_form(zhou, url, consequence=TYPED))

    main = page.tree.one("main")
    assert not [link for link in main.all("a", href=True) if "返回" in link.text]
    assert main.one("button", formaction=f"{url}/sign/back").text == "返回，不办理"


def test_what_another_saved_meanwhile_is_judged_with_what_stands_on_the_screen(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")
    false = edit_form(zhou, url, consequence="该事项符合销号条件，予以销号。")
    sound = edit_form(zhou, url, consequence=TYPED)
    wrong = edit_form(zhou, url, **{"demands-0-due": "2025-02-30"})
    browser.as_("sun").post(f"{url}/edit", via=url, contact_phone="0827-1111111")

    for door in ("sign/confirm", "sign/back", "edit"):
        for form, is_ready in ((sound, True), (false, False), (wrong, False)):
            page = zhou.send(f"{url}/{door}", 409, **form)
            assert (READY in page.text) is is_ready, door


def test_a_refused_signing_does_not_say_it_may_be_signed(browser, issue):
    url, zhou = drafted(browser, issue), browser.as_("zhou")
    assert READY in zhou.get(url).text, "as it was drawn up, it may"

    for typed in (
        {"consequence": "该事项符合销号条件，予以销号。"},
        {"demands-0-due": "2025-02-30"},
    ):
        page = zhou.send(f"{url}/sign/confirm", 422, **edit_form(zhou, url, **typed))
        assert READY not in page.text
        assert LACKING in page.text
