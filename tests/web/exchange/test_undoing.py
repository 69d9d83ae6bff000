"""Taking an import back on its pages: asked with what goes, refused with what was done."""

import pytest
from handmade import told
from sqlalchemy import select
from workbooks import HOME, upload

from extensions import db, transaction
from issues.models import Event, Issue, LedgerImport
from issues.supervision import campaigns
from issues.vocabulary import Action, Status

PROBLEMS = ("某沟渠污水散排。", "某砖厂扬尘扰民。")
REASON = "选错了文件"
OTHERS = ["lin", "zhou", "chen", "chenlead", "zhao", "he", "sysadmin", "auditor"]


def bring(sun, *problems, name="台账.xlsx"):
    page = upload(sun, told(*problems), name)
    return sun.post(f"{page.url}/confirm")


@pytest.fixture
def report(browser):
    return bring(browser.as_("sun"), *PROBLEMS)


def statuses():
    db.session.expire_all()
    return set(db.session.scalars(select(Issue.status)))


def test_the_page_says_what_goes_and_takes_it_back_with_a_reason(browser, report):
    sun = browser.as_("sun")
    url = f"{report.url}/undo"
    assert url in report.links
    page = sun.get(url)
    assert page.heading == "撤回导入"
    for words in ("撤回 2 个问题", "BZ-AF-2025-001", "巴州区 2 个", "系统不发通知"):
        assert words in page.text

    refused = sun.post(url, 422, reason="")
    assert refused.error("reason")
    assert statuses() == {Status.RECTIFYING}
    done = sun.post(url, reason=REASON)

    assert statuses() == {Status.TAKEN_BACK}
    assert "已撤回这次导入的2个问题" in done.text
    for words in ("已撤回", REASON, "孙经办"):
        assert words in done.text
    assert url not in done.links
    assert "已撤回（导入 2 个问题）" in sun.get(HOME).text
    again = sun.get(url, follow=True)
    assert "此前已撤回" in again.text
    own = sun.get(f"/issues/{db.session.scalars(select(Issue.number)).first()}", follow=True)
    assert own.heading.endswith("随导入撤回")
    assert "某沟渠污水散排。" in own.text


def test_from_a_second_window_it_is_said_to_have_gone(browser, report):
    sun, url = browser.as_("sun"), f"{report.url}/undo"
    one, other = sun.get(url).form(url), sun.get(url).form(url)
    sun.send(url, **one.filled({"reason": REASON}))

    late = sun.send(url, **other.filled({"reason": "再撤一次"}))

    assert "此前已撤回" in late.text
    assert db.session.scalars(select(LedgerImport.taken_back_reason)).one() == REASON


def test_the_same_workbook_again_says_that_the_numbers_stay(browser, report):
    sun = browser.as_("sun")
    sun.post(f"{report.url}/undo", reason=REASON)

    page = upload(sun, told(*PROBLEMS, "另一处问题。"))

    assert "2件为此前撤回的，沿用原编号" in page.text
    assert "2 件为此前撤回的，沿用原编号" in sun.get(f"{page.url}/confirm").text
    done = sun.post(f"{page.url}/confirm")
    assert "3 个，其中 2 件为此前撤回的，沿用原编号" in done.text
    ticket = sun.get("/issues/BZ-AF-2025-001")
    assert "随导入撤回" in ticket.text
    assert "再次导入" in ticket.text


def test_what_was_done_is_listed_and_the_act_refused(browser, report, make_issue):
    sun, url = browser.as_("sun"), f"{report.url}/undo"
    form = sun.get(url).form(url)
    issue = db.session.scalars(select(Issue).order_by(Issue.id)).first()
    make_issue.act(Action.COMMENT, issue, "zhou", text="请核实")

    page = sun.get(url)
    late = sun.send(url, expect=409, **form.filled({"reason": REASON}))

    assert page.rows(0) == [[issue.number, "2025-11-25", "市环委办 周主任", "留言"]]
    assert "周主任 留言" in late.text
    assert not page.has_form(url)
    assert statuses() == {Status.RECTIFYING}


def test_a_campaign_that_showed_the_batch_ends(browser, report):
    sun = browser.as_("sun")
    sun.post(f"{report.url}/campaign", name="暗访问题")
    assert "不再单列这一批" in sun.get(f"{report.url}/undo").text

    sun.post(f"{report.url}/undo", reason=REASON)

    assert campaigns.in_force() is None
    assert "已经撤回" in sun.post(f"{report.url}/campaign", 409, name="暗访问题").text
    assert "暗访问题" not in browser.as_("zhao").get("/board").text


def test_it_is_the_offices_alone(browser, report):
    for name in OTHERS:
        visitor = browser.as_(name)
        visitor.get(f"{report.url}/undo", 403)
        visitor.post(f"{report.url}/undo", 403, reason=REASON)

    assert statuses() == {Status.RECTIFYING}


def test_a_workbook_that_waits_has_nothing_to_take_back(browser):
    sun = browser.as_("sun")
    page = upload(sun, told(*PROBLEMS))

    assert "还没有导入" in sun.get(f"{page.url}/undo", 409).text
    sun.get("/issues/import/999/undo", 404)


def test_the_command_takes_back_and_says_what_stands_in_the_way(app, report, make_issue):
    def undo(*options):
        return app.test_cli_runner().invoke(args=["ledger", "undo", *options])

    row = db.session.scalars(select(LedgerImport.id)).one()
    shown = undo(str(row), "--dry-run")
    assert (shown.exit_code, "2个问题（巴州区2个），没有写入" in shown.output) == (0, True)
    assert "BZ-AF-2025-001、BZ-AF-2025-002" in shown.output
    bare = undo(str(row))
    assert (bare.exit_code, "撤回理由" in bare.output) == (1, True)
    assert undo("999", "--reason", REASON).output == "没有第999号导入\n"
    issue = db.session.scalars(select(Issue).order_by(Issue.id)).first()
    with transaction():
        before = db.session.scalars(select(Event.id)).all()
    make_issue.act(Action.COMMENT, issue, "zhou", text="请核实")
    for options in ([], ["--dry-run"]):
        refused = undo(str(row), "--reason", REASON, *options)
        assert (refused.exit_code, "周主任 留言" in refused.output) == (1, True)
    assert statuses() == {Status.RECTIFYING}
    assert len(db.session.scalars(select(Event.id)).all()) == len(before) + 1


def test_the_command_that_imported_says_how_to_take_back(app, tmp_path):
    def run(*args):
        return app.test_cli_runner().invoke(args=["ledger", *args])

    file = tmp_path / "台账.xlsx"
    file.write_bytes(told(*PROBLEMS))
    first = run("import", str(file))
    assert "有误时可整批撤回：ledger undo 1 --reason 理由" in first.output

    done, twice = (run("undo", "1", "--reason", REASON) for _ in range(2))

    assert (done.exit_code, done.output) == (0, "已撤回第1号导入的2个问题\n")
    assert (twice.exit_code, "此前已撤回" in twice.output) == (0, True)
    again = run("import", str(file))
    assert "其中2件为此前撤回的，沿用原编号" in again.output
    assert set(db.session.scalars(select(Event.actor))) == {"系统"}
