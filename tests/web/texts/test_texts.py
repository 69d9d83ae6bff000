"""Texts on their pages: pasted or uploaded, registered one by one or all, withdrawn together."""

import io

import pytest
from sqlalchemy import func, select
from test_texts_of_files import document, paragraph
from text_bodies import PASTED as TEXT

from extensions import db, transaction
from issues.evidence.intake.sealing_in import WORKBOOK
from issues.ground import clock
from issues.ground.secrecy import sealing
from issues.models import Issue, TextDocument, TextItem
from issues.texts.kept import read_again
from issues.texts.paragraphs import digest_of, paragraphs_of
from issues.vocabulary import Status
from seed.texts import enter

HOME = "/texts"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def pasted(visitor, text=TEXT, expect=200, **more):
    return visitor.post(
        HOME, expect, name="整改方案", source="AF", text=text, **{"file": None} | more
    )


def uploaded(visitor, content, name, expect=200):
    drawn = visitor.get(HOME).form(HOME).drawn() | {"name": "整改方案", "source": "SD"}
    return visitor.send(HOME, expect, file=(io.BytesIO(content), name), **drawn)


@pytest.mark.both
def test_a_pasted_text_is_shown_beside_its_drafts_and_registered_one_by_one(browser):
    sun = browser.as_("sun")
    page = pasted(sun)

    assert page.heading == "识别结果"
    assert "3 件，待登记 3 件" in page.text
    assert "原文没有写责任单位，按文中提到的恩阳区" in page.text
    assert count(Issue) == 0
    document_row = db.session.scalars(select(TextDocument)).one()
    page = sun.post(f"{page.url}/1", via=page.url)
    assert "第1件已登记为草稿" in page.text

    issue = db.session.scalars(select(Issue)).one()
    assert (issue.status, issue.title) == (Status.DRAFT, "某河段生活污水直排")
    assert issue.source_ref == "整改方案第1项"
    item = db.session.scalars(select(TextItem)).one()
    assert item.digest == digest_of(paragraphs_of(TEXT)[item.first - 1 : item.last])
    with browser.app.extensions["evidence"].read_verified(document_row.sha256) as file:
        held = file.read()
    assert TEXT.encode()[:60] not in held
    assert sealing.open_sealed(held, WORKBOOK).decode().replace("\r\n", "\n") == TEXT

    sun.send(f"/texts/{document_row.id}/1", 409, **sun.bare({}))
    assert count(Issue) == 1


def test_a_quantity_that_was_guessed_stands_at_its_measure(browser):
    page = pasted(browser.as_("sun"))

    assert "封堵排口2处（目标 2处）" in page.text
    assert "数量从“封堵排口2处”读出" in page.text


def test_one_is_corrected_before_it_is_registered(browser):
    sun = browser.as_("sun")
    page = pasted(sun)
    url = f"{page.url}/2"

    wrong = sun.post(url, 422, deadline_text="尽快")
    assert "尽快" in wrong.html
    assert count(Issue) == 0
    sun.post(url, deadline_text="2026年5月底前", primary_unit="511903", title="某镇垃圾露天堆放")

    issue = db.session.scalars(select(Issue)).one()
    assert (issue.title, str(issue.deadline)) == ("某镇垃圾露天堆放", "2026-05-31")


@pytest.mark.postgresql
def test_all_are_registered_and_the_head_withdraws_what_is_still_a_draft(browser):
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    page = pasted(sun)
    done = sun.post(f"{page.url}/all", via=page.url)
    assert "已登记3件草稿" in done.text
    assert count(Issue) == count(TextItem) == 3
    again = sun.send(f"{page.url}/all", **sun.bare({}))
    assert "已登记0件草稿" in again.text

    sun.send(f"{page.url}/withdraw", 403, **sun.bare({"reason": "识别有误"}))
    zhou.post(f"{page.url}/withdraw", 422, via=page.url, reason="")
    gone = zhou.post(f"{page.url}/withdraw", via=page.url, reason="识别有误，重新识别")
    assert "已撤销3件草稿" in gone.text
    assert set(db.session.scalars(select(Issue.status))) == {Status.WITHDRAWN}
    assert "待登记 3 件" in gone.text
    sun.post(f"{page.url}/1", via=page.url)
    assert count(TextItem) == 4


def test_an_uploaded_document_is_read_and_a_hostile_one_leaves_nothing(browser):
    sun = browser.as_("sun")
    page = uploaded(
        sun, document(paragraph("河道堆放垃圾", 0), paragraph("扬尘扰民", 0)), "方案.docx"
    )
    assert "2 件，待登记 2 件" in page.text

    for content, name, told in (
        (b"MZ" + bytes(500), "方案.docx", "不符"),
        (document(paragraph("")), "方案.docx", "没有文字"),
        (b"a,b", "方案.csv", "另存"),
        (document(paragraph("机密★10年")), "方案.docx", "密级"),
    ):
        refused = uploaded(sun, content, name, 422)
        assert told in refused.text
    assert count(TextDocument) == 1


def test_what_cannot_be_read_is_told_at_its_field(browser):
    sun = browser.as_("sun")

    assert "请粘贴文字" in pasted(sun, "  ", 422).text
    assert count(TextDocument) == 0


@pytest.mark.parametrize("name", ["chen", "liu", "zhao", "sysadmin", "auditor"])
def test_others_neither_see_nor_read_texts(browser, name):
    browser.as_(name).get(HOME, 403)


def test_the_sample_fills_the_form_and_what_is_read_of_it_is_whole(browser):
    sun = browser.as_("sun")
    assert sun.get(HOME).form(HOME).drawn()["text"] == ""
    page = sun.post(HOME, via=f"{HOME}?sample=1", file=None)

    assert "6 件，待登记 6 件" in page.text
    assert count(Issue) == 0
    done = sun.post(f"{page.url}/all", via=page.url)
    assert "已登记6件草稿" in done.text


def test_the_example_has_a_text_of_which_two_items_are_registered(app, people):
    with transaction():
        enter(app.extensions["evidence"], people.sun, clock.now())

    document_row = db.session.scalars(select(TextDocument)).one()
    read = read_again(document_row, app.extensions["evidence"])
    assert [one.issue.status for one in db.session.scalars(select(TextItem))] == [Status.DRAFT] * 2
    assert len(read.drafts) == 6
    assert all(one.primary_unit and one.deadline_text for one in read.drafts)
