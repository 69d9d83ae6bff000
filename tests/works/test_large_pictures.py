"""A large ledger with pictures: taken in by a worker, taken back, brought again; read anew."""

import pytest
from brought import bring_kept, take_back_import
from handmade import told
from pictured import pictured
from samples import jpeg
from sqlalchemy import select
from workbooks import chosen, upload

from extensions import db
from issues.exchange import importing, judging
from issues.exchange.reading import understand
from issues.models import Evidence, Issue, LedgerImport
from issues.vocabulary import EvidenceKind, Status, WorkState
from issues.works import readings

BROKEN = {"image2.jpeg": jpeg()[:2000]}
ALIAS = {"text": "市综合执法大队", "unit": "511900-ZHZF", "kind": "former", "reason": "机构改革"}
ALIASES, READ_NOW = "/admin/aliases", "开始识别"


@pytest.fixture(autouse=True)
def _every_ledger_is_large(monkeypatch):
    monkeypatch.setattr(judging, "HEAVY", 0)


def pictures():
    db.session.expire_all()
    rows = select(Issue.number, Evidence.name, Evidence.kind).join(Evidence)
    return [tuple(row) for row in db.session.execute(rows.order_by(Evidence.id))]


def read(sun, work, content):
    """The page of what was understood."""
    at = upload(sun, content).url
    work()
    return sun.post(f"{at}/open", via=at)


@pytest.mark.postgresql
def test_pictures_come_in_go_with_it_and_come_again_once(browser, work, monkeypatch):
    sun = browser.as_("sun")
    page = read(sun, work, pictured(BROKEN))
    asked = chosen(sun, page, take=["0", "1"], kind_0=EvidenceKind.DURING.value)
    assert "导入时收入2张图片为佐证" in asked.text
    assert "收入 2 张为佐证" in sun.get(f"{page.url}/confirm").text
    with monkeypatch.context() as closed:
        closed.setattr(understand, "read_sheets", lambda _content: pytest.fail("read again"))
        at = sun.post(f"{page.url}/confirm").url
        assert "正在导入" in chosen(sun, page, 409, take=[]).text
        assert "正在后台办理“导入台账”" in sun.get(f"{page.url}/undo", 409).text
        with monkeypatch.context() as broken:
            broken.setattr(importing.past, "fill", lambda _ids: 1 / 0)
            assert work().state is WorkState.FAILED
        assert (pictures(), db.session.scalars(select(Issue)).all()) == ([], [])
        sun.post(f"{at}/again", via=at)
        done = work()

    assert done.words.endswith("收入佐证图片1张，1张没有收入")
    [(number, name, kind)] = pictures()
    assert (name, kind) == ("T5-排口.png", EvidenceKind.DURING)
    report = sun.get(page.url)
    assert "U5" in report.text
    assert "图片损坏或不完整" in report.text

    sun.post(f"{page.url}/undo", reason="导错了文件")
    assert {issue.status for issue in db.session.scalars(select(Issue))} == {Status.TAKEN_BACK}
    assert "已经导入" in sun.send(f"{page.url}/confirm", 409, **sun.bare({})).text
    again = read(sun, work, pictured())
    assert "1件为此前撤回的，沿用原编号" in again.text
    chosen(sun, again)
    sun.post(f"{again.url}/confirm")

    assert work().words.endswith("收入佐证图片2张，1张已在佐证中，没有重复收入")
    assert [issue.number for issue in db.session.scalars(select(Issue))] == [number]
    assert [(one, file) for one, file, _ in pictures()] == [
        (number, "T5-排口.png"), (number, "U5.jpg"), (number, "V5-远景.jpg"),
    ]  # fmt: skip
    assert "2 张" in sun.get(again.url).text


def test_no_picture_is_shown_of_what_nobody_has_read(browser, work):
    """The control: once it was read, it is shown."""
    sun = browser.as_("sun")
    at = upload(sun, pictured()).url
    home = f"/issues/import/{db.session.scalar(select(LedgerImport.id))}"

    sun.get(f"{home}/pictures/image1.png", 404)

    work()
    sun.post(f"{at}/open", via=at)
    assert sun.get(f"{home}/pictures/image1.png").answer.data


@pytest.mark.postgresql
def test_a_reading_holds_until_something_comes_or_goes(browser, work, make_issue, monkeypatch):
    """The control: what is no part of what a reading holds by is not seen."""
    sun = browser.as_("sun")
    home = read(sun, work, pictured()).url

    def is_void():
        void = READ_NOW in sun.get(home).text
        if void:
            sun.post(f"{home}/read", via=home)
            work()
        assert READ_NOW not in sun.get(home).text
        return void

    assert not is_void()
    sun.post(ALIASES, **ALIAS)
    assert is_void()
    with monkeypatch.context() as blind:
        blind.setattr(readings, "_arrivals", lambda _row: [])
        is_void()
        bring_kept(told("某沟渠污水散排。"))
        assert not is_void()
    is_void()
    other = bring_kept(told("某砖厂扬尘扰民。"))
    sun.send(f"{home}/confirm", **sun.bare({}))
    assert "台账又有登记、导入、撤回" in work().error
    assert len(db.session.scalars(select(Issue)).all()) == 2
    assert is_void()
    take_back_import(other)
    assert is_void()
    make_issue(Status.DRAFT)
    assert is_void()


def test_an_import_stays_while_something_else_is_done_with_its_workbook(browser, work):
    sun = browser.as_("sun")
    home = read(sun, work, pictured()).url
    sun.post(f"{home}/confirm")
    work()
    sun.send(f"{home}/compare", **sun.bare({}))

    late = sun.send(f"{home}/undo", 409, **sun.bare({"reason": "导错了文件"}))

    assert "正在后台办理“与台账比对”" in late.text
    assert {issue.status for issue in db.session.scalars(select(Issue))} == {Status.RECTIFYING}
    work()
    assert "已撤回" in sun.post(f"{home}/undo", reason="导错了文件").text
