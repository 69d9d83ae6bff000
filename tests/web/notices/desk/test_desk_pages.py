"""The desk on pages: edited in place, undone, two at once, kept while typed, confirmed, signed."""

from io import BytesIO

import pytest
from pressed import planned
from pypdf import PdfReader
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.models import DraftTyping, DraftVersion, Issue, Notice
from issues.notices.desk import acts as desk
from issues.notices.signing import frozen, redrawn
from issues.web.notices.pdf import press

MINE = "问题来源。该问题由群众反映，社会关注度高。"


@pytest.fixture
def issue(people):
    return planned(people)


@pytest.fixture
def draft(browser, issue):
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    return f"/notices/{row().id}"


def row():
    db.session.rollback()
    return db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()


def stands(text):
    found = next(one for one in desk.stands_now(row(), clock.now()) if text in one.text)
    db.session.rollback()
    return found


def send(visitor, url, act, expect=200, one=None, **more):
    form = {"act": act} | ({"id": one.id, "base": one.base} if one else {}) | more
    return visitor.send(f"{url}/desk", expect, **visitor.bare(form))


def text_of(page):
    reader = PdfReader(BytesIO(page.answer.get_data()))
    return "".join(part.extract_text() for part in reader.pages).replace("\n", "")


def test_the_page_shows_every_sheet_with_an_area_a_paragraph_and_a_form_each(browser, draft):
    page = browser.as_("sun").get(draft)
    pictures = [img["src"] for img in page.tree.all("img") if "/desk/" in (img["src"] or "")]
    assert len(pictures) >= 3
    for src in pictures:
        picture = browser.as_("sun").get(src)
        assert picture.answer.get_data().startswith(b"\x89PNG")
    browser.as_("sun").get(f"{draft}/desk/sheets/99.png", 404)
    areas = {a["href"] for a in page.tree.all("a", **{"class": "desk-area"})}
    forms = page.tree.all("form", action=f"{draft}/desk")
    for one in desk.stands_now(row(), clock.now()):
        assert f"#p-{one.id}" in areas
        assert any(f.all("input", name="id", value=one.id) for f in forms)
    assert {"#f-title", "#f-recipients", "#f-partners", "#desk-signature"} <= areas
    assert all(f'id="{goes[1:]}"' in page.html for goes in areas), "each leads to a field or a form"


def test_a_paragraph_is_edited_marked_undone_and_done_again(browser, draft):
    sun = browser.as_("sun")
    page = send(sun, draft, "write", one=stands("问题来源"), text=MINE, level="2")
    assert "与记录不同" in page.text
    assert "问题来源。该问题由群众反映" in text_of(sun.get(f"{draft}.pdf"))
    assert "≠" not in text_of(sun.get(f"{draft}.pdf"))

    page = sun.send(f"{draft}/desk", **undoing(page, draft, "undo"))
    assert row().facts.get("desk") is None
    sun.send(f"{draft}/desk", **undoing(page, draft, "redo"))
    assert stands("社会关注度高").text == MINE
    acts = db.session.scalars(select(DraftVersion.act).order_by(DraftVersion.number)).all()
    assert [one.value for one in acts] == ["begin", "write", "undo", "redo"]


def undoing(page, draft, act):
    for form in page.tree.all("form", action=f"{draft}/desk"):
        if form.all("input", name="act", value=act):
            return {one["name"]: one["value"] for one in form.all("input")}
    raise AssertionError(act)


def test_what_was_seen_on_the_button_is_undone_and_nothing_else(browser, draft):
    sun = browser.as_("sun")
    page = send(sun, draft, "write", one=stands("问题来源"), text=MINE, level="2")
    old = undoing(page, draft, "undo")
    send(browser.as_("zhou"), draft, "strike", one=stands("整改目标"))
    assert "又有人修改" in sun.send(f"{draft}/desk", 409, **old).text
    assert stands("整改目标").is_struck


def test_two_at_once_both_paragraphs_stay_and_the_same_one_shows_both_texts(browser, draft):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    one, other = stands("问题来源"), stands("整改目标")
    send(sun, draft, "write", one=one, text=MINE, level="2")
    send(zhou, draft, "write", one=other, text="整改目标和时限。限期完成。", level="2")
    assert stands("社会关注度高")
    assert stands("限期完成")

    page = send(zhou, draft, "write", 409, one=one, text="问题来源。丙所写。", level="2")
    assert "两份文字" in page.text
    assert "问题来源。丙所写。" in page.html
    assert MINE in page.text
    assert stands("社会关注度高").text == MINE
    again = stands("社会关注度高")
    send(zhou, draft, "write", one=again, text="问题来源。丙所写，社会关注度高。", level="2")
    assert stands("丙所写")


def test_what_is_typed_is_kept_for_its_person_and_gone_once_it_is_sent(browser, draft):
    sun, one = browser.as_("sun"), stands("问题来源")
    sent = {"key": one.id, "base": one.base, "text": "写了一半"}
    answer = sun.send(f"{draft}/desk/typing", **sun.bare(sent))
    assert answer.json["at"].count(":") == 2
    assert row().facts == {}
    assert "写了一半" in sun.get(draft).html
    assert "写了一半" not in browser.as_("zhou").get(draft).html

    send(sun, draft, "write", one=one, text=MINE, level="2")
    db.session.rollback()
    assert db.session.scalars(select(DraftTyping)).all() == []
    browser.as_("chen").send(f"{draft}/desk/typing", 404, **browser.as_("chen").bare(sent))


def test_typed_upon_what_another_changed_meanwhile_shows_both(browser, draft):
    sun, one = browser.as_("sun"), stands("问题来源")
    sent = {"key": one.id, "base": one.base, "text": "我写了一半"}
    sun.send(f"{draft}/desk/typing", **sun.bare(sent))
    send(browser.as_("zhou"), draft, "write", one=one, text=MINE, level="2")
    page = sun.get(draft)
    assert "两份文字" in page.text
    assert "我写了一半" in page.html


def test_a_departing_draft_is_signed_only_with_each_departure_confirmed(browser, draft):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    send(sun, draft, "write", one=stands("问题来源"), text=MINE, level="2")
    send(sun, draft, "strike", one=stands("此前督办"))
    paper = zhou.send(f"{draft}/sign/confirm", **zhou.get(draft).form(f"{draft}/edit").drawn())
    form = paper.form(f"{draft}/sign").drawn()
    boxes = [box["value"] for box in paper.tree.all("input", name="confirmed")]
    assert len(boxes) == 2

    for ticked in ([], boxes[:1]):
        page = zhou.send(f"{draft}/sign", 422, **form, confirmed=ticked)
        assert page.heading == "核对并签发"
        assert "请确认这一处" in page.text
        assert row().number is None
    zhou.send(f"{draft}/sign", **form, confirmed=boxes)
    notice = row()
    assert notice.number
    pdf = text_of(browser.as_("chen").get(f"{draft}.pdf"))
    assert "社会关注度高" in pdf
    assert "此前督办情况" not in pdf
    made = press()
    assert redrawn(notice, made.faces(), made.store) == frozen(notice, made)


def test_a_departing_draft_is_signed_with_no_others(browser, draft):
    send(browser.as_("sun"), draft, "write", one=stands("问题来源"), text=MINE, level="2")
    zhou, own = browser.as_("zhou"), draft.rpartition("/")[2]
    page = zhou.send("/notices/signing/papers", **zhou.bare({"notice": own}))
    assert "尚未逐处确认" in page.text
    assert not page.has_form("/notices/signing")
    zhou.send("/notices/signing", **zhou.bare({"notice": own, f"paper-{own}": ""}))
    assert row().number is None


def test_a_false_sentence_in_a_paragraph_is_refused_at_it(browser, draft):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    one = stands("问题来源")
    send(sun, draft, "write", one=one, text="问题来源。该事项符合销号条件，予以销号。", level="2")
    form = zhou.get(draft).form(f"{draft}/edit").drawn()
    page = zhou.send(f"{draft}/sign/confirm", 422, **form)
    assert "“销号”没有依据" in page.text
    assert f"#f-paragraphs.{one.id}" in page.html


def test_the_record_moves_on_under_a_touched_paragraph_and_it_is_told(browser, draft, issue):
    sun = browser.as_("sun")
    send(sun, draft, "write", one=stands("整改目标"), text="整改目标和时限。限期完成。", level="2")
    with transaction():
        db.session.get(Issue, issue.id).goal = "完成破损管网修复3公里。"
    page = sun.get(draft)
    assert "记录已更新" in page.text
    assert "修复3公里" in page.text
    assert stands("限期完成").text == "整改目标和时限。限期完成。"


def test_fields_and_paragraphs_give_one_paper_and_neither_loses_the_other(browser, draft):
    sun = browser.as_("sun")
    send(sun, draft, "write", one=stands("问题来源"), text=MINE, level="2")
    sun.post(f"{draft}/edit", via=draft, consequence="逾期不改的，提请约谈", title="关于整改的通知")
    send(sun, draft, "add", id=stands("逾期不改").id, text="请高度重视。", level="0")
    pdf = text_of(sun.get(f"{draft}.pdf"))
    for said in ("社会关注度高", "逾期不改的，提请约谈。", "请高度重视。", "关于整改的通知"):
        assert said in pdf


def test_versions_are_listed_compared_and_brought_back(browser, draft):
    sun = browser.as_("sun")
    send(sun, draft, "write", one=stands("问题来源"), text=MINE, level="2")
    page = sun.get(f"{draft}/desk/versions", one="1", other="2")
    assert "修改段落" in page.text
    assert "社会关注度高" in page.text
    sun.send(f"{draft}/desk/versions", **sun.bare({"number": "1"}))
    assert row().facts.get("desk") is None
    assert len(db.session.scalars(select(DraftVersion)).all()) == 3


def test_only_who_may_edit_gets_to_the_desk_and_only_of_a_draft(browser, draft):
    for name in ("zhao", "lin"):
        send(browser.as_(name), draft, "strike", 403, one=stands("整改目标"))
    send(browser.as_("chen"), draft, "strike", 404, one=stands("整改目标"))
    one = stands("整改目标")
    browser.as_("zhou").sign(draft)
    send(browser.as_("sun"), draft, "strike", 409, id=one.id)
    browser.as_("sun").get(f"{draft}/desk/sheets/1.png", 409)
