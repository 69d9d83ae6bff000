"""The page on which a ledger that came in again is compared, accepted and refused."""

import io

import pytest
from brought import bring
from openpyxl import load_workbook
from sheets import changed, short
from sqlalchemy import func, select
from workbooks import upload

from extensions import db
from issues.models import Event, Issue
from issues.vocabulary import Action

FIRST, GOAL, CRITERIA = "BZ-AF-2025-001", "N5", "O5"


@pytest.fixture
def compared(browser, shelf):
    """`compared({cell: value})` brings the ledger in, and the same with these cells again."""

    def build():
        bring(short())
        return db.session.scalars(select(Issue)).first(), None

    shelf.of("a short ledger imported", build, is_dear=True)

    def again(changes):
        sun = browser.as_("sun")
        page = upload(sun, changed(short(), changes))
        return sun.get(f"{page.url}/differences")

    return again


def goal(number=FIRST):
    return db.session.scalar(select(Issue.goal).where(Issue.number == number))


def amendments():
    asked = select(func.count()).where(Event.action == Action.AMEND.value)
    return db.session.scalar(asked)


def codes(page):
    return [box["value"] for box in page.tree.all("input", name="code")]


def test_the_same_ledger_again_has_no_difference(compared):
    page = compared({})

    assert "0 处差异" in page.text
    assert codes(page) == []


@pytest.mark.postgresql
def test_what_is_ticked_is_written_with_its_history_and_the_rest_stays(compared, browser):
    page = compared({GOAL: "示例：新的目标", CRITERIA: "示例：新的标准"})
    sun, before = browser.as_("sun"), goal()
    assert len(codes(page)) == 2
    assert before in page.text

    after = sun.post(page.url, via=page.url, code=[codes(page)[0]], all=None)

    assert "已接受1处" in after.text
    assert len(codes(after)) == 1
    assert goal() == "示例：新的目标"
    assert amendments() == 1
    assert "比对接受" in sun.get(f"/issues/{FIRST}").text
    sun.post(page.url, via=page.url, all="1")
    assert "0 处差异" in sun.get(page.url).text
    assert amendments() == 2


def test_a_refused_difference_stands_apart_and_can_be_taken_up_again(compared, browser):
    page = compared({GOAL: "示例：新的目标"})
    sun, before = browser.as_("sun"), goal()
    (code,) = codes(page)

    refused = sun.post(f"{page.url}/refuse", via=page.url, code=[code])
    assert "已拒绝 1 处" in refused.text
    sun.post(page.url, 200, via=page.url, all="1")
    assert (goal(), amendments()) == (before, 0)
    sun.post(f"{page.url}/restore", via=page.url, code=[code])
    sun.post(page.url, via=page.url, code=[code], all=None)

    assert goal() == "示例：新的目标"


@pytest.mark.postgresql
def test_what_the_register_says_by_now_is_not_overwritten(compared, browser, make_issue):
    """Two at once: a difference that was shown is not written where the register has gone on."""
    page = compared({GOAL: "示例：新的目标"})
    sun = browser.as_("sun")
    issue = db.session.scalars(select(Issue).where(Issue.number == FIRST)).one()
    make_issue.act(Action.AMEND, issue, "sun", fields={"goal": "另一个人的目标"}, reason="更正")

    after = sun.post(page.url, via=page.url, code=codes(page), all=None)

    assert "1处在您打开后已经变动" in after.text
    assert "孙经办" in after.text
    assert goal() == "另一个人的目标"


def test_one_that_no_file_may_change_is_told_why_where_it_is_ticked(compared, browser):
    page = compared({"Q5": "2025年1月2日"})
    (code,) = codes(page)

    after = browser.as_("sun").post(page.url, via=page.url, code=[code])

    assert "没有写入的" in after.text
    assert "交办日期由交办当日记下，不能更改" in after.text
    assert (codes(after), amendments()) == ([code], 0)


def test_nothing_ticked_is_told(compared, browser):
    page = compared({GOAL: "示例：新的目标"})

    again = browser.as_("sun").post(page.url, 422, via=page.url, all=None)

    assert "请先勾选差异" in again.text
    assert amendments() == 0


@pytest.mark.postgresql
def test_new_problems_come_in_while_others_differ(compared, browser):
    """What differs keeps nothing new from coming in, and is not written by the import."""
    compared({})
    sun, before = browser.as_("sun"), goal()

    def edit(_workbook, sheet):
        sheet[GOAL] = "示例：新的目标"

    page = upload(sun, changed(short(26), edit=edit))
    assert "1个问题与台账不一致，不会写入" in page.text
    report = sun.post(f"{page.url}/confirm")

    assert "1 个导入时与台账有差异，没有写入" in report.text
    assert goal() == before
    assert db.session.scalar(select(func.count(Issue.id))) > 4


def test_the_list_of_differences_is_a_workbook(compared, browser):
    page = compared({GOAL: "示例：新的目标"})

    answer = browser.as_("sun").client.get(f"{page.url}.xlsx")

    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[1][:2] == (FIRST, "整改目标")
    assert rows[1][3:5] == ("示例：新的目标", GOAL)
    browser.as_("chen").get(page.url, 403)
