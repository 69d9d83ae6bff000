"""Saying once what the columns of a workbook are: the page, what is kept, what is known again."""

import io

import pytest
from foreign import ALL_GIVEN, DUST, FURROW, HEAP, NO_UNIT, PLAIN, book
from openpyxl import load_workbook
from sheets import changed
from sqlalchemy import func, select
from workbooks import HOME, upload

from extensions import db
from issues.exchange.matching import looking
from issues.models import Event, Issue, LedgerImport, LedgerLayout, Notice
from issues.vocabulary import Action, LayoutAct, NoticeKind, Status

PERSONAL = "举报人：张三丰，电话13908270001"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def match(visitor, page, expect=200, **said):
    """The form as it is drawn, with some of it chosen otherwise."""
    url = page.url if page.url.endswith("/match") else f"{page.url}/match"
    drawn = visitor.get(url).form(url).drawn()
    return visitor.send(url, expect, **drawn | said)


@pytest.fixture
def kept(browser):
    """The layout of one city, as the office kept it."""
    sun = browser.as_("sun")
    match(sun, upload(sun, PLAIN.content, "清江.xlsx"), name="清江市清单", **ALL_GIVEN)
    return db.session.scalars(select(LedgerLayout)).one()


def test_a_sheet_nobody_knows_is_matched_once_and_imported(browser):
    sun = browser.as_("sun")

    page = upload(sun, PLAIN.content, "清江.xlsx")

    assert page.heading == "核对栏目"
    assert "清江市突出环境问题整改情况表" in page.text
    shown = match(sun, page, name="清江市清单", **ALL_GIVEN)
    assert shown.heading == "核对导入内容"
    assert "按《清江市清单》识别" in shown.text
    assert "遗漏 0 个" in shown.text
    sun.post(f"{shown.url}/confirm")
    assert db.session.scalars(select(Issue.problem).order_by(Issue.number)).all() == [FURROW, DUST]
    row = db.session.scalars(select(LedgerLayout)).one()
    act = db.session.scalars(select(Event).where(Event.subject == "ledger_layout")).one()
    assert (act.action, act.reason, act.subject_id) == (LayoutAct.SAVE, "清江市清单", row.id)
    sun.get(f"/issues/import/{count(LedgerImport)}/match", expect=409)


def test_the_next_workbook_is_known_by_its_headings_and_says_so(browser, kept):
    sun = browser.as_("sun")
    more = changed(PLAIN.content, {"B4": HEAP, "G3": "新增一栏", "G4": "甲"})

    page = upload(sun, more, "十一月.xlsx")

    assert page.heading == "核对导入内容"
    assert f"按《{kept.name}》识别" in page.text
    assert f"{page.url}/confirm" in page.links
    assert "补充信息" in page.text


def test_a_sheet_that_is_near_to_a_kept_layout_is_filled_in_by_it(browser, kept):
    sun = browser.as_("sun")

    page = upload(sun, changed(PLAIN.content, {"D3": "某个日子", "F3": "附注"}))

    assert f"表头与格式《{kept.name}》相近" in page.text
    drawn = page.form(page.url).drawn()
    assert (drawn["source"], drawn["name"], drawn["column_4"]) == ("ZC", kept.name, "deadline")
    shown = sun.send(page.url, **drawn)
    assert "遗漏 0 个" in shown.text
    db.session.refresh(kept)
    assert (kept.version, "某个日子" in kept.headings, count(LedgerLayout)) == (2, True, 1)


def test_what_is_chosen_wrongly_is_told_at_its_column_and_nothing_is_kept(browser):
    sun = browser.as_("sun")
    page = upload(sun, PLAIN.content)

    twice = match(sun, page, 422, name="甲", column_6="deadline", **ALL_GIVEN)
    none = match(sun, page, 422, name="甲", column_2="keep")
    forged = match(sun, page, 422, name="甲", column_2="nothing")
    nameless = match(sun, page, 422, name=" ", **ALL_GIVEN)
    nowhere = match(sun, page, 422, name="甲", **ALL_GIVEN | {"region": "000000"})

    assert "已由“整改完成时间”一栏提供" in twice.text
    assert twice.form(f"{page.url.removesuffix('/match')}/match").drawn()["column_6"] == "deadline"
    assert "还没有指明哪一栏是存在问题" in none.text
    assert "请从列表中选择" in forged.text
    assert "起个名称" in nameless.error("name")
    assert "已不在名录中" in nowhere.text
    assert (count(LedgerLayout), count(Issue)) == (0, 0)


def test_the_clerk_may_say_which_sheet_and_rows_are_meant(browser):
    sun = browser.as_("sun")
    rows = [["甲", "乙", "丙"], ["存在的问题", "责任部门", "限期"], [HEAP, "巴州区", "2025年底前"]]
    page = upload(sun, book(("首页", [["看第二张"]], []), ("清单", rows, [])))

    url = f"{page.url}/match" if not page.url.endswith("/match") else page.url
    again = sun.get(url, sheet="清单", first="2", last="2", data="3")
    wrong = sun.get(url, sheet="清单", first="9", last="2", data="3")

    assert "存在的问题" in again.text
    assert again.form(url).drawn()["first"] == "2"
    assert "请重新填写行号" in wrong.text
    said = again.form(url).drawn() | ALL_GIVEN | {"name": "清单", "column_1": "problem"}
    assert "遗漏 0 个" in sun.send(url, **said).text


def test_who_complained_is_not_shown_among_the_samples(browser, monkeypatch):
    sun = browser.as_("sun")
    rows = [["问题描述", "责任部门", "举报人", "限期"],
            [f"{HEAP}{PERSONAL}", "巴州区", "张三丰", "2025年底前"]]  # fmt: skip
    page = upload(sun, book(("清单", rows, [])))
    url = page.url if page.url.endswith("/match") else f"{page.url}/match"

    assert "张三丰" not in page.text
    assert "13908270001" not in page.text
    assert looking.HIDDEN in page.text
    monkeypatch.setattr(looking, "LONGEST_SHOWN", 500)
    assert "13908270001" not in sun.get(url).text
    monkeypatch.setattr(looking.persons, "masked", lambda text: text)
    monkeypatch.setattr(looking.persons, "kind_of", lambda _: None)
    assert "张三丰" in sun.get(url).text
    assert "13908270001" in sun.get(url).text


@pytest.mark.parametrize("name", ["lin", "zhou", "chen", "chenlead", "zhao", "sysadmin", "auditor"])
def test_nobody_but_the_office_sees_or_says_any_of_it(browser, kept, name):
    other = browser.as_(name)
    page = f"/issues/import/{count(LedgerImport)}"
    layout = f"/issues/layouts/{kept.id}"

    for url in (f"{page}/match", "/issues/layouts", layout, f"{layout}.toml", f"{layout}.xlsx",
                "/issues/layouts/standard.xlsx"):  # fmt: skip
        other.get(url, expect=403)
    for url in (f"{page}/match", f"{page}/start", layout, f"{layout}/end"):
        other.post(url, expect=403)
    assert (kept.ended_at, kept.version) == (None, 1)


def test_a_layout_is_seen_changed_and_ended(browser, kept):
    sun = browser.as_("sun")
    url = f"/issues/layouts/{kept.id}"
    assert url in sun.get("/issues/layouts").links
    assert "/issues/layouts" in sun.get(HOME).links
    shown = sun.get(url)
    drawn = shown.form(url).drawn()
    assert drawn["column_1"] == "problem"

    sun.send(url, **drawn | {"column_5": "leave", "goal": "限期整改到位"})
    late = sun.send(url, 409, **shown.form(url).drawn() | {"once": "another"})

    assert "已有人修改" in late.text
    db.session.refresh(kept)
    assert (kept.version, "leave" in kept.document) == (2, True)
    page = upload(sun, PLAIN.content)
    assert "没有导入" in page.text
    sun.post(f"{url}/end", via=url)
    assert upload(sun, PLAIN.content).heading == "核对栏目"
    acts = db.session.scalars(select(Event.action).where(Event.subject == "ledger_layout"))
    assert acts.all() == [LayoutAct.SAVE, LayoutAct.CHANGE, LayoutAct.END]


def test_a_name_stands_for_one_layout_at_a_time(browser, kept):
    sun = browser.as_("sun")

    refused = match(sun, upload(sun, NO_UNIT.content), 422, name=kept.name, **NO_UNIT.given)

    assert "请换一个名称" in refused.error("name")
    again = match(sun, upload(sun, PLAIN.content), name=kept.name, **ALL_GIVEN | {"source": "AF"})
    assert f"按《{kept.name}》识别" in again.text
    db.session.refresh(kept)
    assert (count(LedgerLayout), kept.version, 'source" = "AF' in kept.document) == (1, 2, True)


def test_a_layout_taken_along_as_a_file_reads_the_sheet_elsewhere(browser, kept):
    sun = browser.as_("sun")
    url = f"/issues/layouts/{kept.id}"
    told = sun.get(f"{url}.toml").answer.data
    empty = sun.get(f"{url}.xlsx").answer.data
    standard = sun.get("/issues/layouts/standard.xlsx").answer.data
    sun.post(f"{url}/end", via=url)

    page = upload(sun, PLAIN.content, profile=(io.BytesIO(told), "清江.toml"))

    assert f"按《{kept.name}》识别" in page.text
    headings = [cell.value for cell in load_workbook(io.BytesIO(empty)).worksheets[0][3]]
    assert headings == ["序号", "问题描述", "责任部门", "整改完成时间", "完成情况", "备注"]
    assert load_workbook(io.BytesIO(standard)).worksheets[0]["A1"].value == "整改责任清单"


def test_a_workbook_marked_as_secret_is_refused_before_anybody_says_what_is_what(browser):
    page = upload(browser.as_("sun"), changed(PLAIN.content, {"B4": "机密★5年"}), expect=422)

    assert "密级" in page.text
    assert count(LedgerImport) == 0


def test_what_is_to_be_assigned_comes_in_as_drafts_and_goes_out_with_their_notice(browser):
    sun = browser.as_("sun")
    blank = changed(PLAIN.content, {"E4": None, "E5": None, "D5": "2026年6月底前"})
    given = ALL_GIVEN | {"goal": "整改到位", "criteria": "不再反弹", "lead": "511900-STHJ"}
    page = match(sun, upload(sun, blank), name="清江", **given)
    url = f"{page.url}/start"
    drawn = page.form(url).drawn()
    assert drawn["start"] == "rectifying"
    assert page.tree.one("select", name="row_4")["form"] == "start-form"

    shown = sun.send(url, **drawn | {"rows": "4", "row_4": "draft"})
    assert "其中 1 个导入后待交办" in sun.get(f"{page.url}/confirm").text
    report = sun.post(f"{page.url}/confirm")

    first, second = db.session.scalars(select(Issue).order_by(Issue.id)).all()
    assert (first.status, first.assigned_on, first.reporting_from) == (Status.DRAFT, None, None)
    assert (second.status, second.number) == (Status.RECTIFYING, "BZ-ZC-2025-002")
    assert "1 个，在台账中批量交办" in report.text
    assert "待交办" in shown.text
    asked = sun.send("/issues/bulk", **sun.bare({"act": "assign", "number": first.number}))
    sun.send("/issues/bulk/do", **asked.form("/issues/bulk/do").drawn())
    db.session.refresh(first)
    assert first.status is Status.ASSIGNED
    kinds = db.session.scalars(select(Notice.kind).where(Notice.issue_id == first.id)).all()
    assert kinds == [NoticeKind.N0]
    again = upload(sun, blank)
    assert "2 个，其中 2 个已在台账中，不再写入" in again.text


def test_a_unit_is_told_of_what_an_import_brought_until_it_has_reported(browser, kept, make_issue):
    chen, wu = browser.as_("chen"), browser.as_("wu")
    assert "随台账导入" not in chen.get("/").text
    browser.as_("sun").post(f"/issues/import/{count(LedgerImport)}/confirm")
    ours, theirs = db.session.scalars(select(Issue).order_by(Issue.id)).all()

    told = chen.get("/")

    assert "随台账导入，由本单位整改" in told.text
    assert f"/issues/{ours.number}" in told.links
    assert f"/issues/{theirs.number}" not in told.links
    assert f"/issues/{theirs.number}" in wu.get("/").links
    assert "随台账导入" not in browser.as_("sun").get("/").text
    make_issue.act(Action.REPORT_PROGRESS, ours, "chen", text="已开展整改，正在施工。")
    assert "随台账导入" not in chen.get("/").text
