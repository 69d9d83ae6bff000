"""Pictures of a ledger as evidence: looked at, chosen, taken in once, told where they were not."""

import hashlib
import io

import pytest
from pictured import pictured
from PIL import Image
from samples import encoded, jpeg, picture, png
from sheets import repacked
from sqlalchemy import func, select
from workbooks import chosen, upload

from extensions import db
from issues.evidence.intake import office
from issues.models import Event, Evidence, Issue, LedgerImport
from issues.vocabulary import EvidenceKind, Status

FAR = encoded(picture(tone=90), "JPEG")


def rows():
    return db.session.scalars(select(Evidence).order_by(Evidence.id)).all()


def brought(visitor, content, **said):
    page = upload(visitor, content)
    chosen(visitor, page, **said)
    return visitor.post(f"{page.url}/confirm")


def test_pictures_are_looked_at_chosen_and_taken_in_with_workbook_and_cell(browser, people):
    sun = browser.as_("sun")
    page = upload(sun, pictured(), "一季度台账.xlsx")
    small = sun.get(f"{page.url}/pictures/image2.jpeg").answer
    assert max(Image.open(io.BytesIO(small.data)).size) == 320
    assert "还没有选择是否收入" in sun.get(f"{page.url}/confirm").text
    assert chosen(sun, page, 422, wanted=None).error("wanted")

    said = chosen(sun, page, take=["0", "1"], kind_1=EvidenceKind.DURING.value)
    assert "导入时收入2张图片为佐证" in said.text
    assert "收入 2 张为佐证" in sun.get(f"{page.url}/confirm").text
    report = sun.post(f"{page.url}/confirm")

    assert "收入 2 张" in report.text
    issue = db.session.scalars(select(Issue)).one()
    kept = [(row.issue_id, row.kind, row.name, row.sha256, row.uploaded_by_id) for row in rows()]
    assert kept == [
        (issue.id, EvidenceKind.BEFORE, "T5-排口.png", hashlib.sha256(png()).hexdigest(),
         people.sun.id),
        (issue.id, EvidenceKind.DURING, "U5.jpg", hashlib.sha256(jpeg()).hexdigest(),
         people.sun.id),
    ]  # fmt: skip
    told = db.session.scalars(select(Event).where(Event.action == "upload")).first().detail
    assert (told["workbook"], told["cell"]) == ("一季度台账.xlsx", "T5")
    row = db.session.scalars(select(LedgerImport)).one()
    assert told["workbook_sha256"] == row.report["sha256"]
    seen = browser.as_("zhou").get(f"/issues/{issue.number}").text
    assert "随台账“一季度台账.xlsx”导入，T5格（整改前照片）" in seen


def test_nothing_comes_in_that_nobody_asked_for(browser):
    sun = browser.as_("sun")

    sun.post(f"{upload(sun, pictured()).url}/confirm")
    brought(sun, pictured({"image1.png": jpeg()}), wanted="no")

    assert rows() == []


def test_the_same_picture_never_comes_in_twice_and_a_later_ledger_may_bring_it(browser):
    sun = browser.as_("sun")
    sun.post(f"{upload(sun, pictured()).url}/confirm")

    first = brought(sun, pictured(), take=["0"])
    one = f"/issues/{db.session.scalars(select(Issue)).one().number}/evidence/{rows()[0].id}"
    sun.post(f"{one}/withdraw", via=one, withdraw_reason="拍错了点位")
    again = brought(sun, repacked(pictured(), {"docProps/more.xml": b"<a/>"}))
    twice = brought(sun, pictured({"image2.jpeg": FAR}))

    assert "收入 1 张" in first.text
    assert "收入 2 张；1 张已在佐证中，没有重复收入" in again.text
    assert "收入 0 张；3 张已在佐证中" in twice.text
    assert len(rows()) == 3
    assert db.session.scalar(select(func.count()).select_from(Issue)) == 1


def test_pictures_of_a_ticket_yet_to_be_assigned_are_seen_by_the_unit_once_it_is_its_own(browser):
    sun, chen = browser.as_("sun"), browser.as_("chen")
    page = upload(sun, pictured())
    sun.post(f"{page.url}/start", via=page.url, start=Status.DRAFT.value)
    chosen(sun, page)

    sun.post(f"{page.url}/confirm")

    issue = db.session.scalars(select(Issue)).one()
    assert (issue.status, len(rows())) == (Status.DRAFT, 3)
    url = f"/issues/{issue.number}/evidence"
    file = f"{url}/{rows()[0].id}/file"
    assert sun.get(file).answer.data == png()
    chen.get(file, 404)
    sun.post(f"/issues/{issue.number}/acts/assign", via=f"/issues/{issue.number}/acts/assign")
    assert chen.get(file).answer.data == png()


BAD = {
    "broken": (jpeg()[:2000], "图片损坏或不完整，无法打开"),
    "no picture": (b"GIF89a" + bytes(20), "这种图片（jpeg）不能作为佐证"),
    "too many pixels": (
        encoded(Image.new("1", (30_000, 30_000)), "PNG"), "图片像素过大：约90000万像素",
    ),
    "two files in one": (
        repacked(pictured(), {"a": b"1"}).join([jpeg(), b""]), "文件中夹带了压缩包",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "why"), BAD.values(), ids=BAD)
def test_a_picture_that_fails_is_told_at_its_cell_and_its_ticket_comes_in(browser, data, why):
    sun = browser.as_("sun")

    report = brought(sun, pictured({"image2.jpeg": data}))

    assert report.heading == "导入结果"
    assert "U5" in report.text
    assert why in report.text
    assert [row.name for row in rows()] == ["T5-排口.png", "V5-远景.jpg"]
    assert db.session.scalar(select(func.count()).select_from(Issue)) == 1


def test_the_control_without_its_guard_the_two_files_in_one_come_in(browser, monkeypatch):
    monkeypatch.setattr(office, "refuse_hidden_archive", lambda _path: None)

    brought(browser.as_("sun"), pictured({"image2.jpeg": BAD["two files in one"][0]}))

    assert len(rows()) == 3


@pytest.mark.parametrize("file", ["image9.png", "..", "sheet1.xml"])
def test_no_other_part_of_a_workbook_is_given_out(browser, file):
    sun = browser.as_("sun")
    page = upload(sun, pictured({"sheet1.xml": b"<a/>"}))

    sun.get(f"{page.url}/pictures/{file}", 404)
    browser.as_("chen").get(f"{page.url}/pictures/image1.png", 403)


def test_its_own_pictures_keep_no_import_and_come_with_it_once(browser):
    """A file that a person adds afterwards does keep it."""
    sun = browser.as_("sun")
    report = brought(sun, pictured())
    kept = [row.sha256 for row in rows()]
    assert kept
    gone = sun.post(f"{report.url}/undo", reason="导错了文件")
    assert "已撤回" in gone.text

    again = brought(sun, pictured())

    assert "沿用原编号" in again.text
    assert [row.sha256 for row in rows()] == kept
