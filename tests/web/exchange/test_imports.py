"""Importing a ledger on its pages: upload, look, confirm; every wrong file told in Chinese."""

import io

import pytest
from openpyxl import load_workbook
from sheets import COMPLAINTS, INSPECTION, LEDGER, MEASURE, changed, findings, short
from sqlalchemy import func, select
from workbooks import HOME, upload

from extensions import db
from issues.exchange import uploads
from issues.models import Event, Issue, LedgerImport, Measure
from issues.queries.register import imports as queries

OTHERS = ["lin", "zhou", "chen", "chenlead", "liulead", "zhao", "he", "sysadmin", "auditor"]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_117_are_shown_confirmed_and_reported(browser):
    sun = browser.as_("sun")

    page = upload(sun, LEDGER, "ledger_117.xlsx")

    assert page.heading == "核对导入内容"
    assert "117 个" in page.text
    assert "417 项" in page.text
    assert "遗漏 0 个" in page.text
    assert "0 处" in page.text
    assert count(Issue) == 0
    asked = sun.get(f"{page.url}/confirm")
    assert "导入 117 个问题" in asked.text

    report = sun.post(f"{page.url}/confirm")

    assert report.heading == "导入结果"
    assert "/issues/BZ-AF-2025-001" in report.links
    assert (count(Issue), count(Measure)) == (117, 417)
    assert db.session.scalars(select(Event.actor).where(Event.action == "import")).first() == (
        "孙经办"
    )


def test_a_double_submit_imports_once(browser):
    sun = browser.as_("sun")
    page = upload(sun, short())
    url = f"{page.url}/confirm"
    form = sun.get(url).form(url).drawn()

    first = sun.send(url, **form)
    second = sun.send(url, **form)

    assert first.heading == second.heading == "导入结果"
    assert count(Issue) == 4


def test_before_it_is_confirmed_a_repeated_workbook_is_not_said_to_be_written(browser):
    sun = browser.as_("sun")
    first = upload(sun, short())
    assert "导入 4 个问题" in sun.get(f"{first.url}/confirm").text
    assert "已在台账中，不再写入" not in first.text
    sun.post(f"{first.url}/confirm")

    again = upload(sun, short())
    asked = sun.get(f"{again.url}/confirm").text

    for told in (again.text, asked):
        assert "4 个，其中 4 个已在台账中，不再写入" in told
    assert "将要导入的问题" not in again.text
    assert "导入 4 个问题" not in asked
    assert "不写入问题" in asked


def test_a_second_confirmation_from_another_page_is_refused(browser):
    sun = browser.as_("sun")
    page = upload(sun, short())
    url = f"{page.url}/confirm"
    one, other = sun.get(url).form(url).drawn(), sun.get(url).form(url).drawn()
    sun.send(url, **one)

    late = sun.send(url, expect=409, **other)

    assert "已经导入" in late.text
    assert count(Issue) == 4


def test_the_uploaded_workbook_waits_for_its_confirmation(browser, app):
    page = upload(browser.as_("sun"), short(), "四个问题.xlsx")

    listed = browser.as_("sun").get(HOME)

    assert page.url in listed.links
    assert "四个问题.xlsx" in listed.text
    assert "待确认" in listed.text
    row = db.session.scalars(select(LedgerImport)).one()
    assert uploads.content(app.extensions["evidence"], row.sha256) == short()


def test_bad_cells_are_listed_and_nothing_can_be_confirmed(browser):
    sun = browser.as_("sun")

    page = upload(sun, changed(short(), {"J5": "市水务局牵头", "R9": "尽快"}))

    assert "没有名为“市水务局”的单位，是不是“市水利局”" in page.text
    assert [row[0] for row in page.rows(0)] == ["J5", "R9"]
    assert f"{page.url}/confirm" not in page.links
    refused = sun.post(f"{page.url}/confirm", expect=422)
    assert "表中有2处需要改正" in refused.text
    assert (count(Issue), count(Event)) == (0, _signed_in())


def _signed_in():
    """History rows of signing in, which no import writes."""
    return db.session.scalar(
        select(func.count()).select_from(Event).where(Event.subject == "account")
    )


def test_the_marked_workbook_comes_back(browser):
    sun = browser.as_("sun")
    page = upload(sun, changed(short(), {"J5": "市水务局牵头"}))

    answer = sun.get(f"{page.url}/errors.xlsx").answer

    sheet = load_workbook(io.BytesIO(answer.data))["责任清单"]
    assert "市水务局" in sheet["J5"].comment.text


def test_columns_a_sheet_lacks_are_filled_in_on_the_page(browser):
    sun = browser.as_("sun")
    page = upload(sun, findings(MEASURE))
    assert "表中没有“问题来源”一栏" in page.text

    mended = sun.post(
        f"{page.url}/constants",
        via=page.url,
        source="YD",
        assigned_on="2025-01-15",
        region="511900",
        acceptance="511900-HWB",
    )

    assert "已补齐" in mended.text
    assert f"{page.url}/confirm" in mended.links
    sun.post(f"{page.url}/confirm")
    issue = db.session.scalars(select(Issue)).one()
    assert (issue.number, issue.region) == ("BZ-YD-2025-001", "511902")
    assert issue.acceptance_unit.code == "511900-STHJ"


def test_a_profile_may_be_uploaded_beside_the_workbook(browser):
    sun = browser.as_("sun")
    profile = COMPLAINTS.with_suffix(".toml").read_bytes()

    page = upload(sun, COMPLAINTS, profile=(io.BytesIO(profile), "complaints_39.toml"))

    assert "39 个" in page.text
    assert f"{page.url}/confirm" in page.links


def test_the_same_workbook_again_brings_nothing_new(browser):
    sun = browser.as_("sun")
    for _ in range(2):
        page = upload(sun, short())
        report = sun.post(f"{page.url}/confirm")

    assert "4 个，内容相同" in report.text
    assert count(Issue) == 4


def test_a_changed_ticket_is_not_written_and_the_one_that_is_here_is_named(browser):
    sun = browser.as_("sun")
    page = upload(sun, short())
    sun.post(f"{page.url}/confirm")

    page = upload(sun, changed(short(), {"N5": "改过的整改目标"}))

    assert "B5" in [row[0] for row in page.rows(0)]
    assert "已登记为BZ-AF-2025-001" in page.text
    assert "请比对后逐处接受" in page.text


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "文件是空的"),
        (b"%PDF-1.7 not a workbook", 422, "文件不是.xlsx工作簿"),
        (LEDGER.read_bytes()[:50_000], 422, "文件已损坏"),
        (b"PK\x03\x04" + bytes(30 * 1024 * 1024), 413, "25 MB"),
    ],
    ids=["empty", "pdf", "cut", "30 MB"],
)
def test_a_file_that_is_no_ledger_is_refused_with_what_to_do(browser, content, status, sentence):
    page = upload(browser.as_("sun"), content, expect=status)

    assert sentence in page.text
    assert count(LedgerImport) == 0


def test_no_file_and_a_bad_profile_are_told_at_their_fields(browser):
    sun = browser.as_("sun")
    form = sun.get(HOME).form(HOME).drawn()

    empty = sun.send(HOME, expect=422, **form)
    bad = upload(sun, INSPECTION, expect=422, profile=(io.BytesIO(b"= ="), "x.toml"))

    assert "请选择要导入的工作簿" in empty.error("workbook")
    assert "不是TOML文件" in bad.error("profile")
    assert count(LedgerImport) == 0


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_but_the_office_sees_or_does_any_of_it(browser, name):
    page = upload(browser.as_("sun"), short())
    other = browser.as_(name)

    for url in (HOME, page.url, f"{page.url}/confirm", f"{page.url}/errors.xlsx"):
        other.get(url, expect=403)
    for url in (HOME, f"{page.url}/confirm", f"{page.url}/constants"):
        other.post(url, expect=403)
    assert count(Issue) == 0


def test_strangers_are_sent_to_sign_in_and_unknown_imports_are_not_found(browser):
    assert "/login" in browser.stranger.get(HOME, expect=302).location
    browser.as_("sun").get(f"{HOME}/999", expect=404)


def test_a_form_without_its_token_writes_nothing(browser):
    sun = browser.as_("sun")
    page = upload(sun, short())

    sun.send(f"{page.url}/confirm", expect=400)

    assert count(Issue) == 0


def test_earlier_imports_lead_on_from_page_to_page(browser, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 1)
    sun = browser.as_("sun")
    for name in ("一月.xlsx", "二月.xlsx"):
        upload(sun, short(), name)

    first, second = (sun.get(HOME, page=page).text for page in (1, 2))

    assert ("二月.xlsx" in first, "一月.xlsx" in first) == (True, False)
    assert ("二月.xlsx" in second, "一月.xlsx" in second) == (False, True)
