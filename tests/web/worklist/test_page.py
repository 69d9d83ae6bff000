"""My work: what needs this person today, from the table of rights and nothing else."""

from datetime import date

import pytest

from extensions import transaction
from issues import acts, workflow
from issues.vocabulary import Action, Status

WAITS = {
    Status.DRAFT: {"sun": "待交办"},
    Status.ASSIGNED: {"chen": "待签收", "chenlead": "待签收"},
    Status.PLANNING: {"chenlead": "待报方案"},
    Status.PLAN_REVIEW: {"sun": "待审方案", "liu": "待审方案", "liulead": "待审方案"},
    Status.FIRST_ACCEPTANCE: {"liu": "待初验", "liulead": "待初验"},
    Status.SITE_CHECK: {"lin": "待核查", "lin2": "待核查"},
    Status.APPROVAL: {"zhou": "待审定"},
    Status.PUBLICITY: {"sun": "公示期满，待销号"},
    Status.CLOSED: {},
}
EVERYBODY = (
    "lin", "lin2", "sun", "zhou", "chen", "chenlead", "wu", "wulead", "liu", "liulead", "zhao", "he"
)  # fmt: skip


def titles(page):
    """What waits, by section; notices and the first week have tests of their own."""
    found = [node.text.rsplit(" ", 1)[0] for node in page.tree.all("h2")]
    return [title for title in found if title != "督办文书" and not title.startswith("第一周")]


@pytest.mark.parametrize("status", WAITS)
def test_each_status_waits_for_those_who_may_act(make_issue, browser, status):
    visitors = {name: browser.as_(name) for name in EVERYBODY}  # the same before each status
    issue = make_issue(status)

    for name, visitor in visitors.items():
        page = visitor.get("/")
        wanted = WAITS[status].get(name)
        assert titles(page) == ([wanted] if wanted else []), name
        assert (f"/issues/{issue.number}" in page.links) is bool(wanted), name


@pytest.mark.postgresql
def test_both_databases_answer_everybody(make_issue, browser):
    make_issue(Status.PLAN_REVIEW)

    asked = {name: titles(browser.as_(name).get("/")) for name in EVERYBODY}

    assert {name for name, found in asked.items() if found} == {"sun", "liu", "liulead"}


def test_a_row_leads_straight_to_its_act(make_issue, browser):
    issue = make_issue(Status.ASSIGNED)

    page = browser.as_("chen").get("/")

    assert f"/issues/{issue.number}/acts/acknowledge" in page.links
    assert "剩 217 天" in page.text


def test_a_report_waits_for_the_lead_unit_but_never_for_who_reported(make_issue, browser):
    issue = make_issue()
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="已排查管网。", measures=[])

    assert titles(browser.as_("liu").get("/")) == ["待确认进展"]
    assert titles(browser.as_("sun").get("/")) == ["待确认进展"]
    assert "待确认进展" not in titles(browser.as_("chen").get("/"))


def test_who_reported_is_not_asked_to_confirm(make_issue, browser):
    issue = make_issue(lead_unit="511902", acceptance_unit="511900-STHJ", status=Status.PLANNING)
    make_issue.act(Action.SUBMIT_PLAN, issue, "chenlead", measures=[{"text": "完成整治"}])
    make_issue.act(Action.APPROVE_PLAN, issue, "sun", opinion="同意")
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="已排查管网。", measures=[])

    assert "待确认进展" in titles(browser.as_("chenlead").get("/"))
    assert "待确认进展" not in titles(browser.as_("chen").get("/"))


def test_a_report_that_falls_due_is_asked_of_the_primary_unit(make_issue, browser):
    make_issue()

    assert titles(browser.as_("chen").get("/")) == ["待填报进展"]
    assert titles(browser.as_("liu").get("/")) == []


def test_closing_waits_for_the_end_of_publicity(make_issue, browser):
    make_issue(Status.PUBLICITY, found_on=date(2025, 10, 20))

    assert titles(browser.as_("sun").get("/")) == []


def test_an_open_objection_comes_before_closing(make_issue, people, browser):
    issue = make_issue(Status.PUBLICITY)
    with transaction():
        said = {"who": "村民", "text": "仍有异味", "on": "2025-11-20"}
        acts.do(Action.RECORD_OBJECTION, workflow.load(issue.number, people.sun), people.sun, said)

    assert titles(browser.as_("sun").get("/")) == ["待处理异议"]


def test_a_notice_drafted_by_the_system_waits_for_its_signer(make_issue, browser):
    make_issue(Status.ASSIGNED)

    assert "交办通知" in browser.as_("sun").get("/").text
    assert "督办文书" not in [node.text[:4] for node in browser.as_("zhou").get("/").tree.all("h2")]


def test_an_extension_waits_for_the_head(make_issue, browser):
    issue = make_issue()
    make_issue.act(
        Action.REQUEST_EXTENSION, issue, "chenlead",
        cause="汛期", progress="过半", deadline="2026-07-20",
    )  # fmt: skip

    assert titles(browser.as_("zhou").get("/")) == ["待批延期"]


def test_the_oldest_comes_first(make_issue, browser):
    new = make_issue(Status.ASSIGNED, found_on=date(2025, 11, 20))
    old = make_issue(Status.ASSIGNED, found_on=date(2025, 11, 3))

    numbers = [row[0] for row in browser.as_("chen").get("/").rows()]

    assert numbers == [old.number, new.number]


def test_the_leader_sees_the_sponsored_ones(make_issue, browser):
    issue = make_issue(sponsor="赵副市长", sponsor_account="zhao")
    make_issue(title="别人包案的")

    page = browser.as_("zhao").get("/")

    assert [row[1] for row in page.rows()] == [issue.number]


@pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditor"])
def test_an_administrator_is_pointed_to_their_pages(make_issue, browser, name):
    issue = make_issue()

    page = browser.as_(name).get("/")

    assert "不查看业务内容" in page.text
    assert issue.number not in page.html


def test_nothing_to_do_says_so(browser):
    assert "今天没有需要您办理的事项" in browser.as_("wu").get("/").text


def test_it_asks_as_much_of_the_database_for_many_as_for_few(make_issue, browser):
    sun = browser.as_("sun")
    sun.get("/")  # what is asked once in the life of a process
    make_issue(Status.DRAFT)
    few = len(sun.get("/").statements)
    for number in range(25):
        make_issue(Status.DRAFT, title=f"事项{number}")

    page = sun.get("/")

    assert len(page.statements) == few <= 30
    assert len(page.rows()) == 20
    assert "共 26 件" in page.text
    assert "/issues?status=draft" in page.links


def test_rows_that_wait_for_the_same_act_are_done_together(browser, make_issue):
    both = [make_issue(Status.RECTIFYING) for _ in range(2)]
    for issue in both:
        make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text=f"已完成{issue.id}处清理。")
    sun = browser.as_("sun")

    boxes = sun.get("/").tree.all("input", type="checkbox", form="bulk-confirm-progress")
    asked = {"act": "confirm", "number": [box["value"] for box in boxes]}
    shown = sun.send("/issues/bulk", **sun.bare(asked))
    done = sun.send("/issues/bulk/do", **shown.form("/issues/bulk/do").filled({"opinion": "属实"}))

    assert "可以办理 2 件" in shown.text
    assert "已办理 2 件，未办理 0 件" in done.text
    assert not sun.get("/").has_form("/issues/bulk")
