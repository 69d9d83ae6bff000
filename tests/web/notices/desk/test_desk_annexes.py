"""Annexes of a person's own: tables pasted, photos of the ticket, changed upon what was seen."""

import re
from io import BytesIO

import pytest
from page import Form
from pressed import planned
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas
from samples import jpeg
from sqlalchemy import select

from extensions import db
from issues.models import DraftPicture, Notice
from issues.notices.desk.annex import pictures
from issues.notices.signing import frozen, redrawn
from issues.vocabulary import EvidenceKind
from issues.web.notices.pdf import press

PASTED = "点位\t氨氮（mg/L）\n上游断面\t0.4\n下游断面\t2.4"


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


def form_of(page, draft, place=0):
    """The fields of the annex at this place as they were drawn."""
    action = f"{draft}/desk/annexes"
    return Form(page.tree.all("form", action=action)[place]).drawn()


def act(visitor, draft, act, expect=200, **more):
    page = visitor.get(draft)
    form = form_of(page, draft) | {"act": act} | more
    return visitor.send(f"{draft}/desk/annexes", expect, **form)


def annex():
    return row().facts["desk"]["annexes"][0]


def test_a_pasted_table_and_a_photo_are_printed_confirmed_and_signed(
    browser, draft, issue, make_issue
):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    make_issue.evidence(issue, EvidenceKind.AFTER, file=("排口.jpg", jpeg()))
    sun.get(draft)
    act(sun, draft, "new", title="监测数据")
    act(sun, draft, "add_table")
    act(sun, draft, "save", **{"b0-paste": PASTED})
    assert annex()["blocks"][0]["rows"][2] == ["下游断面", "2.4"]
    act(sun, draft, "save", **{"b0-c-2-1": "2.6", "b0-heads": "true"})
    assert annex()["blocks"][0]["rows"][2] == ["下游断面", "2.6"]
    act(sun, draft, "add_picture")
    act(sun, draft, "save", **{"b1-caption": "排口现状"})
    act(sun, draft, "add_text")
    act(sun, draft, "save", **{"b2-text": "数据来自市生态环境监测站。"})
    act(sun, draft, "up-2")
    assert [*annex()["blocks"][1]] == ["text", "level"]

    paper = zhou.send(f"{draft}/sign/confirm", **zhou.get(draft).form(f"{draft}/edit").drawn())
    form = paper.form(f"{draft}/sign").drawn()
    zhou.send(f"{draft}/sign", 422, **form)
    boxes = [box["value"] for box in paper.tree.all("input", name="confirmed")]
    zhou.send(f"{draft}/sign", **form, confirmed=boxes)
    notice, made = row(), press()
    with made.store.read_verified(notice.sha256) as file:
        kept = file.read()
    reader = PdfReader(BytesIO(kept))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    for said in ("监测数据", "下游断面", "2.6", "排口现状", "数据来自市生态环境监测站。"):
        assert said in text
    assert any(page.images for page in reader.pages)
    assert redrawn(notice, made.faces(), made.store) == kept
    assert len(db.session.scalars(select(DraftPicture)).all()) == 1


def test_an_annex_changed_by_another_is_told_and_what_was_typed_stays(browser, draft):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    act(sun, draft, "new", title="监测数据")
    act(sun, draft, "add_text")
    old = form_of(sun.get(draft), draft) | {"act": "save", "b0-text": "我的话"}
    act(zhou, draft, "save", **{"b0-text": "别人的话"})
    page = sun.send(f"{draft}/desk/annexes", 409, **old)
    assert "已被他人修改" in page.text
    assert "我的话" in page.html
    assert annex()["blocks"][0]["text"] == "别人的话"
    act(sun, draft, "remove")
    assert row().facts == {}


def test_what_is_wrong_with_an_annex_is_told_and_nothing_kept(browser, draft):
    sun = browser.as_("sun")
    page = act(sun, draft, "new", 422, title="")
    assert "请填写附件标题" in page.text
    act(sun, draft, "new", title="监测数据")
    act(sun, draft, "add_table")
    wide = "\t".join("甲" * 13)
    assert "最多300行、12列" in act(sun, draft, "save", 422, **{"b0-paste": wide}).text
    assert len(annex()["blocks"][0]["rows"][0]) == 3


def test_a_pdf_of_the_ticket_is_an_annex_page_by_page_signed_and_drawn_again(
    browser, draft, issue, make_issue
):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    make_issue.evidence(issue, EvidenceKind.OTHER, file=("监测报告.pdf", pdf_of(3)))
    sun.get(draft)
    act(sun, draft, "new", title="监测报告")
    before = len(PdfReader(BytesIO(sun.get(f"{draft}.pdf").answer.get_data())).pages)
    act(sun, draft, "add_pdf")

    assert [block["page"] for block in annex()["blocks"]] == [1, 2, 3]
    drawn = PdfReader(BytesIO(sun.get(f"{draft}.pdf").answer.get_data()))
    own = [page for page in drawn.pages if page.images]
    assert len(own) == 3
    assert len(drawn.pages) >= before + 2
    assert all(re.search(r"—\s*\d+\s*—", page.extract_text()) for page in own), "our page number"
    act(sun, draft, "save", **{"b0-caption": "第一页"})
    assert annex()["blocks"][0]["caption"] == "第一页"
    assert [block["page"] for block in annex()["blocks"]] == [1, 2, 3]
    assert len(db.session.scalars(select(DraftPicture)).all()) == 3
    paper = zhou.send(f"{draft}/sign/confirm", **zhou.get(draft).form(f"{draft}/edit").filled({}))
    boxes = [box["value"] for box in paper.tree.all("input", name="confirmed")]
    zhou.send(f"{draft}/sign", **paper.form(f"{draft}/sign").drawn(), confirmed=boxes)
    made, notice = press(), row()
    kept = frozen(notice, made)
    assert redrawn(notice, made.faces(), made.store) == kept


def test_a_pdf_that_is_too_long_or_no_page_of_the_ticket_is_refused(
    browser, draft, issue, make_issue, monkeypatch
):
    sun = browser.as_("sun")
    make_issue.evidence(issue, EvidenceKind.OTHER, file=("长.pdf", pdf_of(3)))
    sun.get(draft)
    act(sun, draft, "new", title="报告")
    monkeypatch.setattr(pictures, "MOST_PAGES", 2)
    assert "有3页，作附件最多2页" in act(sun, draft, "add_pdf", 422).text
    monkeypatch.setattr(pictures, "sheet_of", lambda *_: (None, 0))
    assert "打不开、设有密码" in act(sun, draft, "add_pdf", 422).text
    assert "请选择本件事项名下的PDF" in act(sun, draft, "add_pdf", 422, pdf="99999").text
    assert annex()["blocks"] == []


def test_a_photo_and_a_pasted_table_stand_between_the_paragraphs(browser, draft, issue, make_issue):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    make_issue.evidence(issue, EvidenceKind.AFTER, file=("排口.jpg", jpeg()))
    page = sun.get(draft)
    form = Form(page.tree.all("form", action=f"{draft}/desk")[2]).drawn()
    photo = page.tree.all("select", name="picture")[0].all("option")[1]["value"]
    told = {"act": "add", "id": "first", "csrf_token": form["csrf_token"]}
    sun.send(f"{draft}/desk", 422, **told, text="", picture=photo)
    sun.send(f"{draft}/desk", **told, text="排口现状", picture=photo)
    sun.send(f"{draft}/desk", **told, text=PASTED)

    kept = row().facts["desk"]["paragraphs"].values()
    assert [one["text"] for one in kept] == ["排口现状", PASTED.replace("\t", "｜")]
    drawn = PdfReader(BytesIO(sun.get(f"{draft}.pdf").answer.get_data()))
    first = [page for page in drawn.pages if page.images]
    text = "".join(page.extract_text() for page in drawn.pages)
    assert len(first) == 1
    assert "排口现状" in first[0].extract_text()
    assert "下游断面" in text
    assert "｜" not in text
    paper = zhou.send(f"{draft}/sign/confirm", **zhou.get(draft).form(f"{draft}/edit").filled({}))
    boxes = [box["value"] for box in paper.tree.all("input", name="confirmed")]
    assert len(boxes) == 2
    zhou.send(f"{draft}/sign", **paper.form(f"{draft}/sign").drawn(), confirmed=boxes)
    made, notice = press(), row()
    assert redrawn(notice, made.faces(), made.store) == frozen(notice, made)


def pdf_of(pages):
    out = BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        canvas.setPageSize((842, 595) if number == 1 else (595, 842))
        canvas.drawString(100, 400, f"page {number + 1}")
        canvas.rect(10, 10, 560, 560)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
